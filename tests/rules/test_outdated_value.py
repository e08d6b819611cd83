from __future__ import annotations

import datetime

import pytest

from tests.load.sample import small
from tests.rules.sample import found

DAY = datetime.date(2026, 3, 31)


def _measured(figures: str, cadence: str | None = None) -> str:
    review = f"review: {{cadence: {cadence}}}\n" if cadence else ""
    return small("    kind: lagging\n", f"    kind: lagging\n{figures}") + review


@pytest.mark.parametrize(
    ("cadence", "today", "count"),
    [
        (None, "2026-07-31", 0),  # a quarter, and a month to collect the values of the next one
        (None, "2026-08-01", 1),
        ("month", "2026-05-31", 0),
        ("month", "2026-06-01", 1),
        ("year", "2027-04-30", 0),
        ("year", "2027-05-01", 1),
    ],
)
@pytest.mark.parametrize(
    "key", ["values: [{date: 2026-03-31, value: 3}]", "actual: {date: 2026-03-31, value: 3}"]
)
def test_a_value_from_before_the_last_period(key: str, cadence: str | None, today: str, count: int) -> None:
    """The newest one counts; it is named with its day."""
    problems = found("outdated-value", _measured(f"    {key}\n", cadence), datetime.date.fromisoformat(today))
    assert len(problems) == count
    for problem in problems:
        assert problem.severity == "hint"
        assert "is from 31 March 2026" in problem.text


def test_a_metric_without_a_day() -> None:
    """Whether its value is old is unknown."""
    for figures in ("", "    actual: {value: 3}\n"):
        assert found("outdated-value", _measured(figures), datetime.date(2030, 1, 1)) == []
