"""How often promises were kept, compared with a count minute by minute."""

from __future__ import annotations

import datetime
from fractions import Fraction
from random import Random
from zoneinfo import ZoneInfo

import pytest

from charterbook.charter import Calendar
from charterbook.charter.questions import ServiceLevel
from charterbook.charter.working_calendar import DAY_MINUTES, WEEKDAYS
from charterbook.load.calendar_checks import calendar_problems
from charterbook.promises.measure import Measured, measure
from charterbook.promises.requests import Requests
from charterbook.promises.working_time import WorkingCalendar, WorkingTime, working_calendar
from tests.promises.minutes import Case, Clock, random_case, verdict


def compared(case: Case) -> tuple[tuple[str, int], tuple[str, int]]:
    """Both results for a request, and the working minutes that passed."""
    calendar = working_calendar(_calendar(case), "UTC")
    end = max(case.as_of, case.answered or 0)
    first, last = (
        datetime.datetime.fromtimestamp(minute * 60, calendar.zone).date() for minute in (case.opened, end)
    )
    time = WorkingTime(calendar, first, last)
    pauses = tuple((begin * 60, end * 60) for begin, end in case.pauses)
    requests = Requests(
        [case.opened * 60], [None if case.answered is None else case.answered * 60], {0: pauses}
    )
    level = ServiceLevel.model_validate({"request": "x", "within": case.within, "unit": case.unit})
    found = measure(level, requests, time, case.as_of * 60)
    said = {"kept": found.kept, "late": found.late, "open late": found.open_late, "open": found.open}
    begun, ended = time.worked([case.opened * 60, end * 60])
    (word,) = (word for word, count in said.items() if count)
    clock = Clock(case)
    return (word, ended - begun), (verdict(clock), 60 * clock.worked(case.opened, end))


def _calendar(case: Case) -> Calendar:
    """The calendar as in a charter, with hours as texts."""
    given = {
        "hours": [f"{_clock(begin)}-{_clock(end)}" for begin, end in case.shifts],
        "days": [WEEKDAYS[day] for day in case.weekdays],
        "timezone": case.zone,
        "holidays": sorted(case.holidays),
    }
    assert {rule for rule, _, _ in calendar_problems(given)} <= {"hours-overlap"}
    return Calendar.model_validate(given)


def _clock(minute: int) -> str:
    """A time of the day, or of the next one; midnight at the end of a day is 24:00."""
    minute = minute if minute == DAY_MINUTES else minute % DAY_MINUTES
    return f"{minute // 60:02}:{minute % 60:02}"


def differences(count: int, seed: int) -> list[Case]:
    """Random cases with different results."""
    random = Random(seed)  # noqa: S311
    cases = [random_case(random) for _ in range(count)]
    return [case for case in cases if len(set(compared(case))) != 1]


@pytest.mark.long
def test_minute_by_minute() -> None:
    """With clock changes, weekends, holidays, pauses, and hours past midnight."""
    assert differences(150, seed=1) == []


@pytest.mark.slow
def test_many_calendars_and_requests() -> None:
    """The same for 10,000 of them."""
    assert differences(10_000, seed=2) == []


BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = WorkingCalendar(
    frozenset(range(5)), ((540, 750), (810, 1080)), BERLIN, frozenset([datetime.date(2026, 10, 5)])
)


def at(text: str) -> int:
    """An instant, by clock time in Berlin."""
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp())


def measured(
    within: float, unit: str, *requests: tuple[str, str | None], as_of: str = "2026-12-01"
) -> Measured:
    """The result for requests, each with its opening and answer, when 90 % are promised."""
    level = {"request": "x", "within": float(within), "unit": unit, "target_share": 90.0}
    time = WorkingTime(OFFICE, datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    columns = Requests([at(one) for one, _ in requests], [at(end) if end else None for _, end in requests])
    return measure(ServiceLevel.model_validate(level), columns, time, at(as_of))


@pytest.mark.parametrize(
    ("within", "unit", "opened", "last"),
    [
        (1, "working_days", "2026-09-28 10:00", "2026-09-29 18:00"),  # the next working day, a Tuesday
        (1, "working_days", "2026-09-28 20:00", "2026-09-29 18:00"),  # after hours is the same day
        (1, "working_days", "2026-10-02 10:00", "2026-10-06 18:00"),  # Friday; Monday is a holiday
        (1, "working_days", "2026-10-03 10:00", "2026-10-06 18:00"),  # Saturday
        (5, "working_days", "2026-09-28 10:00", "2026-10-06 18:00"),
        (0.5, "working_days", "2026-09-28 10:00", "2026-09-29 14:00"),  # the first half of the next one
        (4, "working_hours", "2026-09-28 17:00", "2026-09-29 12:00"),
        (24, "hours", "2026-10-24 10:00", "2026-10-25 09:00"),  # 25 hours long
        (1, "days", "2026-10-24 10:00", "2026-10-25 10:00"),
        (1, "weeks", "2026-10-24 10:00", "2026-10-31 10:00"),
        (1, "months", "2026-01-31 10:00", "2026-02-28 10:00"),
        (30, "minutes", "2026-09-28 23:45", "2026-09-29 00:15"),
    ],
)
def test_the_last_moment(within: float, unit: str, opened: str, last: str) -> None:
    """It is in time. One working second later it is not; after hours, that is in the morning."""
    assert measured(within, unit, (opened, last)).kept == 1
    late = str(datetime.datetime.fromisoformat(last) + datetime.timedelta(seconds=1))
    if unit.startswith("working") and last.endswith("18:00"):
        assert measured(within, unit, (opened, late)).kept == 1
        late = str(datetime.datetime.fromisoformat(last) + datetime.timedelta(hours=15, seconds=1))
    assert measured(within, unit, (opened, late)).late == 1


def test_figures() -> None:
    """Requests that are open and not late count neither way; a share equal to the target meets it."""
    days = [("2026-09-28 10:00", f"2026-09-{day} 12:00") for day in (28, 28, 29, 29, 29, 30)]
    still = [("2026-09-28 10:00", None), ("2026-09-30 10:00", None)]
    found = measured(1, "working_days", *days, *still, as_of="2026-10-01 10:00")
    assert (found.kept, found.late, found.open_late, found.open) == (5, 1, 1, 1)
    assert (found.requests, found.decided, found.share, found.broken) == (8, 7, Fraction(500, 7), True)
    assert (found.unit, found.median, found.ninetieth) == ("working_days", Fraction(1), Fraction(2))
    nine = measured(
        1, "hours", *[("2026-09-28 10:00", f"2026-09-28 {10 + (n == 0)}:3{n}") for n in range(10)]
    )
    assert (nine.share, nine.broken, nine.median) == (Fraction(90), False, Fraction(71, 120))


def test_few_requests() -> None:
    """Durations are omitted: they would reveal the duration of a single request."""
    one = ("2026-09-28 10:00", "2026-09-28 10:30")
    assert measured(1, "hours", *[one] * 4).median is None
    assert measured(1, "hours", *[one] * 4).ninetieth is None
    assert measured(1, "hours", *[one] * 5).median == Fraction(1, 2)


@pytest.mark.parametrize(
    ("kept", "decided", "target", "said"),
    [
        (2, 3, 95, Fraction(666, 10)),
        (9499, 10000, 95, Fraction(949, 10)),
        (1, 3, Fraction("33.33"), Fraction("33.33")),
    ],
)
def test_a_share_is_cut_not_rounded(kept: int, decided: int, target: Fraction, said: Fraction) -> None:
    """It never looks equal to a target that it does not meet, nor below one that it meets."""
    found = Measured(kept=kept, late=decided - kept, target=Fraction(target))
    assert found.rounded_share == said
    assert (said < target) == found.broken


def test_nothing_to_measure() -> None:
    """Neither kept nor broken."""
    found = measured(1, "months")
    assert (found.requests, found.share, found.broken, found.median, found.ninetieth) == (
        0,
        None,
        False,
        None,
        None,
    )


def test_answers_after_the_day_do_not_count() -> None:
    """They have not come yet."""
    found = measured(1, "hours", ("2026-09-28 10:00", "2026-09-28 10:30"), as_of="2026-09-28 10:15")
    assert (found.open, found.kept) == (1, 0)


@pytest.mark.parametrize("unit", ["working_days", "days", "months", "hours", "weeks"])
def test_a_promise_longer_than_time(unit: str) -> None:
    """It is never late."""
    found = measured(1e300, unit, ("2026-09-28 10:00", "2026-11-28 10:00"), ("2026-09-28 10:00", None))
    assert (found.kept, found.open) == (1, 1)
