"""Lengths of time: equal, longer, shorter, or not comparable."""

from __future__ import annotations

import datetime
from random import Random
from typing import Any, get_args

import pytest

from charterbook.charter import Calendar
from charterbook.charter.base import DurationUnit
from charterbook.charter.questions import ServiceLevel
from charterbook.charter.working_calendar import WEEKDAYS
from charterbook.compare.durations import comparable, longer, working_week
from charterbook.promises.measure import measure
from charterbook.promises.requests import Requests
from charterbook.promises.working_time import DAY, WorkingTime, working_calendar
from tests.compare.small_charters import compared, figure, level, metric
from tests.test_diff import service

EXACT = {"minutes", "hours", "days", "weeks"}


def length(text: str) -> dict[str, Any]:
    """A length of time from its words."""
    value, unit = text.split()
    return {"within": float(value), "unit": unit}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("24 hours", "1 days", 0),
        ("48 hours", "2 days", 0),
        ("7 days", "1 weeks", 0),
        ("60 minutes", "1 hours", 0),
        ("0.1 hours", "6 minutes", 0),
        ("0.7 weeks", "4.9 days", 0),
        ("1 days", "25 hours", 1),
        ("90 minutes", "1.4 hours", -1),
        ("2 months", "1 months", -1),
        ("1 working_days", "1 days", None),
        ("8 working_hours", "1 working_days", None),
        ("30 days", "1 months", None),
        ("5 working_days", "1 weeks", None),
        ("2 working_hours", "1 working_days", 1),
        ("4 hours", "4 working_hours", 1),
        ("3 weeks", "10 working_days", -1),
        ("1 working_days", "30 minutes", -1),
        ("3 weeks", "1 months", 1),
    ],
)
def test_longer(old: str, new: str, expected: int | None) -> None:
    """Exactly for convertible units; for others only if it is true whatever the working hours and the moment."""
    assert longer(length(old), length(new)) == expected
    back = longer(length(new), length(old))
    assert back == (expected if expected is None else -expected)


HOURS = [["09:00-17:30"], ["08:30-12:30", "13:00-17:00"], ["06:00-14:00", "12:00-20:00"], ["22:00-06:00"], []]


def test_working_hours_of_a_calendar_decide() -> None:
    """With 8.5 hours a day, one working day is longer than 8 working hours and can be longer than 9."""
    week = working_week([Calendar(hours=["09:00-17:30"])])
    assert longer(length("8 working_hours"), length("1 working_days"), week) == 1
    assert longer(length("9 working_hours"), length("1 working_days"), week) is None
    assert longer(length("17 working_hours"), length("1 working_days"), week) == -1


@pytest.mark.parametrize("seed", range(20))
def test_a_longer_time_keeps_each_promise_that_the_shorter_one_keeps(seed: int) -> None:
    """Measured with random requests: as many answers or more are in time, whatever units are compared."""
    random = Random(seed)  # noqa: S311
    days = random.sample(WEEKDAYS, random.randint(1, 7))
    calendar = Calendar(hours=random.choice(HOURS), days=random.choice([[], days]))
    begin = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC).date()
    time = WorkingTime(working_calendar(calendar, "UTC"), begin, begin + datetime.timedelta(days=500))
    start = int(datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC).timestamp())
    opened = [start + 60 * random.randrange(60 * 24 * 60) for _ in range(60)]
    answers = set()
    for _ in range(60):
        old, new = (_random_length(random) for _ in range(2))
        took = [int(DAY * random.choice((0.5, 5, 60)) * random.random()) for _ in opened]
        requests = Requests(opened, [one + more for one, more in zip(opened, took, strict=True)], {})
        kept = [
            measure(
                ServiceLevel.model_validate({"request": "x", **each}), requests, time, start + 400 * DAY
            ).kept
            for each in (old, new)
        ]
        found = longer(old, new, working_week([calendar]))
        answers.add(found)
        assert found is None or (kept[1] - kept[0]) * found >= 0, (old, new, calendar, kept)
    assert answers >= {1, -1}


def _random_length(random: Random) -> dict[str, Any]:
    unit = random.choice(get_args(DurationUnit))
    most = {"minutes": 600, "hours": 48, "working_hours": 24}.get(unit, 10)
    return {"within": random.choice((random.randint(1, most), random.randint(1, 4), 0.5)), "unit": unit}


def test_which_units_can_be_compared() -> None:
    """Equal units, and those of a fixed length."""
    units = get_args(DurationUnit)
    pairs = {(one, other) for one in units for other in units if comparable(one, other)}
    assert pairs == {(unit, unit) for unit in units} | {(one, other) for one in EXACT for other in EXACT}


@pytest.mark.parametrize("unit", sorted(set(get_args(DurationUnit)) - {"days"}))
def test_every_pair_of_units_has_an_answer(unit: str) -> None:
    """Equal, longer, shorter or not comparable."""
    old, new = ({"services": [service("a", service_levels=level(*one))]} for one in ((3, "days"), (3, unit)))
    (statement,) = compared(old, new).statements
    assert ("cannot be compared" in statement.sentence) == (statement.direction is None)
    assert statement.severity == "commitment"


def test_a_metric_in_another_unit_of_time() -> None:
    """Converted figures are another notation; the same number in another unit is another promise."""
    old = {"metrics": metric(unit="hours", direction="down", target=figure(24))}
    same = {"metrics": metric(unit="days", direction="down", target=figure(1))}
    other = {"metrics": metric(unit="days", direction="down", target=figure(24))}
    fewer = {"metrics": metric(unit="days", direction="down", target=figure(0.5))}
    assert [(each.severity, each.sentence) for each in compared(old, same).statements] == [
        ("wording", "Win rate: unit is now days, was hours"),
        ("wording", "Win rate: target is still 1 day, previously written as 24 hours"),
    ]
    assert [(each.direction, each.sentence) for each in compared(old, other).statements] == [
        (None, "Win rate: unit is now days, was hours"),
        ("easier", "Win rate: the target is now 24 days, was 24 hours (easier)"),
    ]
    assert [(each.severity, each.direction) for each in compared(old, fewer).statements] == [
        ("commitment", None),
        ("commitment", "harder"),
    ]
