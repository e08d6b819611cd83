"""Days, months, quarters and weeks as people write them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from charterbook.imports import Cell
from charterbook.imports.days_in_text import day_in
from charterbook.versions import FiscalYear, NamedBy
from tests.imports.figure_tables import read


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("2026-09", "2026-09-30"),
        ("Sep 2026", "2026-09-30"),
        ("сентябрь 2026", "2026-09-30"),
        ("09.2026", "2026-09-30"),
        ("2026-Q3", "2026-09-30"),
        ("Q3 2026", "2026-09-30"),
        ("2026-02", "2026-02-28"),
        ("30 September 2026", "2026-09-30"),
        ("9/30/26", "2026-09-30"),
        ("30 сентября 2026 г.", "2026-09-30"),
        ("сен 2026", "2026-09-30"),
        ("сен. '26", "2026-09-30"),
        ("Sept ’26", "2026-09-30"),
        ("III кв. 2026 г.", "2026-09-30"),
        ("3 квартал 2026", "2026-09-30"),
        ("Q3 '26", "2026-09-30"),
        ("Q3-26", "2026-09-30"),
        ("Q3 FY26", "2026-09-30"),
        ("FY2026 Q3", "2026-09-30"),
        ("2026-W39", "2026-09-27"),
        ("W39 2026", "2026-09-27"),
    ],
)
def test_a_day_in_a_header(head: str, day: str) -> None:
    """A month, a quarter or a year is its last day."""
    wanted = {("ramp", datetime.date.fromisoformat(day)): Decimal(4)}
    assert read(f"metric;{head}\nramp;4\n".encode()) == (wanted, [])


@pytest.mark.parametrize(
    ("head", "named_by", "found"),
    [
        ("Q1 FY27", "end", ["2026-04-30"]),
        ("FY27 Q1", "start", ["2027-04-30"]),
        ("FY27-Q1", "start", ["2027-04-30"]),
        ("Q1 2026", "end", ["2026-03-31", "2025-04-30"]),
        ("2026-Q1", "end", ["2026-03-31"]),
        ("2026-W54", "end", []),
        ("Nov 26", "end", []),
    ],
)
def test_quarters_of_a_fiscal_year(head: str, named_by: NamedBy, found: list[str]) -> None:
    """That begins in February; a quarter that may be one of either year is ambiguous."""
    readings = day_in(Cell(head, "f.csv:1:2"), FiscalYear(2, named_by)).readings
    assert [day.isoformat() for day in readings] == found
