"""What day it is. All that is made from a charter asks here, so that it can be made again as it was on another day."""

from __future__ import annotations

import datetime
import os


def now(zone: datetime.tzinfo = datetime.UTC) -> datetime.datetime:
    """The present moment in a time zone; SOURCE_DATE_EPOCH's where that is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (
        datetime.datetime.fromtimestamp(int(epoch), zone) if epoch.isdigit() else datetime.datetime.now(zone)
    )


def today(zone: datetime.tzinfo = datetime.UTC) -> datetime.date:
    """The day that it is in a time zone; SOURCE_DATE_EPOCH's where that is set."""
    return now(zone).date()
