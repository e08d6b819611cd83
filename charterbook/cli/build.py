"""`charterbook build`."""

from __future__ import annotations

from pathlib import Path

import click

from charterbook.cli.group import FOUND
from charterbook.errors import CharterbookError


@click.command()
@click.option("--strict", is_flag=True, help="Fail at any warning.")
@click.option("--timings", is_flag=True, help="Say where the time went.")
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    help="The folder for the site, instead of what mkdocs.yml says.",
)
@click.pass_context
def build(ctx: click.Context, site_dir: Path | None, *, strict: bool, timings: bool) -> None:
    """Build the handbook with all its versions, as `mkdocs build` does.

    Only what has changed is built anew. Exit code 1 where something in the handbook is wrong; the site that was
    there before then stays.
    """
    from charterbook.site.command import build_site

    config = next((path for path in map(Path, ("mkdocs.yml", "mkdocs.yaml")) if path.is_file()), None)
    if config is None:
        raise CharterbookError(
            "there is no mkdocs.yml here. Run this beside it, or start a handbook with `charterbook new`."
        )
    if not build_site(config, site_dir, strict=strict, timings=timings):
        ctx.exit(FOUND)
