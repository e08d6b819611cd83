"""Parse days in the formats of people and spreadsheet programs.

A week, a month, a quarter or a year means its last day.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from charterbook.imports.tables import Cell
from charterbook.load import value_guess
from charterbook.versions import FiscalYear, bounds, is_version_name

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})|(\d{1,2})[./](\d{4})", re.ASCII)
_YEAR = r"(?:(?P<year>\d{4})|['’](?P<short>\d\d))"
_SHORT_YEAR = r"(?:(?P<year>\d{4})|['’]?(?P<short>\d\d))"
_WORDED = re.compile(rf"(?P<month>[^\W\d_]+)\.?[ -]?{_YEAR}")
_QUARTER = re.compile(
    rf"(?:(?:Q|кв\.? ?|К)(?P<q>[1-4])|(?P<n>[1-4]|I{{1,3}}|IV)[ -]?(?:кв\.?|квартал))[ -/]{_SHORT_YEAR}",
    re.IGNORECASE,
)
_FISCAL_YEAR = r"FY ?['’]?(?P<{}>\d{{4}}|\d\d)"
_FISCAL_QUARTER = re.compile(
    rf"Q(?P<before>[1-4])[ -/]?{_FISCAL_YEAR.format('after')}|{_FISCAL_YEAR.format('first')}[ -/]?Q(?P<last>[1-4])",
    re.IGNORECASE,
)
_WEEK = re.compile(r"(\d{4})-?W(\d\d)|W(\d\d?)[ -/](\d{4})", re.ASCII | re.IGNORECASE)
#: Words that Russian texts add to a year.
_OF_YEAR = re.compile(r"(?<=\d) ?(?:г\.?|года)$")
_ROMAN = ("I", "II", "III", "IV")
#: Earlier days are typing errors, or errors of a program with a different epoch.
_FIRST = datetime.date(1990, 1, 1)


_CALENDAR_YEAR = FiscalYear()


class Day(NamedTuple):
    """The possible days in a cell, and whether they are the last days of a longer period."""

    readings: tuple[datetime.date, ...]
    is_period: bool = False


def day_in(cell: Cell, fiscal_year: FiscalYear = _CALENDAR_YEAR) -> Day:
    """The day in a cell; without readings if there is none."""
    value = cell.value
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        found = _period(value.year, value.month) if cell.sign == "month" else Day((value,))
    elif isinstance(value, str):
        found = _in_text(_OF_YEAR.sub("", " ".join(value.split())), fiscal_year)
    else:
        found = Day(())
    return Day(tuple(day for day in found.readings if day >= _FIRST), found.is_period)


def _in_text(text: str, fiscal_year: FiscalYear) -> Day:
    if is_version_name(text) and not text.isdigit():
        return _end_of(text, fiscal_year)
    for pattern, read in _FORMS.items():
        match = pattern.fullmatch(text)
        if match and (found := read(match, fiscal_year)):
            return found
    return Day(tuple(value_guess.dates(text)))


def _iso(match: re.Match[str], _fiscal_year: FiscalYear) -> Day:
    return Day(_days(*match.groups()))


def _month(match: re.Match[str], _fiscal_year: FiscalYear) -> Day:
    return _period(int(match[1] or match[4]), int(match[2] or match[3]))


def _worded(match: re.Match[str], _fiscal_year: FiscalYear) -> Day | None:
    month = value_guess.month(match["month"])
    return _period(_year(match), month) if month else None


def _fiscal_quarter(match: re.Match[str], fiscal_year: FiscalYear) -> Day:
    year, quarter = match["after"] or match["first"], match["before"] or match["last"]
    return _end_of(f"FY{year[-2:]}-Q{quarter}", fiscal_year)


def _year(match: re.Match[str]) -> int:
    return int(match["year"] or f"20{match['short']}")


def _end_of(name: str, fiscal_year: FiscalYear) -> Day:
    """The last day of a version's period."""
    return Day((bounds(name, *fiscal_year)[1] - datetime.timedelta(1),), is_period=True)


def _quarter(match: re.Match[str], fiscal_year: FiscalYear) -> Day:
    """The last day of a quarter of the calendar year or the fiscal year."""
    year, written = _year(match), match["q"] or match["n"]
    number = int(written) if written.isdigit() else _ROMAN.index(written.upper()) + 1
    found = _period(year, 3 * number)
    if fiscal_year.start == 1:
        return found
    fiscal = _end_of(f"FY{year % 100:02}-Q{number}", fiscal_year)
    return Day(tuple(dict.fromkeys(found.readings + fiscal.readings)), is_period=True)


def _week(match: re.Match[str], _fiscal_year: FiscalYear) -> Day:
    """The last day of a week, by ISO 8601."""
    try:
        return Day(
            (datetime.date.fromisocalendar(int(match[1] or match[4]), int(match[2] or match[3]), 7),),
            is_period=True,
        )
    except ValueError:
        return Day(())


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


#: The formats of texts, in the order in which they are tried.
_FORMS: Mapping[re.Pattern[str], Callable[[re.Match[str], FiscalYear], Day | None]] = {
    _ISO: _iso,
    _FISCAL_QUARTER: _fiscal_quarter,
    _QUARTER: _quarter,
    _WEEK: _week,
    _MONTH: _month,
    _WORDED: _worded,
}
