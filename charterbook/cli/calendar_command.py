"""`charterbook calendar`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from charterbook.cli.handbook import Handbook, config_file, for_group
from charterbook.errors import CharterbookError
from charterbook.suggestions import unknown_name
from charterbook.terminal import show

if TYPE_CHECKING:
    from charterbook.calendars import Calendars, CalendarTopic

_NONE = "there is no calendar: no published charter has a date. Set `next` under `review`, and commit it."


@click.command()
@config_file
@for_group
@click.option("--audience", help="Only the parts that concern the audience with this id.")
@click.option("--role", help="Only the parts that concern the role with this id.")
def calendar(book: Handbook, group: str | None, audience: str | None, role: str | None) -> None:
    """Print the due dates of the charter in force as an iCalendar file (RFC 5545), the same as on the site."""
    book = book.seen_by(group)
    from charterbook.export.calendar_file import as_ical

    if audience and role:
        raise click.UsageError("--audience and --role: give one of them.")
    calendars = _calendars(book)
    show(as_ical(calendars.calendar(_topic(calendars, audience, role))).decode(), style="ical")


def _calendars(book: Handbook) -> Calendars:
    from charterbook.calendars import Calendars, page_link
    from charterbook.pages import pages_of, read_docs
    from charterbook.versions import LATEST

    history, settings = book.history(), book.settings
    latest = history.in_force
    if latest is None or latest.charter is None:
        raise CharterbookError(_NONE)
    base = f"{settings.site_base}{LATEST}/" if settings.site_base else None
    pages = pages_of(latest.charter, read_docs(book.folder / settings.docs))
    calendars = Calendars(history.versions, latest.name, settings.fiscal_year, page_link(pages, base))
    if not calendars.topics:
        raise CharterbookError(_NONE)
    return calendars


def _topic(calendars: Calendars, audience: str | None, role: str | None) -> CalendarTopic:
    """The topic with this id. Raises CharterbookError for an unknown one."""
    from charterbook.calendars import WHOLE, CalendarTopic

    for option, kind, id_ in (("--audience", "audiences", audience), ("--role", "roles", role)):
        if id_ is not None:
            topic = CalendarTopic(kind, id_)
            if topic not in calendars.topics:
                known = [one.id for one in calendars.topics if one.kind == kind]
                raise CharterbookError(unknown_name(option, id_, kind.capitalize(), known))
            return topic
    return WHOLE
