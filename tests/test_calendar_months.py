"""Tests of days in other months."""

from __future__ import annotations

import datetime

from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from charterbook.calendar_months import add_months


@given(st.dates(), st.integers(-150_000, 150_000))
def test_the_same_day_of_another_month(day: datetime.date, months: int) -> None:
    """It is what dateutil says; outside the calendar, which dateutil refuses, it is the calendar's first or last day."""
    try:
        expected = day + relativedelta(months=months)
    except (ValueError, OverflowError):
        expected = datetime.date.min if months < 0 else datetime.date.max
    assert add_months(day, months) == expected
