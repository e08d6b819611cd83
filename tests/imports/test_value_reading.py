"""Words become values only if they have one meaning."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from charterbook.imports.drafts.value_reading import (
    Quantity,
    choice,
    currency,
    date,
    duration,
    number,
    percent,
    quantity,
)
from charterbook.imports.tables import Cell
from charterbook.papers.workbook_reading import comparable

DAY = datetime.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 %", Quantity(Decimal(25), "percent")),
        ("24,5 %", Quantity(Decimal("24.5"), "percent")),
        ("9 months", Quantity(Decimal(9), "months")),
        ("4 недели", Quantity(Decimal(4), "weeks")),
        ("€1,200,000", Quantity(Decimal(1_200_000), "currency", "EUR", None, ("EUR",))),
        ("$1,200", Quantity(Decimal(1200), "currency", "", None, ("USD", "AUD", "CAD"))),
        ("1 200 руб.", Quantity(Decimal(1200), "currency", "RUB", None, ("RUB",))),
        ("26% by 31 December 2026", Quantity(Decimal(26), "percent", "", DAY)),
        ("25 % к 31.12.2026", Quantity(Decimal(25), "percent", "", DAY)),
        ("90 % (2026-12-31)", Quantity(Decimal(90), "percent", "", DAY)),
        *(
            (text, None)
            for text in ("+20%", "≥ 40", "about 12", "€1.2M", "10-20", "1.234", "рост", "", "4.5 of 5")
        ),
        *((text, None) for text in ("26% by Q4 2026", "1,234 дня", "25 % by 03/04/2026")),
    ],
)
def test_a_quantity(text: str, expected: Quantity | None) -> None:
    """A number with a unit and perhaps a day; none for a comparison, a range, or a period."""
    assert quantity(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90 %", 90),
        ("90", 90),
        ("0,5 %", Decimal("0.5")),
        ("0.9", None),
        ("1", None),
        ("130 %", None),
        ("all", None),
    ],
)
def test_a_share(text: str, expected: object) -> None:
    """Without a sign, a number up to 1 can be a fraction."""
    assert percent(text) == expected


def test_other_values() -> None:
    """Numbers, times, days, currencies and choices."""
    assert [number(text) for text in ("12", "6 человек", "4 h", "twelve", "12 m")] == [12, 6, 4, None, None]
    assert duration("5 business days") == (Decimal(5), "working_days")
    assert duration("as soon as possible") is None
    assert [date(text) for text in ("31.12.2026", "12/31/2026", "Q4 2026", "03/04/2026")] == [
        DAY,
        DAY,
        None,
        None,
    ]
    assert [currency(text) for text in ("RUB", "€", "$", "money")] == ["RUB", "EUR", None, None]
    assert choice("status", "In progress", ("planned", "doing", "done")) == "doing"
    assert choice("status", "Soon", ("planned", "doing", "done")) is None


def test_a_percentage_of_a_spreadsheet_is_its_number() -> None:
    """If 31 % was typed into a cell for a number, the program keeps 0.31 and a format."""
    assert comparable(Cell(Decimal("0.31"), "A1", "%")) == 31
    assert comparable(Cell(datetime.datetime(2026, 12, 31), "A1")) == DAY  # noqa: DTZ001
    assert comparable(Cell("a\r\nb", "A1")) == "a\nb"
