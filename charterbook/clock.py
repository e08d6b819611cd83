"""The current day, from SOURCE_DATE_EPOCH if set, for reproducible builds."""

from __future__ import annotations

import datetime
import os


def now(zone: datetime.tzinfo = datetime.UTC) -> datetime.datetime:
    """The present moment in a time zone; SOURCE_DATE_EPOCH's if that is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (
        datetime.datetime.fromtimestamp(int(epoch), zone) if epoch.isdigit() else datetime.datetime.now(zone)
    )


def today(zone: datetime.tzinfo = datetime.UTC) -> datetime.date:
    """The current day in a time zone; that of SOURCE_DATE_EPOCH if set."""
    return now(zone).date()
