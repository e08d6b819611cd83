"""`charterbook ci`."""

from __future__ import annotations

from typing import Literal

import click

from charterbook.cli.handbook import Handbook, config_file
from charterbook.terminal import show

_NEXT = (
    "Next: list Charterbook in requirements.txt, so that jobs can install it, and commit both. "
    "Charterbook's guide/publish.md shows how."
)


@click.command()
@config_file
@click.argument("forge", type=click.Choice(["github", "gitlab"]))
def ci(book: Handbook, forge: Literal["github", "gitlab"]) -> None:
    """Write the CI files with which FORGE checks, reports on and applies proposals, publishes, and reminds of reviews.

    Run it at the root of the handbook's repository. Existing files are not changed.
    """
    from charterbook.starter.ci import write

    folder = book.mkdocs_file().parent
    for name in write(folder, forge):
        show(f"  {name}\n")
    if not (folder / "requirements.txt").exists():
        show(f"{_NEXT}\n")
