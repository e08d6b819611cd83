"""The direction of changed working time: what takes working days away from promises is weaker."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.compare.small_charters import compared

WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday"]


def holidays(*days: str) -> dict[str, Any]:
    """A calendar with holidays."""
    return {"holidays": [{"date": datetime.date.fromisoformat(day)} for day in days]}


CASES: dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None, list[str | None]]] = {
    "another holiday": (holidays("2026-12-25"), holidays("2026-12-25", "2026-12-24"), ["weaker"]),
    "the first holidays": (holidays() | {"days": WEEK}, holidays("2026-12-25") | {"days": WEEK}, ["weaker"]),
    "fewer holidays": (holidays("2026-12-24", "2026-12-25"), holidays("2026-12-25"), ["stronger"]),
    "a holiday on a Saturday": (holidays("2026-12-25"), holidays("2026-12-25", "2026-12-26"), [None]),
    "a holiday on a working Saturday": (
        {"days": [*WEEK, "saturday"]} | holidays("2026-12-25"),
        {"days": [*WEEK, "saturday"]} | holidays("2026-12-25", "2026-12-26"),
        ["weaker"],
    ),
    "a moved holiday": (holidays("2026-12-25"), holidays("2026-12-24"), [None, None]),
    "two for one": (holidays("2026-12-25"), holidays("2026-12-23", "2026-12-24"), [None, "weaker", "weaker"]),
    "the holidays of the next year": (holidays("2026-12-25"), holidays("2027-01-01"), [None, None]),
    "two days instead of five": ({"days": WEEK}, {"days": ["saturday", "sunday"]}, ["weaker"]),
    "another day": ({"days": WEEK[1:]}, {"days": WEEK[:4]}, [None]),
    "shorter hours at another time": ({"hours": ["09:00-17:00"]}, {"hours": ["18:00-22:00"]}, ["weaker"]),
    "a calendar of four days": (None, {"days": WEEK[:4]}, ["weaker"]),
    "a calendar of the usual days": (None, {"days": WEEK}, [None]),
    "a calendar with hours": (None, {"hours": ["09:00-17:00"]}, [None]),
    "no calendar of four days": ({"days": WEEK[:4]}, None, ["stronger"]),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_working_time(
    old: dict[str, Any] | None, new: dict[str, Any] | None, expected: list[str | None]
) -> None:
    """Days and hours by their number, holidays by year."""
    before, after = ({"calendar": one} if one else {} for one in (old, new))
    found = [one.direction for one in compared(before, after).statements]
    assert sorted(found, key=str) == sorted(expected, key=str)
