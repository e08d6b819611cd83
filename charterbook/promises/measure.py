"""Measure one promise by its requests: how many were kept, and how long they took.

How time counts for a promise:

- `minutes` and `hours` pass on the clock, also at night.
- `working_hours` pass only in the working hours of the calendar.
- `working_days` end with the working hours of a day. The day of the opening is not included: within 1 working day
  means by the end of the next working day. A fraction is that part of the working hours of the day after.
- `days`, `weeks` and `months` end at the same time of the day in the calendar's time zone, that much later. A month
  that has no such day ends with its last one. A fraction is that part of the day, week or month after.

A pause extends the promise by its length. Promises in working hours and working days wait outside the
working hours, so an answer at night has the same result as an answer at the end of the working hours before it.

A request is late as soon as more time has passed than was promised. From then on, an open request is late, too.
Requests that are open and not yet late have no verdict.
"""

from __future__ import annotations

import datetime
import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property, partial
from itertools import compress
from operator import is_, le, sub

from charterbook.calendar_months import add_months
from charterbook.charter.questions import ServiceLevel
from charterbook.exact_numbers import ratio
from charterbook.frozen_dataclass import dataclass
from charterbook.promises.requests import Pause, Requests
from charterbook.promises.working_time import DAY, WorkingTime

#: The seconds of each unit of fixed length.
_SECONDS = {"minutes": 60, "hours": 3_600, "working_hours": 3_600}

#: The unit of times in the output, with its seconds, if it differs from the promise's.
_SAID = {"days": ("days", DAY), "weeks": ("weeks", 7 * DAY), "months": ("days", DAY)}

#: Minimum number of answered requests for statistics: with fewer, they would reveal the duration of a single request.
_FEWEST = 5

#: Maximum number of decimal places of a share.
_MOST_PLACES = 12

#: Maximum number of days: longer than any calendar.
_MOST_DAYS = 100_000

#: A time in seconds that is longer than any measurable time.
_FOREVER = 10**12


@dataclass(frozen=True)
class Measured:
    """How often one promise was kept.

    `kept` and `late` were answered, `open_late` and `open` were not. `median` and `ninetieth` are the time that
    answered requests took, in `unit`: the mean of the two in the middle if their number is even,
    and the shortest time within which at least 90 % were answered. Both are None if fewer than five
    were answered, so that the duration of a single request is never revealed.
    """

    kept: int = 0
    late: int = 0
    open_late: int = 0
    open: int = 0
    unit: str = "hours"
    median: Fraction | None = None
    ninetieth: Fraction | None = None
    target: Fraction | None = None

    @property
    def requests(self) -> int:
        """All requests."""
        return self.decided + self.open

    @property
    def decided(self) -> int:
        """Requests with a verdict: the promise was kept or missed."""
        return self.kept + self.late + self.open_late

    @property
    def share(self) -> Fraction | None:
        """The percentage of decided requests for which the promise was kept; None without any."""
        return Fraction(100 * self.kept, self.decided) if self.decided else None

    @property
    def rounded_share(self) -> Fraction | None:
        """The share with as few decimal places as leave it on its side of the target: 94.96 % never becomes 95 %."""
        share = self.share
        if share is None:
            return None
        cut = (Fraction(math.floor(share * 10**places), 10**places) for places in range(1, _MOST_PLACES))
        return next((one for one in cut if self._short_of_target(one) == self.broken), share)

    def _short_of_target(self, share: Fraction) -> bool:
        return self.target is not None and share < self.target

    @property
    def broken(self) -> bool:
        """Whether the share is below the target."""
        return self.share is not None and self._short_of_target(self.share)


def measure(level: ServiceLevel, requests: Requests, time: WorkingTime, as_of: int) -> Measured:
    """How often a promise was kept, as known at an instant.

    Answers after that instant have not come yet, and no request was opened after it. `time` has to reach from the day
    of the first request to the day of that instant.
    """
    counted = _RequestTimes(level, requests, time, as_of)
    in_time = list(map(le, counted.used, counted.limits()))
    kept = sum(compress(in_time, counted.answered))
    answered = sum(counted.answered)
    waiting = sum(in_time) - kept
    took = counted.took()
    return Measured(
        kept=kept,
        late=answered - kept,
        open_late=len(in_time) - answered - waiting,
        open=waiting,
        unit=counted.unit,
        median=_median(took, counted.seconds),
        ninetieth=_ninetieth(took, counted.seconds),
        target=None if level.target_share is None else ratio(level.target_share),
    )


class _RequestTimes:
    """The time that each request took, measured by the rules of a promise.

    `seconds` is the length of `unit`, the unit of the times that requests took.
    """

    def __init__(self, level: ServiceLevel, requests: Requests, time: WorkingTime, as_of: int) -> None:
        self._level, self._time = level, time
        self._works = level.unit.startswith("working_")
        self.unit, self.seconds = _SAID.get(level.unit) or (level.unit, _SECONDS.get(level.unit, 1))
        self._opened = requests.opened
        ends = [as_of if end is None or end > as_of else end for end in requests.answered]
        self.answered = list(map(is_, ends, requests.answered))
        self._begins = self._passed(requests.opened)
        passed = self._passed(ends)
        for place, pauses in requests.pauses.items():
            passed[place] -= self._paused(pauses, requests.opened[place], ends[place])
        self.used = list(map(sub, passed, self._begins))

    def limits(self) -> Sequence[int]:
        """Maximum number of seconds for each request."""
        unit, within = self._level.unit, ratio(self._level.within)
        if unit in _SECONDS:
            return [min(math.floor(within * _SECONDS[unit]), _FOREVER)] * len(self.used)
        if unit == "working_days":
            return self._working_days(within)
        return (
            self._calendar_days(within * 7, "days") if unit == "weeks" else self._calendar_days(within, unit)
        )

    def took(self) -> list[int]:
        """The time that answered requests took, from the shortest to the longest: in seconds, or in working days."""
        if self._level.unit == "working_days":
            return sorted(self._days_taken())
        return sorted(compress(self.used, self.answered))

    def _passed(self, instants: Sequence[int]) -> list[int]:
        """The seconds that have passed up to each instant, on the clock or in working hours."""
        return self._time.worked(instants) if self._works else list(instants)

    def _paused(self, pauses: Sequence[Pause], opened: int, end: int) -> int:
        """The seconds of a request's pauses; overlapping pauses count once."""
        paused, begin = 0, opened
        for start, stop in sorted(pauses):
            begin, until = max(begin, start), min(stop, end)
            if begin < until:
                one, other = self._passed([begin, until])
                paused += other - one
                begin = until
        return paused

    @cached_property
    def _days_before(self) -> list[int]:
        """The number of working days that have begun when each request is opened."""
        return list(map(partial(bisect_right, self._time.day_starts), self._opened))

    def _working_days(self, within: Fraction) -> list[int]:
        """For each request, the working time up to the end of the last working day."""
        whole = min(math.floor(within), _FOREVER)
        part = within - whole
        ends = [0, *self._time.day_ends]
        limits = [*ends[whole:], *[_FOREVER] * min(whole, len(ends))]
        if part:
            following = [*limits[1:], _FOREVER]
            limits = [
                one + math.floor(part * (other - one)) for one, other in zip(limits, following, strict=True)
            ]
        return list(map(sub, map(limits.__getitem__, self._days_before), self._begins))

    def _calendar_days(self, within: Fraction, unit: str) -> list[int]:
        """For each request, the seconds up to the same time of a later day."""
        whole = math.floor(within)
        limits = _same_times(self._time, self._opened, whole, unit)
        if whole == within:
            return limits
        following = _same_times(self._time, self._opened, whole + 1, unit)
        part = within - whole
        return [one + math.floor(part * (other - one)) for one, other in zip(limits, following, strict=True)]

    def _days_taken(self) -> list[int]:
        """For each answered request, the least number of working days that would have been enough."""
        ends = [0, *self._time.day_ends]
        rows = zip(self._days_before, self._begins, self.used, strict=True)
        return [
            max(0, bisect_left(ends, begin + used) - days)
            for days, begin, used in compress(rows, self.answered)
        ]


def _same_times(time: WorkingTime, opened: Sequence[int], count: int, unit: str) -> list[int]:
    """For each instant, the seconds up to the same time of the day, some days or months later."""
    if unit == "months" or count > _MOST_DAYS:
        return [_same_time(time, one, count, unit) for one in opened]
    passed = count * DAY
    changes, later = time.clock_changes(opened), time.clock_changes([one + passed for one in opened])
    return [
        passed if before == after else _same_time(time, one, count, unit)
        for one, before, after in zip(opened, changes, later, strict=True)
    ]


def _same_time(time: WorkingTime, opened: int, count: int, unit: str) -> int:
    zone = time.calendar.zone
    local = datetime.datetime.fromtimestamp(opened, zone)
    try:
        day = (
            add_months(local.date(), count) if unit == "months" else local.date() + datetime.timedelta(count)
        )
        return int(datetime.datetime.combine(day, local.time(), zone).timestamp()) - opened
    except (OverflowError, ValueError):
        return _FOREVER


def _median(ordered: Sequence[int], seconds: int) -> Fraction | None:
    if len(ordered) < _FEWEST:
        return None
    middle = len(ordered) // 2
    return Fraction(ordered[middle] + ordered[-middle - 1], 2 * seconds)


def _ninetieth(ordered: Sequence[int], seconds: int) -> Fraction | None:
    """The nearest rank: the smallest value that at least nine in ten do not exceed."""
    rank = -(-len(ordered) * 9 // 10)
    return Fraction(ordered[rank - 1], seconds) if len(ordered) >= _FEWEST else None
