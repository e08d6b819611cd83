"""`charterbook build`."""

from __future__ import annotations

from pathlib import Path

import click

from charterbook.cli.group import FOUND
from charterbook.cli.handbook import Handbook, config_file


@click.command()
@config_file
@click.option("--strict", is_flag=True, help="Fail on any warning.")
@click.option("--timings", is_flag=True, help="Show where the time went.")
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    help="The folder for the site, instead of the one in mkdocs.yml.",
)
@click.pass_context
def build(ctx: click.Context, book: Handbook, site_dir: Path | None, *, strict: bool, timings: bool) -> None:
    """Build the handbook with all its versions, as `mkdocs build` does.

    Only what has changed is rebuilt. Exit code 1 if there is an error in the handbook; the previous site then stays
    in place.
    """
    from charterbook.site.mkdocs_commands import build_site

    if not build_site(book.mkdocs_file(), site_dir, strict=strict, timings=timings):
        ctx.exit(FOUND)
