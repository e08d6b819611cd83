"""Comparison of lengths of time: exact if their units are convertible, else by their bounds.

Two working hours always end before one working day, whatever the working hours: bounds of different units give an
answer if it is the same for every moment of a request. Holidays are not considered.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from charterbook.charter import Calendar
from charterbook.charter.working_calendar import DAY_MINUTES, DEFAULT_CALENDAR
from charterbook.diff import Data
from charterbook.exact_numbers import ratio
from charterbook.frozen_dataclass import dataclass

#: The base unit and factor of each unit. A month has no fixed number of days, and a working day none of hours.
_UNITS: dict[str, tuple[str, int]] = {
    "minutes": ("minutes", 1),
    "hours": ("minutes", 60),
    "days": ("minutes", 24 * 60),
    "weeks": ("minutes", 7 * 24 * 60),
    "months": ("months", 1),
    "years": ("months", 12),
    "working_hours": ("working_hours", 1),
    "working_days": ("working_days", 1),
}


def comparable(one: str, other: str) -> bool:
    """Whether lengths in these two units are comparable: equal units, or convertible units of time."""
    return one == other or (one in _UNITS and other in _UNITS and _UNITS[one][0] == _UNITS[other][0])


def size(value: float, unit: str) -> Fraction:
    """A value in its base unit."""
    return ratio(value) * (_UNITS[unit][1] if unit in _UNITS else 1)


def standard(value: float, unit: str) -> tuple[Fraction, str]:
    """A length of time in its base unit, with that unit."""
    return size(value, unit), _UNITS[unit][0]


#: Bounds in minutes of a working day without stated hours.
_WORKING_DAY = (4 * 60, DAY_MINUTES)

#: Bounds in days of a month.
_MONTH = (28, 31)


@dataclass(frozen=True)
class WorkingWeek:
    """Bounds of the working time of all calendars concerned.

    `shortest` and `longest` are those of a working day in minutes, `days` is the smallest number of working days in a
    week.
    """

    shortest: int
    longest: int
    days: int


def working_week(calendars: Iterable[Calendar | None]) -> WorkingWeek:
    """The bounds of the working time of calendars; None is a charter without one."""
    known = list(calendars)
    spans = [_working_day(calendar) for calendar in known]
    return WorkingWeek(
        min(shortest for shortest, _ in spans),
        max(longest for _, longest in spans),
        min(len((calendar or DEFAULT_CALENDAR).working_days) for calendar in known),
    )


def _working_day(calendar: Calendar | None) -> tuple[int, int]:
    """Bounds in minutes of a working day."""
    if calendar is None or not calendar.hours:
        return _WORKING_DAY
    return calendar.working_minutes, calendar.working_minutes


#: The working week of charters without a calendar.
ANY_WEEK = working_week([None])


class _Bounds(NamedTuple):
    """The shortest and the longest time that a length can take."""

    shortest: Fraction
    longest: Fraction


def longer(old: Data, new: Data, week: WorkingWeek = ANY_WEEK) -> int | None:
    """Compare two lengths (`within` and `unit`): 1 if the newer one is longer, -1 if shorter, 0 if equal.

    None if that depends on the moment of a request.
    """
    if not comparable(old["unit"], new["unit"]):
        return _certainly_longer(old, new, week)
    before, after = (size(length["within"], length["unit"]) for length in (old, new))
    return (after > before) - (after < before)


def _certainly_longer(old: Data, new: Data, week: WorkingWeek) -> int | None:
    bounds = _in_working_time if _is_working(old) and _is_working(new) else _in_minutes
    before, after = (bounds(length["within"], length["unit"], week) for length in (old, new))
    if before.longest <= after.shortest:
        return 1
    return -1 if after.longest <= before.shortest else None


def _is_working(length: Data) -> bool:
    return length["unit"] in ("working_hours", "working_days")


def _in_working_time(length: float, unit: str, week: WorkingWeek) -> _Bounds:
    """Bounds in minutes of working time. The day of a request is not included in working days."""
    value = ratio(length)
    if unit == "working_hours":
        return _Bounds(value * 60, value * 60)
    return _Bounds(value * week.shortest, (value + 1) * week.longest)


def _in_minutes(length: float, unit: str, week: WorkingWeek) -> _Bounds:
    """Bounds in minutes. A request at the end of a week has to wait for the next one."""
    value = ratio(length)
    if unit == "months":
        return _Bounds(value * _MONTH[0] * DAY_MINUTES, value * _MONTH[1] * DAY_MINUTES)
    if unit == "working_hours":
        return _Bounds(value * 60, _latest(ceil(value * 60 / week.shortest), week))
    if unit == "working_days":
        earliest = value * week.shortest if value < 1 else (floor(value) - 1) * DAY_MINUTES + week.shortest
        return _Bounds(Fraction(earliest), _latest(ceil(value), week))
    exact = size(length, unit)
    return _Bounds(exact, exact)


def _latest(days: int, week: WorkingWeek) -> Fraction:
    """The start of the working day after so many working days after a request, at the latest, in minutes.

    An answer in the night after the last of them is in time, since no working time passes until then.
    """
    free = ceil(Fraction(days + 1, week.days)) * (7 - week.days)
    return Fraction((days + free + 2) * DAY_MINUTES)
