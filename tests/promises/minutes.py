"""Minute-by-minute count of working time, and random calendars and requests to compare with.

It shares no code with Charterbook: it reads the local time at every single minute.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

DAY = datetime.timedelta(1)

#: Zones with changes of an hour or half an hour, at night or at midnight, and with a skipped day.
ZONES = {
    "UTC": 2026,
    "Europe/Berlin": 2026,
    "America/New_York": 2026,
    "America/St_Johns": 2026,
    "Australia/Lord_Howe": 2026,
    "Africa/Cairo": 2026,
    "Asia/Kathmandu": 2026,
    "America/Sao_Paulo": 2018,
    "Pacific/Apia": 2011,
}

_SHIFTS = (
    ((540, 1020),),
    ((540, 750), (810, 1080)),
    ((0, 1440),),
    ((1320, 1800),),
    ((1080, 1440), (0, 360)),
    ((150, 600),),
    ((480, 720), (660, 900), (1380, 1470)),
    ((120, 180),),
)


@dataclass(frozen=True)
class Case:
    """A calendar, a promise, and a request: minutes since 1970, in UTC."""

    zone: str
    weekdays: frozenset[int]
    shifts: tuple[tuple[int, int], ...]
    holidays: frozenset[datetime.date]
    within: float
    unit: str
    opened: int
    answered: int | None
    pauses: tuple[tuple[int, int], ...]
    as_of: int


def random_case(random: Random) -> Case:
    """A random case, often near a clock change."""
    zone = random.choice(sorted(ZONES))
    opened = _interesting(random, zone)
    answered = opened + random.choice((random.randint(0, 600), random.randint(0, 7 * 1440)))
    unit = random.choice(
        ("minutes", "hours", "working_hours", "working_days", "working_days", "days", "weeks")
    )
    pauses = tuple(_pause(random, opened) for _ in range(random.choice((0, 0, 1, 2))))
    day = _shown(opened, ZoneInfo(zone)).date()
    return Case(
        zone,
        frozenset(random.sample(range(7), random.choice((1, 3, 5, 5, 5, 6, 7)))),
        random.choice(_SHIFTS),
        frozenset(day + random.randint(-3, 10) * DAY for _ in range(random.choice((0, 0, 1, 3)))),
        _within(random, unit),
        unit,
        opened,
        None if random.random() < 0.2 else answered,
        pauses,
        max(opened, answered + random.randint(-600, 600)),
    )


def _within(random: Random, unit: str) -> float:
    if unit == "minutes":
        return float(random.randint(1, 6000))
    whole = random.randint(0, {"hours": 100, "working_hours": 30, "weeks": 1}.get(unit, 5))
    return whole + random.choice((0.5, 0.25)) if whole == 0 or random.random() < 0.2 else float(whole)


def _interesting(random: Random, zone: str) -> int:
    """A minute of the year, half of them in the days before an offset changes."""
    first = int(datetime.datetime(ZONES[zone], 1, 1, tzinfo=datetime.UTC).timestamp()) // 60
    found = first + random.randrange(365 * 1440)
    if random.random() < 0.5:
        days = range(first, first + 366 * 1440, 1440)
        changes = [one for one in days if _offset(one, zone) != _offset(one + 1440, zone)]
        found = random.choice(changes or [found]) + random.randint(-4 * 1440, 1440)
    return found


def _offset(minute: int, zone: str) -> datetime.timedelta | None:
    return _shown(minute, ZoneInfo(zone)).utcoffset()


def _pause(random: Random, opened: int) -> tuple[int, int]:
    begin = opened + random.randint(-100, 4 * 1440)
    return begin, begin + random.choice((random.randint(0, 3000), 10**7))


def _shown(minute: int, zone: ZoneInfo) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(minute * 60, zone)


class Clock:
    """Facts about each minute."""

    def __init__(self, case: Case) -> None:
        self.case, self.zone = case, ZoneInfo(case.zone)
        self.owners = cache(self._owners)
        self.working_day = cache(self._working_day)

    def _working_day(self, day: datetime.date) -> bool:
        """Whether a day is a working day that exists."""
        noon = datetime.datetime.combine(day, datetime.time(12), self.zone)
        there = noon.astimezone(datetime.UTC).astimezone(self.zone).date() == day
        return there and day.weekday() in self.case.weekdays and day not in self.case.holidays

    def _owners(self, minute: int) -> tuple[datetime.date, ...]:
        """The working days whose hours contain a minute."""
        shown = _shown(minute, self.zone)
        at, today = shown.hour * 60 + shown.minute, shown.date()
        inside = (
            today - back * DAY
            for back in (0, 1)
            for begin, end in self.case.shifts
            if begin <= at + back * 1440 < end
        )
        return tuple(filter(self.working_day, inside))

    def works(self, minute: int) -> bool:
        """Whether a minute is working time."""
        return bool(self.owners(minute))

    def worked(self, begin: int, end: int) -> int:
        """The working minutes from one minute to another."""
        return sum(self.works(minute) for minute in range(begin, end))


def verdict(clock: Clock) -> str:
    """Result of the request: kept, late, open late, or open."""
    case = clock.case
    answered = case.answered is not None and case.answered <= case.as_of
    end = case.answered if answered and case.answered is not None else case.as_of
    in_time = _used(clock, end) <= _limit(clock)
    return {(True, True): "kept", (True, False): "late", (False, True): "open", (False, False): "open late"}[
        answered, in_time
    ]


def _used(clock: Clock, end: int) -> int:
    case, works = clock.case, clock.case.unit.startswith("working")
    return sum(
        not any(begin <= minute < stop for begin, stop in case.pauses) and (not works or clock.works(minute))
        for minute in range(case.opened, end)
    )


def _limit(clock: Clock) -> Fraction:
    case = clock.case
    within = Fraction(case.within)
    if case.unit in ("minutes", "hours", "working_hours"):
        return within * (1 if case.unit == "minutes" else 60)
    if case.unit == "working_days":
        whole = int(within)
        first, second = (_until_day(clock, whole + more) for more in (0, 1))
        return first + (within - whole) * (second - first)
    days = within * (7 if case.unit == "weeks" else 1)
    first, second = (_same_time(case, int(days) + more) for more in (0, 1))
    return first + (days - int(days)) * (second - first)


def _same_time(case: Case, days: int) -> int:
    """The minutes up to the same time of day, some days later."""
    zone = ZoneInfo(case.zone)
    shown = _shown(case.opened, zone)
    later = datetime.datetime.combine(shown.date() + days * DAY, shown.time(), zone)
    return int(later.timestamp()) // 60 - case.opened


def _until_day(clock: Clock, count: int) -> int:
    """The working minutes from the opening to the end of the hours of a later working day."""
    day = _shown(clock.case.opened, clock.zone).date()
    if count == 0:
        while not clock.working_day(day):
            day -= DAY
    while count:
        day += DAY
        count -= clock.working_day(day)
    return _signed(clock, clock.case.opened, _end_of(clock, day))


def _end_of(clock: Clock, day: datetime.date) -> int:
    """The minute at which the hours of a day end."""
    noon = int(datetime.datetime.combine(day, datetime.time(12), clock.zone).timestamp()) // 60
    minutes = range(noon - 1440, noon + 2 * 1440)
    owned = [minute for minute in minutes if day in clock.owners(minute)]
    if owned:
        return owned[-1] + 1
    return next(minute for minute in minutes if _shown(minute, clock.zone).date() == day)


def _signed(clock: Clock, begin: int, end: int) -> int:
    return clock.worked(begin, end) if begin <= end else -clock.worked(end, begin)
