from __future__ import annotations

import pytest

from tests.load.sample import small
from tests.rules.sample import found

BUDGET = "name: Sales\n    hours_per_quarter: 10\n"
SECOND = "services:\n  - {id: content, name: Content, summary: Decks., audiences: [sales], hours_per_quarter: 4%s}\n"


def asking(hours: float, budget: str = BUDGET, more: str = "") -> str:
    """A charter with a service that asks for four hours, and another one that asks for these."""
    source = small("    audiences: [sales]\n", f"    audiences: [sales]\n    hours_per_quarter: {hours}\n")
    return source.replace("name: Sales\n", budget).replace("services:\n", SECOND % more)


def test_more_than_the_audience_gives() -> None:
    """A warning at its hours, with both sums."""
    (problem,) = found("hours-budget", asking(6.5))
    assert (problem.line, problem.column, problem.severity) == (14, 24, "warning")
    assert problem.text == (
        "services ask each person in “Sales” for 10.5 hours a quarter, and the limit is 10 hours"
    )


@pytest.mark.parametrize(
    "source", [asking(6), asking(99, "name: Sales\n"), asking(7, more=", status: retired")]
)
def test_within_the_hours(source: str) -> None:
    """All hours can be used; without a limit, and for a retired service, nothing is counted."""
    assert found("hours-budget", source) == []
