"""Checks of a working calendar: its hours, its time zone, and days listed twice."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from charterbook.load.did_you_mean import quote
from charterbook.load.lazy_message import Fact
from charterbook.source_map import Path

_SPAN = re.compile(r"([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9])")

#: A rule, the place below the calendar, and the facts of its message.
Wrong = tuple[str, Path, dict[str, Fact]]


def calendar_problems(calendar: Any) -> Iterator[Wrong]:
    """The problems in a calendar's data. Values of a wrong type are reported elsewhere."""
    if not isinstance(calendar, dict):
        return
    yield from _hours(calendar.get("hours"))
    yield from _timezone(calendar.get("timezone"))
    yield from _repeated("days", calendar.get("days"))
    yield from _repeated("holidays", calendar.get("holidays"))


def _hours(hours: Any) -> Iterator[Wrong]:
    spans = []
    for index, text in enumerate(hours if isinstance(hours, list) else ()):
        match = _SPAN.fullmatch(text) if isinstance(text, str) else None
        if match and match[1] >= match[2]:
            yield "hours-order", ("hours", index), {"value": quote(text)}
        elif match:
            spans.append((match[1], match[2], index, text))
    yield from _overlaps(sorted(spans))


def _overlaps(spans: Sequence[tuple[str, str, int, str]]) -> Iterator[Wrong]:
    """Pairs of overlapping spans, in the order of their beginning."""
    for one, other in pairwise(spans):
        if other[0] < one[1]:
            later = max(one, other, key=lambda span: span[2])
            earlier = min(one, other, key=lambda span: span[2])
            facts: dict[str, Fact] = {"value": quote(later[3]), "other": quote(earlier[3])}
            yield "hours-overlap", ("hours", later[2]), facts


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
