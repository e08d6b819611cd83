"""`charterbook due`."""

from __future__ import annotations

from typing import Literal

import click

from charterbook.cli.group import FOUND, show
from charterbook.cli.handbook import Handbook, config_file


@click.command()
@config_file
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=14,
    show_default=True,
    help="How long before its day to be reminded.",
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
    """Say when the charter is to be reviewed next.

    Exit code 1 where that is in the next days, is overdue, or has no date; 0 where there is time. As github,
    it gives a workflow step the outputs title and body for an issue, and nothing while there is time.
    """
    from charterbook.clock import today
    from charterbook.export.due_text import render
    from charterbook.history.resolve_charter import charter_of
    from charterbook.review_date import review_due

    path = book.existing_charter()
    charter = charter_of(path, str(path))
    found = review_due(charter, today())
    show(render(charter, found, found.within(days), style), style=style)
    if found.within(days):
        ctx.exit(FOUND)
