"""Progress of a metric towards its target, and since an earlier value."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterbook.charter import Metric
from charterbook.metric_progress import GOOD, break_reason, is_on_pace, movement, progress
from tests.generated import examples

START = datetime.date(2026, 1, 1)


def figure(value: float, day: int | None = None) -> dict[str, Any]:
    """A value, on a day counted from the first of January."""
    return {"value": value} if day is None else {"value": value, "date": START + datetime.timedelta(day)}


def metric(
    actual: Any = None, target: Any = None, baseline: Any = None, direction: str = "up", **changes: Any
) -> Metric:
    """A metric with these figures."""
    figures = {"actual": actual, "target": target, "baseline": baseline}
    known = {key: value for key, value in figures.items() if value is not None}
    data = {"id": "rate", "name": "Rate", "kind": "lagging", "direction": direction, **known, **changes}
    return Metric.model_validate(data)


#: From 20 on the first day to 30 on day 100.
LINE: dict[str, Any] = {"target": figure(30, 100), "baseline": figure(20, 0)}

STATES: list[tuple[Metric, str | None, str, float | None]] = [
    (metric(), None, "unknown", None),
    (metric(figure(25)), "better", "unknown", None),
    (metric(None, figure(30)), "better", "unknown", None),
    (metric(figure(30), figure(30)), "worse", "met", None),
    (metric(figure(5), figure(5), direction="down"), None, "met", None),
    (metric(figure(29, 100), figure(30, 100)), "better", "behind", 30),
    (metric(figure(29, 101), figure(30, 100)), "better", "behind", 30),
    (metric(figure(25, 50), **LINE), "worse", "on", 25),
    (metric(figure(24, 50), **LINE), "better", "behind", 25),
    (metric(figure(15, 50), figure(10, 100), figure(20, 0), "down"), None, "on", 15),
    (metric(figure(16, 50), figure(10, 100), figure(20, 0), "down"), None, "behind", 15),
    (metric(figure(25, 50), figure(30, 100), figure(20)), "better", "moving", None),
    (metric(figure(25), figure(30)), "same", "not_moving", None),
    (metric(figure(25), figure(30)), "worse", "not_moving", None),
    (metric(figure(25), figure(30)), None, "unknown", None),
]


@pytest.mark.parametrize(("made", "moved", "state", "needed"), STATES)
def test_states(made: Metric, moved: Any, state: str, needed: float | None) -> None:
    """The first that applies, with the value needed by the day of the actual one."""
    found = progress(made, moved)
    assert (found.state, found.needed) == (state, needed)
    assert found.good is (state in GOOD)


def test_a_line_of_no_length() -> None:
    """Baseline and target of one day, in the wrong order, or a value from before them give no line."""
    of_one_day: dict[str, Any] = {"target": figure(30, 100), "baseline": figure(20, 100)}
    swapped: dict[str, Any] = {"target": figure(30, 0), "baseline": figure(20, 100)}
    for made in (
        metric(figure(25, 99), **of_one_day),
        metric(figure(25, -1), **LINE),
        metric(figure(25, -1), **swapped),
    ):
        assert progress(made, "better").state == "moving"
    assert is_on_pace(metric(figure(25, 100), **of_one_day)) is None
    without_day: dict[str, Any] = {"target": figure(30), "baseline": figure(20, 100)}
    assert progress(metric(figure(25, 100), **without_day), "better").state == "moving"


@settings(max_examples=examples(200))
@given(
    st.integers(-1000, 1000),
    st.integers(-1000, 1000),
    st.integers(-1000, 1000),
    st.integers(0, 99),
    st.booleans(),
)
def test_the_needed_value(begin: int, end: int, value: int, day: int, rises: bool) -> None:
    """Compared with exact fractions: on the straight line, and rounded only so far that the state stays true."""
    begin, end = (min(begin, end), max(begin, end)) if rises else (max(begin, end), min(begin, end))
    sign = 1 if rises else -1
    made = metric(figure(value, day), figure(end, 100), figure(begin, 0), "up" if rises else "down")
    found = progress(made, None)
    exact = begin + Fraction(end - begin) * day / 100
    if sign * (value - end) >= 0:
        assert found.state == "met"
    else:
        assert found.state == ("on" if sign * (value - exact) >= 0 else "behind")
        assert found.needed is not None
        assert (sign * (value - found.needed) >= 0) is (found.state == "on")
        assert abs(found.needed - exact) <= max(abs(end - begin) / 10, 1e-9)


@pytest.mark.parametrize(
    ("before", "now", "direction", "expected"),
    [
        (20, 25, "up", "better"),
        (20, 15, "up", "worse"),
        (20, 25, "down", "worse"),
        (20, 15, "down", "better"),
        (20, 20, "up", "same"),
        (20, 20, "down", "same"),
        (None, 20, "up", None),
        (20, None, "up", None),
    ],
)
def test_movement(before: float | None, now: float | None, direction: str, expected: str | None) -> None:
    """Since an earlier value; None without one."""
    earlier = metric(figure(before)).actual if before is not None else None
    assert (
        movement(metric(figure(now) if now is not None else None, direction=direction), earlier) == expected
    )


@pytest.mark.parametrize(
    ("changes", "same_currency", "reason"),
    [
        ({}, False, None),
        ({"definition_version": 2}, True, "definition"),
        ({"unit": "days"}, True, "unit"),
        ({"unit": "currency"}, True, "unit"),
        ({"direction": "down"}, True, "direction"),
    ],
)
def test_breaks(changes: dict[str, Any], same_currency: bool, reason: str | None) -> None:
    """Figures are comparable unless what is measured has changed."""
    assert break_reason(metric(), metric(**changes), same_currency) == reason


@pytest.mark.parametrize(("same_currency", "reason"), [(True, None), (False, "currency")])
def test_breaks_of_money(same_currency: bool, reason: str | None) -> None:
    """Only amounts of money depend on the currency."""
    money = metric(unit="currency")
    assert break_reason(money, money, same_currency) == reason
