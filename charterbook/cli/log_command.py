"""`charterbook log`."""

from __future__ import annotations

from typing import Literal

import click

from charterbook.cli.handbook import Handbook, config_file, for_group
from charterbook.terminal import show


@click.command()
@config_file
@for_group
@click.argument("item", metavar="ITEM")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
)
def log(book: Handbook, group: str | None, item: str, style: Literal["text", "markdown", "json"]) -> None:
    """Show the history of an item or a section: what changed, when, by whom and why.

    ITEM is a kind and id such as services/onboarding, a unique id alone, or a section such as
    funding. It also finds former ids and removed items.
    """
    book = book.seen_by(group)
    from charterbook.export.log_text import item_histories, render
    from charterbook.log import find_item_history

    histories, language = item_histories(book.history(), dict(book.settings.severity))
    show(render(find_item_history(histories, item), language, style), style=style)
