"""Parse texts with dates and times as instants, in the time zone of the log unless they name their own.

A day is written year first, as dd.mm.yyyy, or with the name of the month. With slashes, either order is possible, so it
must be given. A log has far fewer days and times of day than instants, so each day and each time of day is parsed once.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import partial, reduce
from operator import add, itemgetter
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from charterbook.load import value_guess
from charterbook.promises.working_time import DAY

#: The order of day and month in dates with slashes.
DateOrder = Literal["dmy", "mdy"]

#: Reasons why a text is not an instant.
Fault = Literal["unreadable", "ambiguous-order", "short-year", "no-such-day", "year-out-of-range"]
#: Decisions about an instant: its local time occurs twice, not at all, or is missing; or the text says that there is none.
Doubt = Literal["twice", "skipped", "no-time", "empty-word"]

_DATE = r"(?:(?P<y>\d{4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)|(?P<a>\d\d?)(?P<sep>[./-])(?P<b>\d\d?)(?P=sep)(?P<c>\d{4}|\d\d))"
_ZONE = r"(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)"
_TIME = (
    rf"(?P<H>\d\d?):(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,]\d+)?)?(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?: ?{_ZONE})?"
)
_WORDED_DATE = r"(?:(?P<d1>\d\d?)[ ./-](?P<m1>[^\W\d_]+)\.?,?[ ./-](?P<y1>\d{4}|\d\d)(?: ?г\.?)?|(?P<m2>[^\W\d_]+)\.? (?P<d2>\d\d?),? (?P<y2>\d{4}))"
_WORDED = re.compile(rf"(?:[^\W\d_]+\.?,? )??{_WORDED_DATE}(?:,? +(?:at )?{_TIME})?")
#: Contents of cells without a time, as programs write them.
_NONE = frozenset(("-", "–", "—", "n/a", "null", "none", "н/д", "0000-00-00", "0000-00-00 00:00:00"))
_INSTANT = re.compile(rf"{_DATE}(?:(?:T|,? +){_TIME})?", re.ASCII)
_REST = re.compile(rf"(?:T|,? +){_TIME}", re.ASCII)
#: The accepted years.
YEARS = range(1970, 2100)

#: Marker of texts outside the fast path, so low that no sum with it is a valid instant.
_SLOW = -(10**12)
_MIDNIGHT = " 00:00"
_READ = _SLOW // 2
#: The length of a day with its time to the minute, and the positions of an instant's parts in a text.
_TO_MINUTES = 16
_DAY, _TIME_OF_DAY = itemgetter(slice(10)), itemgetter(slice(10, None))
_HOUR_AND_MINUTE, _SECONDS = itemgetter(slice(10, _TO_MINUTES)), itemgetter(slice(_TO_MINUTES, None))


class Parsed(NamedTuple):
    """An instant, with the decision about it; or None, with the reason."""

    instant: int | None
    doubt: Doubt | Fault | None = None


class Timestamps:
    """Parser of instants. `order` is the order of the parts of dates with slashes, None if unknown."""

    def __init__(self, zone: ZoneInfo, order: DateOrder | None = None) -> None:
        self._zone, self._order = zone, order
        self._known: dict[tuple[object, bool], Parsed] = {}
        self._days = (_Days(self, zone), _Days(self, datetime.UTC))
        self._times = (_Times("", zoned=False), _Times("", zoned=True))
        self._seconds = (_Times(_MIDNIGHT, zoned=False), _Times(_MIDNIGHT, zoned=True))

    def column(self, values: Sequence[object], *, ends: bool) -> tuple[list[int | None], dict[int, Parsed]]:
        """The instants of a column, None for empty cells; and remarks by position.

        A day without a time is its first instant, or with `ends` that of the day after.
        """
        quick = self._parse_fast(values)
        found: list[int | None] = list(quick)
        doubts: dict[int, Parsed] = {}
        unread = (
            [place for place, instant in enumerate(quick) if instant < _READ]
            if min(quick, default=0) < _READ
            else []
        )
        for place in unread:
            parsed = self.read(values[place], ends=ends)
            found[place] = parsed.instant
            if parsed.doubt:
                doubts[place] = parsed
        return found, doubts

    def _parse_fast(self, values: Sequence[Any]) -> list[int]:
        """The instants in one of the usual formats; for all others, a value below `_READ`."""
        first = next(filter(None, values), None)
        if not isinstance(first, str):
            return [_SLOW] * len(values)
        first = first.strip()
        zoned = _is_zoned(first)
        parts: list[tuple[dict[str, int], itemgetter[Any]]] = [(self._days[zoned], _DAY)]
        if len(first) <= _TO_MINUTES or first[-1] in "Mm":
            parts.append((self._times[zoned], _TIME_OF_DAY))
        else:
            parts += [(self._times[False], _HOUR_AND_MINUTE), (self._seconds[zoned], _SECONDS)]
        found = (map(known.__getitem__, map(part, values)) for known, part in parts)
        try:
            return list(reduce(partial(map, add), found))
        except TypeError:
            return [_SLOW] * len(values)

    def read(self, value: object, *, ends: bool = False) -> Parsed:
        """One instant; for an empty cell, neither an instant nor a reason."""
        if value is None:
            return Parsed(None)
        key = (value, ends)
        if key not in self._known:
            self._known[key] = self._read(value, ends)
        return self._known[key]

    def _read(self, value: object, ends: bool) -> Parsed:
        if isinstance(value, datetime.datetime):
            return self._local(value.replace(microsecond=0)) if value.tzinfo is None else _absolute(value)
        if isinstance(value, datetime.date):
            return self._whole_day(value, ends)
        text = str(value).strip() if isinstance(value, str) else "?"
        if not text:
            return Parsed(None)
        if text.casefold() in _NONE:
            return Parsed(None, "empty-word")
        if match := _INSTANT.fullmatch(text):
            return self._at(self.day(match), match, ends)
        match = _WORDED.fullmatch(text)
        return self._at(_worded_day(match), match, ends) if match else Parsed(None, "unreadable")

    def _at(self, day: datetime.date | Fault, match: re.Match[str], ends: bool) -> Parsed:
        """The instant on a day."""
        if isinstance(day, str):
            return Parsed(None, day)
        if match["H"] is None:
            return self._whole_day(day, ends)
        time = _time(match)
        if time is None:
            return Parsed(None, "unreadable")
        local = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(seconds=time)
        if match["zone"]:
            offset = datetime.timedelta(seconds=_offset(match["zone"]))
            return _absolute((local - offset).replace(tzinfo=datetime.UTC))
        return self._local(local)

    def day(self, match: re.Match[str]) -> datetime.date | Fault:
        """The day of a match, or the reason why it is invalid."""
        numbers = self._numbers(match)
        if isinstance(numbers, str):
            return numbers
        return _valid_day(*numbers)

    def _numbers(self, match: re.Match[str]) -> tuple[int, int, int] | Fault:
        if match["y"]:
            return int(match["y"]), int(match["m"]), int(match["d"])
        if len(match["c"]) != 4:  # noqa: PLR2004
            return "short-year"
        order = "dmy" if match["sep"] == "." else self._order
        if order is None:
            return "ambiguous-order"
        one, other = int(match["a"]), int(match["b"])
        return (int(match["c"]), other, one) if order == "dmy" else (int(match["c"]), one, other)

    def _whole_day(self, day: datetime.date, ends: bool) -> Parsed:
        if day.year not in YEARS:
            return Parsed(None, "year-out-of-range")
        found = self._local(datetime.datetime.combine(day + datetime.timedelta(ends), datetime.time()))
        return Parsed(found.instant, "no-time")

    def _local(self, local: datetime.datetime) -> Parsed:
        """The instant at which clocks show a time; the first one, if they show it twice."""
        if local.year not in YEARS:
            return Parsed(None, "year-out-of-range")
        first, second = (local.replace(tzinfo=self._zone, fold=fold).utcoffset() for fold in (0, 1))
        assert first is not None
        assert second is not None
        doubt: Doubt | None = None if first == second else ("twice" if first > second else "skipped")
        return Parsed(int((local - first).replace(tzinfo=datetime.UTC).timestamp()), doubt)


def _worded_day(match: re.Match[str]) -> datetime.date | Fault:
    """A day with the name of its month."""
    month = value_guess.month(match["m1"] or match["m2"])
    if month is None:
        return "unreadable"
    year = match["y1"] or match["y2"]
    return _valid_day(int(year if len(year) > 2 else f"20{year}"), month, int(match["d1"] or match["d2"]))  # noqa: PLR2004


def _valid_day(year: int, month: int, day: int) -> datetime.date | Fault:
    if year not in YEARS:
        return "year-out-of-range"
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return "no-such-day"


def _absolute(moment: datetime.datetime) -> Parsed:
    if moment.year not in YEARS:
        return Parsed(None, "year-out-of-range")
    return Parsed(int(moment.timestamp()))


def _is_zoned(text: str) -> bool:
    match = _INSTANT.fullmatch(text)
    return bool(match and match["zone"])


def _time(match: re.Match[str]) -> int | None:
    """The second of the day; None for an invalid time."""
    hour, minute, second = (int(match[name] or 0) for name in "HMS")
    if match["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004
            return None
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    if minute > 59 or second > 59 or hour * 3600 + minute * 60 + second > DAY:  # noqa: PLR2004
        return None
    return hour * 3600 + minute * 60 + second


def _offset(zone: str) -> int:
    """The offset from UTC of a zone such as +02:00, in seconds."""
    if zone[0] not in "+-":
        return 0
    digits = zone[1:].replace(":", "")
    return (int(digits[:2]) * 3600 + int(digits[2:] or 0) * 60) * (-1 if zone[0] == "-" else 1)


class _Days(dict[str, int]):
    """The first instant of each day that is written in ten characters, unless the clocks change on it."""

    def __init__(self, timestamps: Timestamps, zone: datetime.tzinfo) -> None:
        self._timestamps, self._zone = timestamps, zone

    def __missing__(self, text: str) -> int:
        self[text] = found = self._instant(text)
        return found

    def _instant(self, text: str) -> int:
        match = _INSTANT.fullmatch(text)
        day = self._timestamps.day(match) if match and match["H"] is None else None
        if not isinstance(day, datetime.date):
            return _SLOW
        begin = datetime.datetime.combine(day, datetime.time(), self._zone)
        noon, end = (begin + datetime.timedelta(hours=hours) for hours in (12, 24))
        offsets = {moment.utcoffset() for moment in (begin, noon, end.replace(fold=1))}
        return int(begin.timestamp()) if len(offsets) == 1 else _SLOW


class _Times(dict[str, int]):
    """The second of each time of day; in UTC for those with a zone. `before` is the text before them."""

    def __init__(self, before: str, *, zoned: bool) -> None:
        self._before, self._zoned = before, zoned

    def __missing__(self, text: str) -> int:
        self[text] = found = self._second(self._before + text)
        return found

    def _second(self, text: str) -> int:
        match = _REST.fullmatch(text)
        time = _time(match) if match else None
        if match is None or time is None or bool(match["zone"]) != self._zoned:
            return _SLOW
        if self._before and match["half"]:
            return _SLOW
        return time - (_offset(match["zone"]) if self._zoned else 0)
