from __future__ import annotations

import pytest

from tests.load.sample import small
from tests.rules.sample import found


def service(text: str) -> str:
    """A charter whose service has these keys."""
    return small("    audiences: [sales]\n", f"    audiences: [sales]\n    {text}\n")


def test_overdue() -> None:
    """A hint at the day of the last check."""
    (problem,) = found("item-review", service("review_in: quarter\n    reviewed: 2026-08-24"))
    assert (problem.line, problem.column, problem.severity) == (10, 15, "hint")
    assert problem.text == "the check of “Onboarding” was due on 24 November 2026"


def test_never_checked() -> None:
    """A hint at the interval."""
    (problem,) = found("item-review", service("review_in: year"))
    assert (problem.line, problem.column) == (9, 16)
    assert problem.text == "“Onboarding” should be checked regularly, but has never been checked"


@pytest.mark.parametrize(
    "text",
    [
        "review_in: quarter\n    reviewed: 2026-08-25",
        "reviewed: 2020-01-01",
        "review_in: month\n    reviewed: 2020-01-01\n    status: retired",
    ],
)
def test_in_time(text: str) -> None:
    """On the last day, without an interval, and for a retired service."""
    assert found("item-review", service(text)) == []
