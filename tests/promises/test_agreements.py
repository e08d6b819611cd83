"""The charter in force on each day."""

from __future__ import annotations

import datetime

from charterbook.load import load
from charterbook.promises.agreements import DatedCharter, agreements
from charterbook.versions import FiscalYear
from tests.charters import minimal_charter

CHARTER = load(minimal_charter().encode()).charter


def day(month: int, number: int) -> datetime.date:
    """A day of 2026."""
    return datetime.date(2026, month, number)


def test_periods_without_a_version_of_their_own() -> None:
    """The previous version's charter is in force until the next one begins, which may be late in its period."""
    assert CHARTER is not None
    versions = [
        DatedCharter("2026-Q1", "2026-Q1", day(1, 1), day(3, 31), CHARTER),
        DatedCharter("2026-Q3", "2026-Q3", day(7, 15), day(9, 30), CHARTER),
    ]
    found = agreements(versions, FiscalYear(), day(10, 2))
    assert [one[:4] for one in found] == [
        ("2026-Q1", "2026-Q1", day(1, 1), day(3, 31)),
        ("2026-Q2", "2026-Q1", day(4, 1), day(6, 30)),
        ("2026-Q3", "2026-Q1", day(7, 1), day(7, 14)),
        ("2026-Q3", "2026-Q3", day(7, 15), day(9, 30)),
        ("2026-Q4", "2026-Q3", day(10, 1), day(10, 2)),
    ]
    assert agreements(versions, FiscalYear(), day(2, 1))[-1].last == day(2, 1)
