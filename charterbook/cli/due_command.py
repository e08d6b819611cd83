"""`charterbook due`."""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING, Literal

import click

from charterbook.cli.group import FOUND
from charterbook.cli.handbook import Handbook, config_file, for_group, warn
from charterbook.terminal import show

if TYPE_CHECKING:
    from charterbook.charter import Charter
    from charterbook.export.due_text import DueReport


@click.command()
@config_file
@for_group
@click.option(
    "--days",
    "--within",
    type=click.IntRange(min=0),
    default=14,
    show_default=True,
    help="The number of days before something is due, from which to remind.",
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
    ctx: click.Context,
    book: Handbook,
    group: str | None,
    days: int,
    style: Literal["text", "markdown", "json", "github"],
) -> None:
    """List the due dates of the charter, with the roles concerned.

    This covers its review, open actions, checks of items, ends of services and contracts, steps of the roadmap,
    questions of scope, and conditions of sign-offs. If the charter on disk takes effect later, dates come from
    the charter in force until then, but actions come from the file. Exit code 1 if something is overdue or due
    within the days set by --within, or if the review has no date; otherwise 0. The format github sets the
    outputs title and body of a workflow step for an issue, and nothing if no reminder is needed.
    """
    from charterbook.export.due_text import render

    agenda = _agenda(book.seen_by(group), days)
    show(render(agenda, style), style=style)
    if agenda.is_due:
        ctx.exit(FOUND)


def _agenda(book: Handbook, days: int) -> DueReport:
    """The due dates, and the charter that plans the next review. Raises CharterbookError."""
    from charterbook.clock import today
    from charterbook.due_dates import due_dates, while_later
    from charterbook.export.due_text import DueReport
    from charterbook.history import later_day, read_history
    from charterbook.review_date import next_review, review_due

    charter, settings = _on_disk(book), book.settings
    begins = later_day(charter, settings)
    found = read_history(book.folder, settings).in_force if begins else None
    now = today(zoneinfo.ZoneInfo(settings.timezone))
    dates = due_dates(charter, settings.fiscal_year)
    if begins is None or found is None or found.charter is None or found.upcoming:
        return DueReport(charter, review_due(charter, now), dates, now, days)
    planning, review = next_review(found.charter, charter, begins, now)
    both = while_later(due_dates(found.charter, settings.fiscal_year), dates, review.day)
    return DueReport(planning, review, both, now, days)


def _on_disk(book: Handbook) -> Charter:
    """The charter on disk, or a group's view of it. Raises CharterbookError."""
    from charterbook.history.charter_source import charter_of
    from charterbook.history.resolve_charter import CharterResolver

    path = book.existing_charter()
    if book.group is None:
        return charter_of(path, str(path))
    known = CharterResolver(book.folder, book.settings, warn)
    return known.find(known.newest).charter
