"""Advice for cells that cannot be read as a day or a number."""

from __future__ import annotations

import pytest

from charterbook.imports import figure_messages
from charterbook.imports.cell_advice import number_advice


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("about 12", None, "12"),
        ("(12) net", None, "-12"),
        ("≈ 1 234 people", None, "1234"),
        ("about 1,234.5", None, "1234.5"),
        ("about 1.234", ".", "1.234"),
        ("about 1.234", None, None),
        ("about 1.2.3.4", None, None),
        ("12 of 20", None, None),
        ("12x4", None, None),
        ("=A1+12", None, None),
        ("", None, None),
    ],
)
def test_the_only_number_of_a_cell(text: str, decimal: str | None, number: str | None) -> None:
    """None if it could be two numbers, if there are several, or if it is part of a word or a formula."""
    advice = number_advice(text, decimal)
    assert (advice and advice.facts["number"]) == number


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#ДЕЛ/0!"])
def test_the_error_of_a_formula(text: str) -> None:
    """In the words of a spreadsheet program."""
    advice = number_advice(text, None)
    assert advice is not None
    assert advice.message == figure_messages.ERROR_OF_FORMULA
