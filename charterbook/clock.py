"""What day it is. All that is made from a charter asks here, so that it can be made again as it was on another day."""

from __future__ import annotations

import datetime
import os


def today(zone: datetime.tzinfo = datetime.UTC) -> datetime.date:
    """The day that it is in a time zone; SOURCE_DATE_EPOCH's where that is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), zone).date()
    return datetime.datetime.now(zone).date()
