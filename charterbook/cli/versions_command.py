"""`charterbook versions`."""

from __future__ import annotations

from typing import Literal

import click

from charterbook.cli.group import LIST_FORMATS
from charterbook.cli.handbook import Handbook, config_file, for_group
from charterbook.terminal import show


@click.command()
@config_file
@for_group
@click.option("--format", "style", type=LIST_FORMATS, default="text", show_default=True)
def versions(book: Handbook, group: str | None, style: Literal["text", "json"]) -> None:
    """List the versions found in git history, with their revisions."""
    book = book.seen_by(group)
    from charterbook.export.version_formats import render

    show(render(book.history(), style), style=style)
