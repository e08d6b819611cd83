"""`charterbook build`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from charterbook.cli.build_options import LogLevel, log_level, strict
from charterbook.cli.group import FOUND
from charterbook.cli.handbook import Handbook, config_file, for_group
from charterbook.problems import escape_terminal
from charterbook.terminal import note

if TYPE_CHECKING:
    from charterbook.site.mkdocs_commands import GroupSite


@click.command()
@config_file
@strict
@log_level
@click.option("--timings", is_flag=True, help="Show where the time went.")
@click.option(
    "-d",
    "--site-dir",
    type=click.Path(path_type=Path),
    help="The folder for the site, instead of the one in mkdocs.yml.",
)
@for_group
@click.pass_context
def build(
    ctx: click.Context,
    book: Handbook,
    site_dir: Path | None,
    group: str | None,
    level: LogLevel | None,
    *,
    strict: bool | None,
    timings: bool,
) -> None:
    """Build the handbook with all its versions, as `mkdocs build` does, and those of the groups in `sites`.

    Only what has changed is rebuilt. Exit code 1 if there is an error in the handbook; the previous site then stays
    in place.
    """
    from charterbook.site.mkdocs_commands import build_site

    file = book.mkdocs_file()
    groups = [group] if group else _groups(book)
    built = bool(group) or build_site(file, site_dir, strict=strict, timings=timings, level=level)
    for name in groups:
        site = _site(book, name, site_dir if group else None)
        if level is None:
            note(f"Handbook of the group {escape_terminal(name)}, in {escape_terminal(str(site.site_dir))}")
        built &= build_site(file, None, strict=strict, timings=timings, level=level, site=site)
    if not built:
        ctx.exit(FOUND)


def _groups(book: Handbook) -> list[str]:
    """The groups with a handbook listed in mkdocs.yml; empty in the mkdocs.yml of a group."""
    from charterbook.settings import read_any_settings

    settings = read_any_settings(book.folder, book.config_file)
    return [] if settings.for_group else [group for group, _ in settings.sites]


def _site(book: Handbook, group: str, site_dir: Path | None) -> GroupSite:
    """The site of a group, in its own folder. MkDocs takes a relative one from the folder of mkdocs.yml."""
    from charterbook.site.mkdocs_commands import GroupSite

    own = book.seen_by(group).settings
    return GroupSite(group, site_dir or Path(own.site), own.site_url)
