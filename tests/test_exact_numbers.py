"""Exact arithmetic, with decimal arithmetic as the oracle."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterbook.compare.budget_periods import Amount, Pair
from charterbook.exact_numbers import rounded
from charterbook.funding_total import total_of
from tests.load.sample import funded, loaded


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 4))
def test_rounding_is_that_of_a_spreadsheet(value: Decimal, decimals: int) -> None:
    """A half is rounded away from zero."""
    expected = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert rounded(Fraction(value), decimals) == Fraction(expected)


@pytest.mark.parametrize(("new", "percent"), [(449, 12.3), (447, 11.8), (351, 12.3), (353, 11.8)])
def test_a_half_of_the_last_digit_of_a_growth(new: int, percent: float) -> None:
    """12.25 % is 12.3 %, as in a spreadsheet, for an increase and a decrease."""
    assert Pair(Amount(400), Amount(new)).percent == percent


@pytest.mark.parametrize(
    ("currency", "value"), [("JPY", 124), ("KRW", 124), ("EUR", 123.55), ("KWD", 123.546)]
)
def test_converted_amounts_have_the_decimals_of_their_currency(currency: str, value: float) -> None:
    """There is no half a yen, and a dinar has thousands."""
    source = "{id: a, name: A, funder: S, amount: 1.0005, currency: USD}"
    text = funded(source, "  rates: [{currency: USD, rate: 123.4843}]\n")
    found = total_of(loaded(text.replace("currency: EUR", f"currency: {currency}")))
    assert found is not None
    assert (found.value, found.currency) == (value, currency)
