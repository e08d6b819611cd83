from __future__ import annotations

import pytest

from tests.load.sample import SMALL
from tests.rules.sample import found


def paid(first: str, second: str, more: str = "") -> str:
    """A charter with two sources of money, in euros."""
    start, end = SMALL.index("  sources:"), SMALL.index("metrics:")
    sources = f"{{id: a, name: A, funder: S, {first}}}, {{id: b, name: B, funder: T, {second}}}"
    return f"{SMALL[:start]}  currency: EUR\n{more}  sources: [{sources}]\n{SMALL[end:]}"


def test_another_share_than_by_amounts() -> None:
    """A warning at each share."""
    problems = found("funding-amounts", paid("share: 70, amount: 60", "share: 30, amount: 40"))
    assert [(problem.line, problem.column, problem.severity) for problem in problems] == [
        (15, 48, "warning"),
        (15, 100, "warning"),
    ]
    assert problems[0].text == "“A” pays 70% according to its share, but 60% according to its amount"


def test_in_two_currencies() -> None:
    """Amounts are compared if there is a rate."""
    first, second = "share: 50, amount: 90", "share: 50, amount: 100, currency: USD"
    assert found("funding-amounts", paid(first, second)) == []
    assert found("funding-amounts", paid(first, second, "  rates: [{currency: USD, rate: 0.9}]\n")) == []
    assert len(found("funding-amounts", paid(first, second, "  rates: [{currency: USD, rate: 2}]\n"))) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("share: 66.7, amount: 200", "share: 33.3, amount: 100"),
        ("share: 70, amount: 60", "share: 30"),
        ("share: 70, amount: 60", "share: 30, amount: 40, period: next year"),
        ("share: 50, amount: 0", "share: 50, amount: 0"),
    ],
)
def test_nothing_to_compare(first: str, second: str) -> None:
    """Rounded shares, a source without an amount or for another period, and no money at all."""
    assert found("funding-amounts", paid(first, second)) == []
