"""`charterbook due`."""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING, Literal

import click

from charterbook.cli.group import FOUND, show
from charterbook.cli.handbook import Handbook, config_file

if TYPE_CHECKING:
    from charterbook.charter import Charter
    from charterbook.review_date import Due


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
    """Say when the charter is to be reviewed next: where the file is for a later day, until then the one in force.

    Exit code 1 where that is in the next days, is overdue, or has no date; 0 where there is time. As github,
    it gives a workflow step the outputs title and body for an issue, and nothing while there is time.
    """
    from charterbook.export.due_text import render

    charter, found = _next_review(book)
    show(render(charter, found, found.within(days), style), style=style)
    if found.within(days):
        ctx.exit(FOUND)


def _next_review(book: Handbook) -> tuple[Charter, Due]:
    """The next review, and the charter that plans it. Raises CharterbookError."""
    from charterbook.clock import today
    from charterbook.history import later_day, read_history
    from charterbook.history.resolve_charter import charter_of
    from charterbook.review_date import next_review, review_due

    path = book.existing_charter()
    charter = charter_of(path, str(path))
    begins = later_day(charter, book.settings)
    found = read_history(book.folder, book.settings).in_force if begins else None
    now = today(zoneinfo.ZoneInfo(book.settings.timezone))
    if begins is None or found is None or found.charter is None or found.upcoming:
        return charter, review_due(charter, now)
    return next_review(found.charter, charter, begins, now)
