"""`charterbook ci`."""

from __future__ import annotations

from typing import Literal

import click

from charterbook.cli.handbook import Handbook, config_file
from charterbook.terminal import show

_NEXT = (
    "Next: put Charterbook itself into {}, so that jobs can install it, and run this again. "
    "Charterbook's guide/publish.md shows how."
)


@click.command()
@config_file
@click.argument("forge", type=click.Choice(["github", "gitlab"]), required=False)
def ci(book: Handbook, forge: Literal["github", "gitlab"] | None) -> None:
    """Write the CI files with which FORGE checks, reports on and applies proposals, publishes, and reminds of reviews.

    Run it at the root of the handbook's repository. Existing files are not changed, except requirements.lock,
    the packages that jobs install, with hashes. Without FORGE, only that file is updated, after an upgrade of
    Charterbook.
    """
    from charterbook.starter.ci import requirements_lock, update_lock, write

    folder = book.mkdocs_file().parent
    for name in write(folder, forge) if forge else update_lock(folder):
        show(f"  {name}\n")
    if not (folder / requirements_lock.WHEEL).exists():
        show(f"{_NEXT.format(requirements_lock.WHEEL)}\n")
