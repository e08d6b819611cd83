"""Parse days in the formats of people and spreadsheet programs. A month, a quarter or a year counts as its last day."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from charterbook.imports.tables import Cell
from charterbook.load import value_guess
from charterbook.versions import bounds, is_version_name

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})|(\d{1,2})[./](\d{4})", re.ASCII)
_WORDED = re.compile(r"([^\W\d_]+)\.?[ -](\d{4})(?: г\.?| года)?")
_QUARTER = re.compile(
    r"(?:Q|кв\.? ?|К)([1-4])[ -/](\d{4})|([1-4])[ -]?(?:кв\.?|квартал) (\d{4})", re.IGNORECASE
)
#: Days before this one are typing errors, or errors of a program with another first day.
_FIRST = datetime.date(1990, 1, 1)


class Day(NamedTuple):
    """The possible days in a cell, and whether they are the last days of a longer period."""

    readings: tuple[datetime.date, ...]
    is_period: bool = False


def day_in(cell: Cell, fiscal_year_start: int = 1) -> Day:
    """The day in a cell; without readings if there is none."""
    value = cell.value
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        found = _period(value.year, value.month) if cell.sign == "month" else Day((value,))
    elif isinstance(value, str):
        found = _in_text(value, fiscal_year_start)
    else:
        found = Day(())
    return Day(tuple(day for day in found.readings if day >= _FIRST), found.is_period)


def _in_text(text: str, fiscal_year_start: int) -> Day:
    text = " ".join(text.split())
    if match := _ISO.fullmatch(text):
        return Day(_days(*match.groups()))
    if is_version_name(text) and not text.isdigit():
        return Day((bounds(text, fiscal_year_start)[1] - datetime.timedelta(1),), is_period=True)
    if match := _QUARTER.fullmatch(text):
        return _period(int(match[2] or match[4]), 3 * int(match[1] or match[3]))
    if match := _MONTH.fullmatch(text):
        return _period(int(match[1] or match[4]), int(match[2] or match[3]))
    if (match := _WORDED.fullmatch(text)) and (month := value_guess.month(match[1])):
        return _period(int(match[2]), month)
    return Day(tuple(value_guess.dates(text)))


def _days(*parts: str) -> tuple[datetime.date, ...]:
    try:
        return (datetime.date(*map(int, parts)),)
    except ValueError:
        return ()


def _period(year: int, month: int) -> Day:
    """The last day of a month."""
    try:
        following = datetime.date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return Day(())
    if not 1 <= month <= 12:  # noqa: PLR2004
        return Day(())
    return Day((following - datetime.timedelta(1),), is_period=True)
