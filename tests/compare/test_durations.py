"""Lengths of time: equal, longer, shorter, or not comparable."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from charterbook.charter.base import DurationUnit
from charterbook.compare.durations import comparable, longer
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
    ],
)
def test_longer(old: str, new: str, expected: int | None) -> None:
    """Exactly, and only if the units are convertible."""
    assert longer(length(old), length(new)) == expected
    back = longer(length(new), length(old))
    assert back == (expected if expected is None else -expected)


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
    assert [each.severity for each in compared(old, other).statements] == ["commitment"]
    assert [(each.severity, each.direction) for each in compared(old, fewer).statements] == [
        ("commitment", None),
        ("commitment", "harder"),
    ]
