"""`charterbook due`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from charterbook.cli.group import FOUND, show
from charterbook.cli.handbook import Handbook, config_file

if TYPE_CHECKING:
    from charterbook.charter import Charter


@click.command()
@config_file
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=14,
    show_default=True,
    help="How many days before the review to start reminding.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown", "json", "github"]),
    default="text",
    show_default=True,
)
@click.pass_context
def due(
    ctx: click.Context, book: Handbook, days: int, style: Literal["text", "markdown", "json", "github"]
) -> None:
    """Show when the next review of the charter in force is due.

    Exit code 1 where that is in the next days, is overdue, or has no date; 0 where there is time. As github,
    it gives a workflow step the outputs title and body for an issue, and nothing while there is time.
    """
    from charterbook.clock import today
    from charterbook.export.due_text import render
    from charterbook.review_date import review_due

    charter = _in_force(book)
    found = review_due(charter, today())
    show(render(charter, found, found.within(days), style), style=style)
    if found.within(days):
        ctx.exit(FOUND)


def _in_force(book: Handbook) -> Charter:
    """The charter on disk; where that is not in force yet, the published one that is. Raises CharterbookError."""
    from charterbook.history import begins_later, read_history
    from charterbook.history.resolve_charter import charter_of

    path = book.existing_charter()
    charter = charter_of(path, str(path))
    if not begins_later(charter, book.settings):
        return charter
    found = read_history(book.folder, book.settings).in_force
    return charter if found is None or found.charter is None or found.upcoming else found.charter
