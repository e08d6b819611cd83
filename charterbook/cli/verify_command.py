"""`charterbook verify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from charterbook.cli.group import FOUND
from charterbook.cli.handbook import Handbook, config_file, for_group, warn
from charterbook.problems import escape_terminal
from charterbook.terminal import show

if TYPE_CHECKING:
    from charterbook.site.verify import Verified

_WORDS = {
    "changed": "is not what the handbook builds",
    "missing": "is missing",
    "unknown": "is not part of the handbook",
}


@click.command()
@config_file
@click.argument("site", type=click.Path(path_type=Path), default="site", required=False)
@for_group
@click.option(
    "--hashes-only", is_flag=True, help="Compare with the hashes in the site itself, without a build."
)
@click.pass_context
def verify(ctx: click.Context, book: Handbook, site: Path, group: str | None, *, hashes_only: bool) -> None:
    """Verify that the published site in the folder SITE matches its commit: build it again and compare each file.

    Run it in a checkout of the handbook at the commit that SITE/provenance.json names; the site of a group names none.
    The site may be a download. Exit code 1 if a file differs.
    """
    from charterbook.site.verify import compare_with_hashes, compare_with_rebuilt

    book = book.seen_by(group)
    if hashes_only:
        found = compare_with_hashes(site)
    else:
        found = compare_with_rebuilt(site, book.mkdocs_file(), book.existing_charter(), book.settings)
        _warn_other_programs(found)
    for path, state in found.differing.items():
        show(f"{escape_terminal(str(site / path))}: {_WORDS[state]}\n")
    if found.previous:
        show(f"{_of_earlier_builds(found.previous)}\n")
    show(f"{_summary(found, hashes_only=hashes_only)}\n")
    if found.differing:
        ctx.exit(FOUND)


def _warn_other_programs(found: Verified) -> None:
    for name, (there, here) in found.other_programs.items():
        warn(f"the site was built with {name} {there}, here is {here}: pages may differ.")


def _of_earlier_builds(count: int) -> str:
    if count == 1:
        return "1 unused style or script of an earlier build is not compared."
    return f"{count} unused styles and scripts of earlier builds are not compared."


def _summary(found: Verified, *, hashes_only: bool) -> str:
    origin = found.origin
    built = f"commit {origin.checkout}" if origin.checkout else "this checkout"
    source = "its list of hashes" if hashes_only else f"{built} on {origin.day}"
    count = len(found.differing)
    if count:
        return escape_terminal(f"{count} of {found.files} files differ from {source}.")
    return escape_terminal(f"All {found.files} files match {source}.")
