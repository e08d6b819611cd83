"""Working time: a working calendar, and the working seconds before any instant.

An instant is a whole number of seconds since 1970 in UTC. A second is working time if a clock in the calendar's time
zone shows a time inside the hours of a working day. So an hour that daylight saving repeats is counted twice, and an
hour that it skips is not counted. Hours that end after midnight belong to the day on which they begin.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from charterbook.charter import Calendar
from charterbook.charter.working_calendar import DEFAULT_CALENDAR, WEEKDAYS
from charterbook.frozen_dataclass import dataclass

DAY = 86_400
_EPOCH = datetime.date(1970, 1, 1).toordinal()

#: An instant before all others, so that each instant follows the beginning of a span.
_NEVER = -(10**15)


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days and hours.

    `weekdays` are numbers from 0 for Monday; `shifts` are minutes of the day and can pass 24:00.
    """

    weekdays: frozenset[int]
    shifts: tuple[tuple[int, int], ...]
    zone: ZoneInfo
    holidays: frozenset[datetime.date] = frozenset()

    def works_on(self, day: datetime.date) -> bool:
        """Whether a day is a working day."""
        return day.weekday() in self.weekdays and day not in self.holidays


def working_calendar(calendar: Calendar | None, timezone: str) -> WorkingCalendar:
    """The calendar of a charter; by default Monday to Friday, all day, without holidays.

    `timezone` is the default for a charter without one.
    """
    calendar = calendar or DEFAULT_CALENDAR
    return WorkingCalendar(
        frozenset(map(WEEKDAYS.index, calendar.working_days)),
        calendar.shifts,
        ZoneInfo(calendar.timezone or timezone),
        frozenset(holiday.date for holiday in calendar.holidays),
    )


class _Stretch(NamedTuple):
    """Instants between two changes of the clocks: local time is `offset` seconds ahead of UTC."""

    begin: int
    end: int
    offset: int


class WorkingTime:
    """The working time of a calendar between two days, as prefix sums: each query takes one binary search.

    `day_starts` are the instants at which the working days begin, `day_ends` the working time passed at the
    end of each.
    """

    def __init__(self, calendar: WorkingCalendar, first: datetime.date, last: datetime.date) -> None:
        self.calendar = calendar
        self._stretches = list(_stretches(calendar.zone, first, last))
        self._clock_changes = [stretch.begin for stretch in self._stretches[1:]]
        days = [
            day
            for day in map(datetime.date.fromordinal, range(first.toordinal() - 2, last.toordinal() + 2))
            if calendar.works_on(day) and self._has(day)
        ]
        shifts = [self._shifts(day) for day in days]
        spans = _merged(piece for pieces in shifts for piece in pieces)
        lengths = [end - begin for begin, end in spans]
        self._starts = [_NEVER, *(begin for begin, _ in spans)]
        self._spans = list(
            zip((0, *self._starts), (0, 0, *lengths), (0, 0, *accumulate(lengths, initial=0)), strict=False)
        )
        self.day_starts = [self.first_instant(day) for day in days]
        ends = [
            max((end for _, end in pieces), default=start)
            for pieces, start in zip(shifts, self.day_starts, strict=True)
        ]
        self.day_ends = list(accumulate(self.worked(ends), max))

    def worked(self, instants: Sequence[int]) -> list[int]:
        """The working seconds from the beginning to each instant."""
        spans = self._spans
        places = map(partial(bisect_right, self._starts), instants)
        return [
            before + (passed if (passed := instant - start) < length else length)
            for (start, length, before), instant in zip(map(spans.__getitem__, places), instants, strict=True)
        ]

    def first_instant(self, day: datetime.date, minute: int = 0) -> int:
        """The first instant at which clocks show this minute of a day, or a later one."""
        local = _local(day, minute)
        return next(
            max(stretch.begin, local - stretch.offset)
            for stretch in self._stretches
            if local - stretch.offset < stretch.end
        )

    def clock_changes(self, instants: Sequence[int]) -> list[int]:
        """The number of changes of the clocks up to each instant."""
        return list(map(partial(bisect_right, self._clock_changes), instants))

    def _has(self, day: datetime.date) -> bool:
        """Whether a day existed in the time zone: Samoa had no 30 December 2011."""
        return self.first_instant(day) < self.first_instant(day + datetime.timedelta(1))

    def _shifts(self, day: datetime.date) -> list[tuple[int, int]]:
        """The working spans of a day, as instants."""
        return [
            (max(begin - stretch.offset, stretch.begin), min(end - stretch.offset, stretch.end))
            for begin, end in ((_local(day, one), _local(day, other)) for one, other in self.calendar.shifts)
            for stretch in self._stretches
            if begin - stretch.offset < stretch.end and end - stretch.offset > stretch.begin
        ]


def _local(day: datetime.date, minute: int) -> int:
    """A time of a day in seconds, as if it were in UTC."""
    return (day.toordinal() - _EPOCH) * DAY + minute * 60


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order; adjacent or overlapping ones are merged."""
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _stretches(zone: ZoneInfo, first: datetime.date, last: datetime.date) -> Iterator[_Stretch]:
    """The time between two days, and some days around it, split by the offset of the zone."""
    begin, end = _local(first, 0) - 5 * DAY, _local(last, 0) + 5 * DAY
    start, offset = begin, offset_at(zone, begin)
    for instant in range(begin, end, DAY):
        if offset_at(zone, instant + DAY) != offset:
            change = _change(zone, instant, instant + DAY)
            yield _Stretch(start, change, offset)
            start, offset = change, offset_at(zone, instant + DAY)
    yield _Stretch(start, end, offset)


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The first instant with the later offset."""
    old = offset_at(zone, before)
    return before + bisect_left(
        range(before, after + 1), 1, key=lambda instant: offset_at(zone, instant) != old
    )


def offset_at(zone: ZoneInfo, instant: int) -> int:
    """The offset of a zone from UTC, in seconds."""
    found = datetime.datetime.fromtimestamp(instant, zone).utcoffset()
    assert found is not None
    return int(found.total_seconds())
