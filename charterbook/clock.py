"""The current day, from SOURCE_DATE_EPOCH if set, for reproducible builds."""

from __future__ import annotations

import datetime
import os


def now(zone: datetime.tzinfo = datetime.UTC) -> datetime.datetime:
    """The current time in a time zone, or the time in SOURCE_DATE_EPOCH if set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (
        datetime.datetime.fromtimestamp(int(epoch), zone) if epoch.isdigit() else datetime.datetime.now(zone)
    )


def today(zone: datetime.tzinfo = datetime.UTC) -> datetime.date:
    """The current day in a time zone, or the day of SOURCE_DATE_EPOCH if set."""
    return now(zone).date()
