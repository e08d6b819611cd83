"""Checks of a working calendar: its hours, its time zone, and days listed twice."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from charterbook.charter.working_calendar import DAY_MINUTES, WEEKDAYS, shift_of
from charterbook.load.did_you_mean import quote
from charterbook.load.lazy_message import Fact
from charterbook.source_map import Path

_SPAN = re.compile(r"([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9])")


class _Span(NamedTuple):
    """Hours between two minutes of a day, the second possibly after 24:00, with their position and text."""

    begin: int
    end: int
    position: int
    text: str


#: A rule, the place below the calendar, and the facts of its message.
Wrong = tuple[str, Path, dict[str, Fact]]


def calendar_problems(calendar: Any) -> Iterator[Wrong]:
    """The problems in a calendar's data. Values of a wrong type are reported elsewhere."""
    if not isinstance(calendar, dict):
        return
    yield from _hours(calendar)
    yield from _timezone(calendar.get("timezone"))
    yield from _repeated("days", calendar.get("days"))
    yield from _repeated("holidays", calendar.get("holidays"))


def _hours(calendar: dict[str, Any]) -> Iterator[Wrong]:
    hours = calendar.get("hours")
    spans = []
    for index, text in enumerate(hours if isinstance(hours, list) else ()):
        match = _SPAN.fullmatch(text) if isinstance(text, str) else None
        if match and match[1] == match[2]:
            yield "hours-order", ("hours", index), {"value": quote(text)}
        elif match:
            begin, end = shift_of(text)
            spans.append(_Span(begin, end, index, text))
    yield from _overlaps(spans, nights=_has_consecutive_days(calendar.get("days")))


def _overlaps(spans: Sequence[_Span], *, nights: bool) -> Iterator[Wrong]:
    """Pairs of overlapping spans in the order of their beginning; with `nights`, also of a night and the day after it."""
    tomorrow = [one._replace(begin=one.begin + DAY_MINUTES, end=one.end + DAY_MINUTES) for one in spans]
    seen = set()
    before: _Span | None = None
    for one in sorted([*spans, *(tomorrow if nights else ())]):
        if before is not None and one.begin < before.end:
            earlier, later = sorted((before, one), key=lambda span: span.position)
            if (earlier.position, later.position) not in seen:
                seen.add((earlier.position, later.position))
                facts: dict[str, Fact] = {"value": quote(later.text), "other": quote(earlier.text)}
                yield "hours-overlap", ("hours", later.position), facts
        before = max(before or one, one, key=lambda span: span.end)


def _has_consecutive_days(days: Any) -> bool:
    """Whether the day after a working day can also be one."""
    listed = [WEEKDAYS.index(day) for day in days if day in WEEKDAYS] if isinstance(days, list) else []
    return not listed or any((day + 1) % 7 in listed for day in listed)


def _timezone(name: Any) -> Iterator[Wrong]:
    if isinstance(name, str) and name.strip() and not is_timezone(name):
        yield "unknown-timezone", ("timezone",), {"value": quote(name)}


def is_timezone(name: str) -> bool:
    """Whether a name is a time zone, in its exact spelling."""
    try:
        return zoneinfo.ZoneInfo(name).key == name
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _repeated(key: str, days: Any) -> Iterator[Wrong]:
    seen = set()
    for index, entry in enumerate(days if isinstance(days, list) else ()):
        day = entry.get("date") if isinstance(entry, dict) else entry
        if not isinstance(day, str | datetime.date):
            continue
        if day in seen:
            yield "repeated-day", (key, index), {"day": quote(str(day))}
        seen.add(day)
