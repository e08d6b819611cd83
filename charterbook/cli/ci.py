"""`charterbook ci`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from charterbook.cli.group import NO_CHARTER
from charterbook.errors import CharterbookError

_NEXT = (
    'Next: write into requirements.txt how a job gets Charterbook (README, "Publish it"), and commit both.'
)


@click.command()
@click.argument("forge", type=click.Choice(["github", "gitlab"]))
def ci(forge: Literal["github", "gitlab"]) -> None:
    """Write the files that let FORGE check and report on proposals, apply them, publish, and remind of reviews.

    Run it at the root of the handbook's repository. Files that are there already stay as they are.
    """
    from charterbook.settings import settings_file
    from charterbook.starter.ci import write

    if settings_file(Path()) is None:
        raise CharterbookError(NO_CHARTER.format("mkdocs.yml"))
    for name in write(Path(), forge):
        click.echo(f"  {name}")
    if not Path("requirements.txt").exists():
        click.echo(_NEXT)
