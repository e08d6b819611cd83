"""The sum of all sources of money, with rates of exchange."""

from __future__ import annotations

import pytest

from charterbook.funding_total import total_of
from tests.load.sample import funded, loaded


def test_no_total_without_a_rate() -> None:
    """Two currencies are summed only with a rate; a single one needs none."""
    both = "{id: a, name: A, funder: S, amount: 1}, {id: b, name: B, funder: T, amount: 1.1, currency: USD}"
    assert total_of(loaded(funded(both))) is None
    found = total_of(loaded(funded(both, "  rates: [{currency: USD, rate: 0.333}]\n")))
    assert found is not None
    assert (found.value, found.currency) == (1.37, "EUR")
    alone = total_of(loaded(funded("{id: a, name: A, funder: S, amount: 1, currency: EUR}")))
    assert alone is not None
    assert (alone.value, alone.currency) == (1, "EUR")


@pytest.mark.parametrize(
    ("days", "value"),
    [
        (("", ""), None),
        (("2026-01-31", ""), 6),
        (("2026-01-31", "2026-04-30"), 11),
        (("2026-04-30",) * 2, None),
    ],
)
def test_the_newest_rate_counts(days: tuple[str, str], value: float | None) -> None:
    """In any order of the rates; two rates of one day make no total."""
    rates = [
        f"{{currency: USD, rate: {rate}{f', date: {day}' * bool(day)}}}"
        for rate, day in zip((0.5, 1), days, strict=True)
    ]
    sources = "{id: a, name: A, funder: S, amount: 1}, {id: b, name: B, funder: T, amount: 10, currency: USD}"
    for order in (rates, rates[::-1]):
        found = total_of(loaded(funded(sources, f"  rates: [{', '.join(order)}]\n")))
        assert (found and found.value) == value
