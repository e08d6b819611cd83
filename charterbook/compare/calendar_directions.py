"""The directions of working time: fewer working days a week or a year, or shorter days, make every promise in them longer.

Days and hours are compared by their number. Holidays are compared year by year, by the working days that they take. A
year counts only if both charters list its holidays: charters add coming years, and remove past ones.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from charterbook.charter import Charter
from charterbook.charter.working_calendar import DEFAULT_CALENDAR, WEEKDAYS, Calendar
from charterbook.compare.comparison import Direction
from charterbook.compare.lookup import Sides
from charterbook.compare.trend import trend
from charterbook.diff import Change


def days(_: Change, sides: Sides) -> Direction | None:
    """The direction of the days of the week on which the team works."""
    return _trend(sides, lambda calendar: len(calendar.working_days))


def hours(_: Change, sides: Sides) -> Direction | None:
    """The direction of the hours of a working day."""
    return _trend(sides, lambda calendar: calendar.working_minutes)


def holiday(change: Change, sides: Sides) -> Direction | None:
    """The direction of an added or removed holiday; None for one on a day off, or moved within its year."""
    value = change.new or change.old
    year = value["date"].year
    old, new = (_holidays(charter, year) for charter in (sides.old, sides.new))
    listed = new if change.kind == "added" else old
    if old is None or new is None or value["date"] not in (listed or ()):
        return None
    found = trend(len(old), len(new), "weaker", "stronger")
    return found if found == {"added": "weaker", "removed": "stronger"}.get(change.kind) else None


def calendar(change: Change, sides: Sides) -> Direction | None:
    """The direction of a calendar that was added or removed as a whole, by its days.

    Hours say what a working day is: without a calendar, the charter left that open.
    """
    return days(change, sides)


def _trend(sides: Sides, size: Callable[[Calendar], int]) -> Direction | None:
    old, new = (size(charter.calendar or DEFAULT_CALENDAR) for charter in (sides.old, sides.new))
    return trend(old, new, "stronger", "weaker")


def _holidays(charter: Charter, year: int) -> set[datetime.date] | None:
    """The working days of a year that are holidays; None if holidays of other years alone are listed."""
    known = charter.calendar or DEFAULT_CALENDAR
    days_ = {one.date for one in known.holidays}
    if days_ and all(day.year != year for day in days_):
        return None
    return {day for day in days_ if day.year == year and WEEKDAYS[day.weekday()] in known.working_days}
