"""Proposals for lists with days as keys, and for figures that come from a series."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from charterbook.load.collector import ProblemCollector
from charterbook.load.compose import compose_data
from charterbook.propose.paths import PathError, resolve
from tests.load.sample import SMALL

DAYS = "calendar: {holidays: [2026-12-25, {date: 2026-12-26, name: Boxing Day}]}\n"


def data(source: str) -> dict[str, Any]:
    """The data of a file, as written."""
    content, _ = compose_data(source, ProblemCollector("en"))
    assert isinstance(content, dict)
    return content


def test_a_day_is_found() -> None:
    """By its date, present or not."""
    written = data(f"{SMALL}    values: [{{date: 2026-07-31, value: 8}}]\n")
    there = resolve("metrics.win-rate.values.2026-07-31.value", written)
    assert there.at == ("metrics", 0, "values", 0, "value")
    assert resolve("metrics.win-rate.values.2026-08-31", written).at[-1] == "2026-08-31"
    assert written["metrics"][0]["values"][0]["date"] == datetime.date(2026, 7, 31)


def test_dates_alone_are_changed_as_a_whole() -> None:
    """A list of dates has no named elements; it can only be changed as a list."""
    written = data(SMALL + DAYS)
    assert resolve("calendar.holidays", written).at == ("calendar", "holidays")
    with pytest.raises(PathError):
        resolve("calendar.holidays.2026-12-25.name", written)
