from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterbook.versions import (
    MONTHS,
    Period,
    bounds,
    is_version_name,
    matches_period,
    period_name,
    sort_key,
    versions_json,
)

DAYS = st.dates(datetime.date(1970, 1, 1), datetime.date(2066, 12, 31))
PERIODS: st.SearchStrategy[Period] = st.sampled_from(["year", "half", "quarter", "month"])
STARTS = st.integers(1, 12)


@pytest.mark.parametrize(
    "name", ["2026", "2026-H1", "2026-Q3", "2026-07", "FY27", "FY27-H1", "FY27-Q1", "FY27-M01"]
)
def test_names(name: str) -> None:
    """Valid version names."""
    assert is_version_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-q3", "2026-Q0", "2026-Q5", "2026-H3", "2026-13", "2026-00", "2026-7", "2026-M07", "26-Q1", "0026",
        "fy27", "FY2027", "FY27-Q5", "FY27-01", "FY27-M13", "FY27-M1", "FY7", " 2026", "2026\n", "2026-Q3-rc1",
        "v2026-Q3", "2026Q3", "-2026", "٢٠٢٦", "latest", "draft", "../2026", "3026",
    ],
)  # fmt: skip
def test_other_texts(text: str) -> None:
    """Similar texts that are no version names."""
    assert not is_version_name(text)


@pytest.mark.parametrize(
    ("day", "period", "start", "name"),
    [
        ("2026-07-01", "quarter", 1, "2026-Q3"),
        ("2026-09-30", "quarter", 1, "2026-Q3"),
        ("2026-10-01", "quarter", 1, "2026-Q4"),
        ("2026-06-30", "half", 1, "2026-H1"),
        ("2026-07-01", "half", 1, "2026-H2"),
        ("2026-07-31", "month", 1, "2026-07"),
        ("2026-12-31", "year", 1, "2026"),
        ("2026-04-01", "quarter", 4, "FY27-Q1"),
        ("2026-03-31", "quarter", 4, "FY26-Q4"),
        ("2026-12-31", "quarter", 2, "FY27-Q4"),
        ("2027-01-31", "quarter", 2, "FY27-Q4"),
        ("2027-02-01", "quarter", 2, "FY28-Q1"),
        ("2026-04-30", "month", 4, "FY27-M01"),
        ("2026-03-01", "month", 4, "FY26-M12"),
        ("2026-10-01", "half", 10, "FY27-H1"),
        ("2026-10-01", "year", 10, "FY27"),
    ],
)
def test_period_of_a_day(day: str, period: Period, start: int, name: str) -> None:
    """A day falls into the period with this name; a fiscal year is named by the year it ends in."""
    assert period_name(datetime.date.fromisoformat(day), period, start) == name


@pytest.mark.parametrize(
    ("name", "start", "first", "end"),
    [
        ("2026", 1, "2026-01-01", "2027-01-01"),
        ("2026-H2", 1, "2026-07-01", "2027-01-01"),
        ("2026-Q4", 4, "2026-10-01", "2027-01-01"),
        ("2026-12", 1, "2026-12-01", "2027-01-01"),
        ("FY27", 4, "2026-04-01", "2027-04-01"),
        ("FY27-Q4", 2, "2026-11-01", "2027-02-01"),
        ("FY27-M01", 10, "2026-10-01", "2026-11-01"),
        ("FY27-Q1", 1, "2027-01-01", "2027-04-01"),
    ],
)
def test_bounds(name: str, start: int, first: str, end: str) -> None:
    """A period begins on its first day and ends before the first day of the next."""
    assert bounds(name, start) == (datetime.date.fromisoformat(first), datetime.date.fromisoformat(end))


def test_bounds_of_another_text() -> None:
    """An invalid name has no bounds."""
    with pytest.raises(ValueError, match="'v1' is not the name of a version"):
        bounds("v1")


def test_order_of_mixed_periods() -> None:
    """Versions sort by their start, the longer period first."""
    names = ["2026-10", "2026-Q3", "2027", "2026-Q4", "2025-H2", "2026", "2026-H2", "2026-H1", "2026-07"]
    expected = ["2025-H2", "2026", "2026-H1", "2026-H2", "2026-Q3", "2026-07", "2026-Q4", "2026-10", "2027"]
    assert sorted(names, key=sort_key) == expected


def test_order_of_fiscal_and_calendar_names() -> None:
    """A team that changes to fiscal years keeps the right order."""
    names = ["FY27-Q1", "2026-Q1", "FY26", "FY27-Q2"]
    assert sorted(names, key=lambda name: sort_key(name, 4)) == ["FY26", "2026-Q1", "FY27-Q1", "FY27-Q2"]


@pytest.mark.parametrize(
    ("name", "period", "start", "expected"),
    [
        ("2026-Q3", "quarter", 1, True),
        ("2026-H1", "quarter", 1, False),
        ("2026", "quarter", 1, False),
        ("2026", "year", 1, True),
        ("FY27-Q1", "quarter", 1, False),
        ("FY27-Q1", "quarter", 4, True),
        ("2026-Q3", "quarter", 4, False),
        ("v1.0", "quarter", 1, False),
    ],
)
def test_names_of_the_configured_period(name: str, period: Period, start: int, expected: bool) -> None:
    """A tag counts only if it is named like a version of the configured period."""
    assert matches_period(name, period, start) is expected


@given(DAYS, PERIODS, STARTS)
def test_a_day_is_within_its_own_period(day: datetime.date, period: Period, start: int) -> None:
    """The bounds of the period of a day contain the day."""
    name = period_name(day, period, start)
    first, end = bounds(name, start)
    assert first <= day < end
    assert is_version_name(name)
    assert matches_period(name, period, start)


@given(DAYS, PERIODS, STARTS)
def test_periods_follow_each_other_without_a_gap(day: datetime.date, period: Period, start: int) -> None:
    """The day after a period belongs to the next one, which sorts after it and is as long."""
    name = period_name(day, period, start)
    first, end = bounds(name, start)
    following = period_name(end, period, start)
    assert bounds(following, start)[0] == end
    assert sort_key(name, start) < sort_key(following, start)
    assert (end.year - first.year) * 12 + end.month - first.month == MONTHS[period]


@pytest.mark.long
@given(st.text())
def test_any_text_is_a_name_or_not(text: str) -> None:
    """A text either is a version name with bounds, or is none."""
    if is_version_name(text):
        first, end = bounds(text)
        assert first < end
    else:
        with pytest.raises(ValueError, match="is not the name of a version"):
            sort_key(text)


def test_versions_json() -> None:
    """Material's selector gets the newest version first, with its alias, and before it the draft."""
    assert versions_json(["2026-Q2", "2026-Q3"], draft="Draft") == [
        {"version": "draft", "title": "Draft", "aliases": []},
        {"version": "2026-Q3", "title": "2026-Q3", "aliases": ["latest"]},
        {"version": "2026-Q2", "title": "2026-Q2", "aliases": []},
    ]


def test_versions_json_of_nothing() -> None:
    """Without versions the list is empty."""
    assert versions_json([]) == []
