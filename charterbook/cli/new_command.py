"""`charterbook new`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from charterbook.i18n import N_, translator
from charterbook.problems import escape_terminal
from charterbook.terminal import show

_NEXT = N_("Next: edit %(charter)s, then run `charterbook check` and `charterbook serve` in that folder.")


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(["en", "ru"]), default="en", show_default=True)
def new(directory: Path, language: Literal["en", "ru"]) -> None:
    """Start a new handbook in DIRECTORY, which must be new or empty."""
    from charterbook.starter import start

    for name in start(directory, language):
        show(f"  {escape_terminal(str(directory / name))}\n")
    charter = escape_terminal(str(directory / "charter.yml"))
    show(translator(language).gettext(_NEXT) % {"charter": charter} + "\n")
