"""Amounts for periods of time: which are compared, and how."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterbook.compare.budget_periods import Amount, Pair
from charterbook.versions import MONTHS
from tests.compare.small_charters import compared, money

NAMES = {"year": "FY27", "half": "FY27-H2", "quarter": "2026-Q3", "month": "2026-07"}


def sentence_and_direction(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, str | None]:
    """Sentence about the whole budget, and its direction."""
    statements = compared({"funding": money(**old)}, {"funding": money(**new)}).statements
    return next((each.sentence, each.direction) for each in statements if each.path[1] == "total")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            {"amount": 250_000, "period": "FY27-H1"},
            {"amount": 272_000, "period": "FY27-H2"},
            ("The whole budget is now $272,000 (FY27-H2), was $250,000 (FY27-H1) (+8.8%)", "more"),
        ),
        (
            {"amount": 250_000, "period": "FY27-H1"},
            {"amount": 400_000, "period": "FY28"},
            (
                (
                    "The whole budget is now $400,000 (FY28), was $250,000 (FY27-H1); per year: $400,000, was $500,000 (−20%)"
                ),
                "less",
            ),
        ),
        (
            {"amount": 250_000, "period": "FY27-H1"},
            {"amount": 250_000, "period": "FY28"},
            (
                (
                    "The whole budget is now $250,000 (FY28), was $250,000 (FY27-H1); per year: $250,000, was $500,000 (−50%)"
                ),
                "less",
            ),
        ),
        (
            {"amount": 1, "period": "2026"},
            {"amount": 2, "period": "a while"},
            (
                (
                    "The whole budget is now $2 (a while), was $1 (2026); not compared: the length of "
                    "“a while” is not known"
                ),
                None,
            ),
        ),
        (
            {"amount": 1, "period": "2026"},
            {"amount": 2, "period": "2026", "currency": "EUR"},
            ("The whole budget is now €2, was $1; not compared: another currency", None),
        ),
        (
            {"amount": 1, "period": "2026"},
            {"amount": 1, "period": "2026", "currency": "EUR"},
            ("The whole budget is now €1, was $1; not compared: another currency", None),
        ),
        (
            {"amount": 1},
            {"amount": 2, "period": "2026"},
            ("The whole budget is now $2 (2026), was $1 (–); not compared: a period is not stated", None),
        ),
    ],
)
def test_the_whole_budget(old: dict[str, Any], new: dict[str, Any], expected: tuple[str, str | None]) -> None:
    """Budgets are compared for the same length of time; the sentence says where and why they are not."""
    assert sentence_and_direction(old, new) == expected


@given(
    st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(list(MONTHS)), st.sampled_from(list(MONTHS))
)
def test_amounts_by_the_month(old: int, new: int, before: Any, after: Any) -> None:
    """Monthly amounts are the oracle."""
    pair = Pair(Amount(old, "USD", NAMES[before]), Amount(new, "USD", NAMES[after]))
    assert pair.growth == Fraction(new, MONTHS[after]) / Fraction(old, MONTHS[before]) - 1
