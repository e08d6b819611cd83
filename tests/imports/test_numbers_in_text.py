"""Numbers as people write them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from charterbook.imports.numbers_in_text import number_in
from tests.imports.figure_tables import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234", ["1.234", "1234"]),
        ("-1,234", ["-1.234", "-1234"]),
        ("0,125", ["0.125"]),
        ("1.234,5", ["1234.5"]),
        ("1,234,567", ["1234567"]),
        ("1'234.5", ["1234.5"]),
        ("12 345,6 %", ["12345.6"]),
        ("€1,234.50", ["1234.50"]),
        ("−3", ["-3"]),
        ("1234,567", ["1234.567"]),
    ],
)
def test_a_number_in_a_text(text: str, expected: list[str]) -> None:
    """All its possible values."""
    found = number_in(text)
    assert found is not None
    assert [f"{value:f}" for value in found.readings] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1.2.3",
        "1,23,456",
        "12 34",
        "1 2,3 4",
        "5 of 6",
        "(5)",
        "=1",
        "1e5",
        "٣",
        "5-6",
        "$5 %",
        "1,2.3,4",
    ],
)
def test_a_text_that_is_no_number(text: str) -> None:
    """Nothing is guessed."""
    assert number_in(text) is None


def test_other_numbers_determine_the_decimal_sign() -> None:
    """If all agree; otherwise the ambiguous number is a problem."""
    text = "metric;day;value\nramp;2026-09-30;1.234\nrevenue;2026-09-30;{}\n"
    assert read(text.format("2,5").encode())[0]["ramp", datetime.date(2026, 9, 30)] == 1234
    assert read(text.format("2.5").encode())[0]["ramp", datetime.date(2026, 9, 30)] == Decimal("1.234")
    assert read(text.format("25").encode())[1] == ["ambiguous-number"]
