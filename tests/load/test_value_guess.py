"""Guesses of an author's intent, compared with Babel's formats in several languages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import pytest
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from charterbook.load.value_guess import currencies, dates, duration, number

UNITS = ("hours", "working_hours", "days", "working_days", "weeks", "months")


@given(
    st.dates(datetime.date(1990, 1, 1)), st.sampled_from(["en", "ru"]), st.sampled_from(["long", "medium"])
)
def test_dates_as_they_are_written(day: datetime.date, language: str, form: str) -> None:
    """In words; the Russian "г." after the year is ignored."""
    text = format_date(day, form, locale=language)
    assert dates(re.sub(r"\s", " ", text).removesuffix(" г.")) == [day]


@given(
    st.dates(datetime.date(1990, 1, 1)), st.sampled_from(["d.M.yyyy", "dd.MM.yyyy", "yyyy/M/d", "yyyy.MM.dd"])
)
def test_dates_in_digits(day: datetime.date, form: str) -> None:
    """With an unambiguous order."""
    assert dates(format_date(day, form, locale="en")) == [day]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.01.2026", ["2026-01-10"]),
        ("10/01/2026", ["2026-01-10", "2026-10-01"]),
        ("01/31/2026", ["2026-01-31"]),
        ("5/5/2026", ["2026-05-05"]),
        ("31.12.26", ["2026-12-31"]),
        ("31.02.2026", []),
        ("20260131", ["2026-01-31"]),
        ("20260231", []),
        ("2026", ["2026-01-01"]),
        ("2026-03", ["2026-03-01"]),
        ("3/2026", ["2026-03-01"]),
        ("March 2026", ["2026-03-01"]),
        ("март 2026", ["2026-03-01"]),
        ("２０２６-０３-３１", ["2026-03-31"]),
        ("soon", []),
        ("Q1 2026", []),
    ],
)
def test_days(text: str, found: Sequence[str]) -> None:
    """Both days, if day and month are ambiguous."""
    assert [str(day) for day in dates(text)] == found


@given(st.integers(1_000_000, 10**12), st.sampled_from(["en", "de", "fr", "ru", "de_CH", "pt_BR", "es_MX"]))
def test_large_numbers_as_they_are_written(value: int, language: str) -> None:
    """With the separators of any country, with currencies, with cents."""
    assert number(format_decimal(value, locale=language)) == str(value)
    assert number(format_currency(value, "BRL", locale=language)) == str(value)
    cents = format_decimal(value + 0.25, "#,##0.00", locale=language)
    assert number(cents) == f"{value}.25"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("R$ 1.200.000", "1200000"),
        ("1,200,000", "1200000"),
        ("1.200.000,50", "1200000.50"),
        ("1 200 000", "1200000"),
        ("€ 350.000", "350000"),
        ("1,5", "1.5"),
        ("0,125", "0.125"),
        ("30%", "30"),
        ("30 %", "30"),
        ("-5 EUR", "-5"),
        ("300k", "300000"),
        ("1.2 million", "1200000"),
        ("8.0", "8"),
        ("10-20", None),
        ("many", None),
        ("1.2.3", None),
        ("007", None),
    ],
)
def test_numbers(text: str, found: str | None) -> None:
    """None for an ambiguous text."""
    assert number(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("R$", ("BRL",)),
        ("€", ("EUR",)),
        ("$", ("USD", "AUD", "CAD")),
        ("US$", ("USD",)),
        ("euros", ("EUR",)),
        ("EURO", ("EUR",)),
        ("usd", ("USD",)),
        ("руб.", ("RUB",)),
        ("₽", ("RUB",)),
        ("₹", ("INR",)),
        ("shells", ()),
        ("", ()),
    ],
)
def test_currencies(text: str, found: tuple[str, ...]) -> None:
    """By sign, name or code."""
    assert currencies(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5 days", ("5", "days")),
        ("5 business days", ("5", "working_days")),
        ("5 рабочих дней", ("5", "working_days")),
        ("2h", ("2", "hours")),
        ("1,5 часа", ("1.5", "hours")),
        ("3 months", ("3", "months")),
        ("2 weeks", ("2", "weeks")),
        ("2 working weeks", None),
        ("2 years", None),
        ("soon", None),
    ],
)
def test_durations(text: str, found: tuple[str, str] | None) -> None:
    """In a unit of the model."""
    assert duration(text, UNITS) == found
