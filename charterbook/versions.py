"""Version names: parsing, order, and the entries of Material's version selector.

A version is named like its period: `2026`, `2026-H1`, `2026-Q3`, `2026-07`, and for a fiscal year other than the
calendar year `FY27`, `FY27-H1`, `FY27-Q1`, `FY27-M01`. A fiscal year is named by the calendar year in which it ends,
or in which it starts. Independent of git, files and charters.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypedDict

from charterbook.frozen_dataclass import dataclass

Period = Literal["year", "half", "quarter", "month"]

#: The calendar year that names a fiscal year: the one in which it ends, or starts.
NamedBy = Literal["end", "start"]

#: The possible periods of a version, with their length in months.
MONTHS: dict[Period, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}

#: The alias of the newest version, and the name of the draft.
LATEST = "latest"
DRAFT = "draft"

#: Regular expression of all valid names, also for the JSON Schema of charters.
NAME_PATTERN = (
    r"^([12][0-9]{3}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?|FY[0-9]{2}(-(H[12]|Q[1-4]|M0[1-9]|M1[0-2]))?)$"
)
_NAME = re.compile(NAME_PATTERN, re.ASCII)
_BY_LETTER: dict[str, Period] = {"H": "half", "Q": "quarter", "": "month", "M": "month"}

#: Two-digit years from here on are in the 1900s, as in POSIX.
_PIVOT = 69


#: File name of the list of versions, at the root of a site.
LISTED = "versions.json"


class SelectorEntry(TypedDict):
    """A version in versions.json for Material's selector."""

    version: str
    title: str
    aliases: list[str]


class FiscalYear(NamedTuple):
    """The month in which a year starts, 1 to 12, and the calendar year that names it. 1 means calendar years."""

    start: int = 1
    named_by: NamedBy = "end"


@dataclass(frozen=True)
class _ParsedName:
    """A parsed name: the n-th period of its kind (from 0) in a calendar or fiscal year."""

    year: int
    period: Period
    index: int
    fiscal: bool


def _parse(text: str) -> _ParsedName | None:
    if not _NAME.fullmatch(text):
        return None
    year, _, part = text.partition("-")
    number = part.lstrip("HQM")
    period = _BY_LETTER[part.removesuffix(number)] if part else "year"
    is_fiscal = year.startswith("FY")
    return _ParsedName(
        _full_year(year[-2:] if is_fiscal else year, is_fiscal), period, int(number or 1) - 1, is_fiscal
    )


def _full_year(digits: str, fiscal: bool) -> int:
    if not fiscal:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= _PIVOT else 2000)


def is_version_name(text: str) -> bool:
    """Whether a text is a valid version name, including capitals and leading zeros."""
    return _parse(text) is not None


def matches_period(name: str, period: Period, fiscal_year_start: int = 1) -> bool:
    """Whether a text is a version name in the form of `period_name` for these settings."""
    parsed = _parse(name)
    return parsed is not None and parsed.period == period and parsed.fiscal == (fiscal_year_start != 1)


def period_name(
    date: datetime.date, period: Period, fiscal_year_start: int = 1, named_by: NamedBy = "end"
) -> str:
    """The name of the period that contains a day.

    `fiscal_year_start` is a month, 1 to 12; 1 means calendar years, named without FY.
    """
    month = (date.month - fiscal_year_start) % 12
    index = month // MONTHS[period] + 1
    if fiscal_year_start == 1:
        suffix = {"year": "", "half": f"-H{index}", "quarter": f"-Q{index}", "month": f"-{index:02}"}[period]
        return f"{date.year:04}{suffix}"
    starts_in = date.year - (date.month < fiscal_year_start)
    year = starts_in + (named_by == "end")
    suffix = {"year": "", "half": f"-H{index}", "quarter": f"-Q{index}", "month": f"-M{index:02}"}[period]
    return f"FY{year % 100:02}{suffix}"


def months(name: str) -> int | None:
    """The length of a version's period in months; None for an invalid name."""
    parsed = _parse(name)
    return MONTHS[parsed.period] if parsed else None


def bounds(
    name: str, fiscal_year_start: int = 1, named_by: NamedBy = "end"
) -> tuple[datetime.date, datetime.date]:
    """The first day of a version's period and the day after its last. Raises ValueError for an invalid name."""
    parsed = _parse(name)
    if parsed is None:
        raise ValueError(f"{name!r} is not the name of a version")
    first = parsed.year * 12 + parsed.index * MONTHS[parsed.period]
    if parsed.fiscal and fiscal_year_start != 1:
        first += fiscal_year_start - 1 - 12 * (named_by == "end")
    return _month(first), _month(first + MONTHS[parsed.period])


def same_period(name: str, date: datetime.date, fiscal_year_start: int = 1, named_by: NamedBy = "end") -> str:
    """The name of the period that contains a day, with the same length and kind of year as a given name."""
    parsed = _parse(name)
    if parsed is None:
        raise ValueError(f"{name!r} is not the name of a version")
    if not parsed.fiscal:
        return period_name(date, parsed.period)
    found = period_name(date, parsed.period, fiscal_year_start, named_by)
    return found if fiscal_year_start != 1 else _as_fiscal(found)


def _as_fiscal(name: str) -> str:
    """The name of a calendar year's period, as a fiscal year that starts in January."""
    year, _, part = name.partition("-")
    return f"FY{year[2:]}" + (f"-{'M' if part.isdigit() else ''}{part}" if part else "")


def _month(count: int) -> datetime.date:
    """The first day of a month, by the number of months since the year 0."""
    return datetime.date(count // 12, count % 12 + 1, 1)


def sort_key(
    name: str, fiscal_year_start: int = 1, named_by: NamedBy = "end"
) -> tuple[datetime.date, int, str]:
    """Sort key of versions by the start of their period; for the same start the longer period is first.

    The order is therefore correct for a team that moves from half-years to quarters. Raises ValueError for an invalid
    name.
    """
    first, end = bounds(name, fiscal_year_start, named_by)
    return first, -(end - first).days, name


def versions_json(
    names: Sequence[str],
    draft: str | None = None,
    latest: str | None = None,
    titles: Mapping[str, str] | None = None,
) -> list[SelectorEntry]:
    """The content of versions.json: newest first, the draft before all.

    `names` are the published versions, oldest first; `draft` is the title of the draft, if there is one. `latest`
    gets the alias, by default the newest version. `titles` are the titles of versions that differ from their names.
    """
    latest = latest or next(reversed(names), None)
    entries: list[SelectorEntry] = []
    for name in reversed(names):
        aliases = [LATEST] if name == latest else []
        entries.append({"version": name, "title": (titles or {}).get(name, name), "aliases": aliases})
    if draft is not None:
        entries.insert(0, {"version": DRAFT, "title": draft, "aliases": []})
    return entries
