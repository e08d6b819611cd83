"""The current day, from SOURCE_DATE_EPOCH if set, for reproducible builds."""

from __future__ import annotations

import datetime
import os

from charterbook.errors import SettingsError


def now(zone: datetime.tzinfo = datetime.UTC) -> datetime.datetime:
    """The current time in a time zone, or the time in SOURCE_DATE_EPOCH. Raises SettingsError if that is not a time."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.datetime.now(zone)
    try:
        return datetime.datetime.fromtimestamp(_seconds(epoch), zone)
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(f"SOURCE_DATE_EPOCH: {epoch!r} is not a number of seconds since 1970.") from error


def _seconds(text: str) -> int:
    """A number of ASCII digits. Raises ValueError."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def today(zone: datetime.tzinfo = datetime.UTC) -> datetime.date:
    """The current day in a time zone, or the day of SOURCE_DATE_EPOCH if set. Raises like `now`."""
    return now(zone).date()
