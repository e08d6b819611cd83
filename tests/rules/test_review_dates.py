from __future__ import annotations

from datetime import date

import pytest

from tests.load.sample import SMALL
from tests.rules.sample import found, places


def reviewed(text: str) -> str:
    """The small charter with a review."""
    return f"{SMALL}review:\n  {text}\n"


def test_no_review() -> None:
    """A warning at the top."""
    (problem,) = found("review-dates", SMALL)
    assert str(problem) == (
        "1:1: warning review-dates: the charter does not say when it is reviewed. Add review, and under it cadence, last and next."
    )


def test_the_next_review_has_no_date() -> None:
    """A warning at the review."""
    assert places("review-dates", reviewed("cadence: quarter")) == [(22, 1, "warning")]


def test_overdue() -> None:
    """The day itself is in time; afterwards there is one problem, at any age of the last review."""
    source = reviewed("last: 2026-01-08\n  next: 2026-04-09")
    assert [p.line for p in found("review-dates", source, date(2026, 4, 9))] == [23]
    (problem,) = found("review-dates", source, date(2026, 4, 10))
    assert str(problem) == (
        "24:9: warning review-dates: the review was due on 9 April 2026. Hold it, then set last to that day and next to the day of the following one."
    )


def test_the_next_review_is_the_last_one() -> None:
    """A review that was held is not overdue: the day of the next one is missing."""
    source = reviewed("last: 2026-04-09\n  next: 2026-04-09")
    (problem,) = found("review-dates", source, date(2026, 4, 10))
    assert str(problem) == (
        "24:9: warning review-dates: the next review, on 9 April 2026, is not after the last one. "
        "Set next to the day of the review that follows."
    )


def test_a_day_that_ends_with_a_full_stop() -> None:
    """The sentence has no second full stop."""
    source = "language: ru\n" + reviewed("next: 2026-04-09")
    (problem,) = found("review-dates", source, date(2026, 4, 10))
    assert "9 апреля 2026\u202fг. Проведите" in problem.words


@pytest.mark.parametrize(
    ("cadence", "kept", "over"),
    [
        ("month", date(2026, 2, 28), date(2026, 3, 1)),
        ("quarter", date(2026, 4, 30), date(2026, 5, 1)),
        ("half_year", date(2026, 7, 31), date(2026, 8, 1)),
        ("year", date(2027, 1, 31), date(2027, 2, 1)),
    ],
)
def test_the_last_review_is_older_than_the_cadence(cadence: str, kept: date, over: date) -> None:
    """By calendar months: a review of 31 January is too old after the end of the month."""
    source = reviewed(f"cadence: {cadence}\n  last: 2026-01-31\n  next: 2030-01-01")
    assert places("review-dates", source, kept) == []
    (problem,) = found("review-dates", source, over)
    assert (problem.line, problem.column) == (24, 9)
    assert problem.text == "the last review, on 31 January 2026, is longer ago than the cadence allows"


def test_never_reviewed() -> None:
    """The first review must be within the cadence."""
    source = reviewed("cadence: quarter\n  next: 2027-02-25")
    assert places("review-dates", source) == []
    (problem,) = found("review-dates", source.replace("02-25", "02-26"))
    assert (problem.line, problem.column) == (24, 9)
    assert problem.text == "the first review, on 26 February 2027, is further away than the cadence allows"


def test_the_last_day_of_the_calendar() -> None:
    """There is no day after it."""
    assert places("review-dates", reviewed("last: 9999-12-30\n  next: 9999-12-31")) == []
