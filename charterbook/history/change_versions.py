"""The version of each change of a charter.

The first rule that applies decides: a tag named like a version, the charter's own `version:`, the later of its
`effective:` and of the commit's date.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from charterbook.history.charter_reader import CharterReader
from charterbook.history.git_log import FileCommit
from charterbook.history.version_scan import OwnPeriod
from charterbook.history.version_tags import Pin
from charterbook.settings import Settings
from charterbook.versions import period_name

#: A time after any real commit that is valid in every time zone.
_LAST_SECOND = int(datetime.datetime(2999, 12, 30, tzinfo=datetime.UTC).timestamp())


#: A commit as git reads one without a date.
_UNDATED = FileCommit("", None, 0, "", "")


class VersionedChange(NamedTuple):
    """A change of the charter's content, or a pinned commit, with its versions."""

    change: FileCommit
    versions: tuple[str, ...]


def versioned_changes(
    changes: Sequence[FileCommit], pins: Sequence[Pin], charters: CharterReader, settings: Settings
) -> list[VersionedChange]:
    """Each change with its versions."""
    pinned: dict[str, tuple[str, ...]] = {}
    for pin in pins:
        pinned[pin.commit] = (*pinned.get(pin.commit, ()), pin.version)
    own = charters.own_periods(
        change.blob for change in changes if change.blob and change.commit not in pinned
    )
    return [
        VersionedChange(
            change, pinned.get(change.commit) or (_version_name(change, own[change.blob or ""], settings),)
        )
        for change in changes
    ]


def undated_warnings(changes: Sequence[VersionedChange], settings: Settings) -> tuple[str, ...]:
    """A warning for each commit without a valid date that has its version by date. Git takes 0 for such a date."""
    first = _period(commit_date(_UNDATED, settings).date(), settings.period, *settings.fiscal_year)
    return tuple(
        f"Commit {change.commit[:8]} has no valid date, so it counts as a commit of {first}."
        for change, versions in changes
        if change.time == _UNDATED.time and versions == (first,)
    )


def _version_name(change: FileCommit, own: OwnPeriod, settings: Settings) -> str:
    if own.version:
        return own.version
    day = commit_date(change, settings).date()
    return _period(max(day, own.effective or day), settings.period, *settings.fiscal_year)


#: Cached: many commits have the same date.
_period = lru_cache(maxsize=1024)(period_name)


def commit_date(change: FileCommit, settings: Settings) -> datetime.datetime:
    """The commit's date in the configured time zone."""
    return _moment(change.time, settings.timezone)


@lru_cache(maxsize=8192)
def _moment(time: int, zone: str) -> datetime.datetime:
    second = min(max(time, 0), _LAST_SECOND)
    return datetime.datetime.fromtimestamp(second, ZoneInfo(zone))
