"""A calendar as an iCalendar file (RFC 5545). Texts of a charter never become markup or properties.

The output does not depend on the clock. The library is imported on use: a handbook without dates does not need it.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from charterbook.calendars import CalendarEvent, DueCalendar
from charterbook.export.due_words import headline, roles_line
from charterbook.i18n import Translator, translator
from charterbook.problems import escape_terminal
from charterbook.text_direction import isolated

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone

_PRODUCT = "-//Charterbook//Charterbook//EN"
_ONCE_A_DAY = datetime.timedelta(days=1)


def as_ical(calendar: DueCalendar) -> bytes:
    """The calendar with one all-day event for each date, in lines of at most 75 bytes with CRLF."""
    t = translator(calendar.charter.language)
    file = _empty(title_of(calendar, t))
    for event in calendar.events:
        file.add_component(_event(event, calendar, t))
    if not calendar.events:
        file.add_component(_timezone())
    return bytes(file.to_ical())


def title_of(calendar: DueCalendar, t: Translator) -> str:
    """Title of a calendar, in the language of the charter."""
    values = {"title": calendar.charter.title, "name": calendar.name}
    if calendar.name is None:
        return t.gettext("%(title)s: dates") % values
    return t.gettext("%(title)s: dates for %(name)s") % values


def _empty(title: str) -> Calendar:
    from icalendar import Calendar

    from charterbook.export.ical_text import CalendarText

    file = Calendar()
    file.add("prodid", _PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("name", CalendarText(isolated(escape_terminal(title))))
    file.add("x-wr-calname", CalendarText(isolated(escape_terminal(title))))
    file.add("refresh-interval", _ONCE_A_DAY, parameters={"VALUE": "DURATION"})
    return file


def _event(due_event: CalendarEvent, calendar: DueCalendar, t: Translator) -> Event:
    """An all-day event that does not show as busy. Without an end, it lasts for its day."""
    from icalendar import Event

    from charterbook.export.ical_text import CalendarText

    event = Event()
    event.add("uid", due_event.uid)
    event.add("dtstamp", calendar.moment.astimezone(datetime.UTC))
    event.add("last-modified", calendar.moment.astimezone(datetime.UTC))
    event.add("sequence", calendar.sequence)
    event.add("dtstart", due_event.day)
    event.add("summary", CalendarText(isolated(escape_terminal(headline(due_event.due, t)))))
    event.add("transp", "TRANSPARENT")
    lines = [due_event.due.words, roles_line(due_event.due, calendar.charter, t)]
    description = "\n".join(isolated(escape_terminal(line)) for line in lines if line)
    if description:
        event.add("description", CalendarText(description))
    if due_event.link:
        event.add("url", due_event.link)
    return event


def _timezone() -> Timezone:
    """UTC. A calendar needs at least one component, even if nothing falls due."""
    from icalendar import Timezone, TimezoneStandard

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Etc/UTC")
    standard.add("dtstart", datetime.datetime(1970, 1, 1))  # noqa: DTZ001
    standard.add("tzoffsetfrom", datetime.timedelta())
    standard.add("tzoffsetto", datetime.timedelta())
    zone.add_component(standard)
    return zone
