"""Which version each revision belongs to, and what each version shows.

The rule, first that applies: a tag named like a version, the charter's own `version:`, the later of its `effective:`
and of the day it landed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from charterbook.charter import Charter
from charterbook.clock import today
from charterbook.history.charter_reader import CharterReader
from charterbook.history.git_log import FileCommit
from charterbook.history.revisions import Revision, Version
from charterbook.history.version_scan import OwnPeriod
from charterbook.history.version_tags import Pin
from charterbook.problems import Problem, escape_terminal
from charterbook.settings import Settings
from charterbook.versions import LATEST, bounds, is_version_name, period_name, sort_key

#: How many revisions beside those shown are read to say which of them are broken: the newest of each
#: version, and of all versions together. Parsing is what takes time in a long history.
CHECKED = 20
CHECKED_IN_ALL = 200

#: Later than any real commit, and early enough for every time zone's arithmetic.
_LAST_SECOND = int(datetime.datetime(2999, 12, 30, tzinfo=datetime.UTC).timestamp())


class VersionedChange(NamedTuple):
    """A change of the charter's content, or a pinned commit, and the versions it belongs to."""

    change: FileCommit
    versions: tuple[str, ...]


def entries(
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
            change, pinned.get(change.commit) or (_named(change, own[change.blob or ""], settings),)
        )
        for change in changes
    ]


def _named(change: FileCommit, own: OwnPeriod, settings: Settings) -> str:
    if own.version:
        return own.version
    day = landed(change, settings).date()
    return _period(max(day, own.effective or day), settings.period, *settings.fiscal_year)


#: Many commits land on one day.
_period = lru_cache(maxsize=1024)(period_name)


def landed(change: FileCommit, settings: Settings) -> datetime.datetime:
    """When a commit landed, in the configured time zone."""
    return _moment(change.time, settings.timezone)


@lru_cache(maxsize=8192)
def _moment(time: int, zone: str) -> datetime.datetime:
    second = min(max(time, 0), _LAST_SECOND)
    return datetime.datetime.fromtimestamp(second, ZoneInfo(zone))


class VersionAssigner:
    """Makes the versions of a history from its entries, which are given newest first."""

    def __init__(
        self,
        found: Sequence[VersionedChange],
        pins: Sequence[Pin],
        charters: CharterReader,
        settings: Settings,
    ) -> None:
        self.pins = {pin.version: pin for pin in pins}
        self.charters, self.settings = charters, settings
        self.warnings: list[str] = []
        self.unchecked = CHECKED_IN_ALL
        self.today = today(ZoneInfo(settings.timezone))
        self.by_version: dict[str, list[FileCommit]] = {}
        for entry in found:
            for name in entry.versions:
                self.by_version.setdefault(name, []).append(entry.change)

    def versions(self) -> tuple[Version, ...]:
        """All versions, oldest first; the newest in force is `latest`. Fills `warnings`, newest first.

        Where none is in force yet, `latest` is the one that comes first.
        """
        names = sorted(self.by_version, key=self._order, reverse=True)
        found = with_latest(self._with_data([self._version(name) for name in names][::-1]))
        return tuple(with_days(found, self.settings))

    def _version(self, name: str) -> Version:
        changes = self.by_version[name]
        pin = self.pins.get(name)
        problems: dict[str, Problem | None] = {}
        self.charters.read_ahead(change.blob or "" for change in changes[: min(CHECKED, 1 + self.unchecked)])
        good = self._last_good(changes, pin, problems)
        self._check(changes[:CHECKED], problems)
        revisions = tuple(
            self._revision(change, name, problems.get(change.commit)) for change in reversed(changes)
        )
        shown = next((revision for revision in revisions if good and revision.commit == good.commit), None)
        self._warn(name, revisions, shown, pin)
        tag = pin.tag if pin else None
        if shown is None:
            return Version(name, revisions, pinned=tag)
        charter = self.charters.charter(shown.blob)
        begins = self._begins(name, charter, changes, pin)
        read = tuple(self._read(change, problems) for change in reversed(changes))
        return Version(
            name,
            revisions,
            shown,
            charter,
            pinned=tag,
            charters=read,
            begins=begins,
            upcoming=begins > self.today,
            misdated=effective_outside(name, charter, self.settings),
            misnamed=_misnamed(name, charter),
        )

    def _begins(
        self, name: str, charter: Charter | None, changes: Sequence[FileCommit], pin: Pin | None
    ) -> datetime.date:
        """A version's first day. One that is in force already stays so, whatever its newest revision says."""
        begins = first_day(name, charter, self.settings)
        return begins if begins <= self.today else min([begins, *self._begun(name, changes, pin)])

    def _begun(self, name: str, changes: Sequence[FileCommit], pin: Pin | None) -> Iterator[datetime.date]:
        """The days on which revisions of a version came into force before the next one landed."""
        until = datetime.date.max
        for change in _up_to(changes, pin):
            landing = landed(change, self.settings).date()
            charter = self.charters.charter(change.blob or "")
            if charter is not None:
                begins = max(first_day(name, charter, self.settings), landing)
                if begins < until:
                    yield begins
                until = landing

    def _with_data(self, versions: Sequence[Version]) -> list[Version]:
        """The versions with the files that they show, which are asked for all at once."""
        data = self.charters.data(version.shown.blob for version in versions if version.shown)
        return [
            replace(version, data=data[version.shown.blob]) if version.shown else version
            for version in versions
        ]

    def _read(self, change: FileCommit, problems: dict[str, Problem | None]) -> Charter | None:
        """A revision's charter, if it has been read and could be."""
        known = change.commit in problems and problems[change.commit] is None
        return self.charters.charter(change.blob or "") if known else None

    def _check(self, changes: Sequence[FileCommit], problems: dict[str, Problem | None]) -> None:
        """Reads more of a version's charters, as long as there are not too many."""
        unread = [change for change in changes if change.commit not in problems][: self.unchecked]
        self.unchecked -= len(unread)
        for change in unread:
            problems[change.commit] = self.charters.problem(change.blob or "")

    def _last_good(
        self, changes: Sequence[FileCommit], pin: Pin | None, problems: dict[str, Problem | None]
    ) -> FileCommit | None:
        """The last change that can be read; of a pinned version, up to its tag."""
        for change in _up_to(changes, pin):
            problems[change.commit] = self.charters.problem(change.blob or "")
            if problems[change.commit] is None:
                return change
        return None

    def _revision(self, change: FileCommit, version: str, problem: Problem | None) -> Revision:
        return Revision(
            commit=change.commit,
            date=landed(change, self.settings),
            author=change.author,
            message=change.message,
            path=_readable(change.path),
            blob=change.blob or "",
            version=version,
            problem=problem,
        )

    def _warn(
        self, name: str, revisions: Sequence[Revision], shown: Revision | None, pin: Pin | None
    ) -> None:
        newest = next(
            revision for revision in reversed(revisions) if pin is None or revision.commit == pin.commit
        )
        if newest.problem is None:
            return
        instead = f"the version shows {shown.short}" if shown else "the version has no pages"
        place = f"{newest.path}:{newest.problem.line}:{newest.problem.column}"
        words = f"{name}: the charter of commit {newest.short} cannot be read, so {instead}. "
        settle = ""
        if shown and name != max(self.by_version, key=self._order):
            settle = f" To settle this for good: git tag {self.settings.tag_prefix}{name} {shown.short}."
        self.warnings.append(escape_terminal(f"{words}{place}: {newest.problem.words}{settle}"))

    def _order(self, name: str) -> tuple[datetime.date, int, str]:
        return sort_key(name, *self.settings.fiscal_year)


def first_day(name: str, charter: Charter | None, settings: Settings) -> datetime.date:
    """The first day of a version: `effective` of its charter where that lies in its period, else the period's."""
    first, end = bounds(name, *settings.fiscal_year)
    effective = charter.effective if charter else None
    return effective if effective and first <= effective < end else first


def effective_outside(name: str, charter: Charter | None, settings: Settings) -> datetime.date | None:
    """`effective` of a version's charter, where it lies outside the version's period."""
    first, end = bounds(name, *settings.fiscal_year)
    effective = charter.effective if charter else None
    return effective if effective and not first <= effective < end else None


def _misnamed(name: str, charter: Charter | None) -> str | None:
    """The version that a charter names itself, where it is published as another one."""
    named = charter.version if charter else None
    return named if named and is_version_name(named) and named != name else None


def with_latest(versions: Sequence[Version]) -> tuple[Version, ...]:
    """Versions, oldest first, of which the newest in force has the alias; where there is none, the first to come."""
    readable = [version for version in versions if version.charter]
    in_force = [version for version in readable if not version.upcoming]
    if not readable:
        return tuple(versions)
    at = versions.index((in_force[-1:] or readable[:1])[0])
    return (
        *(replace(version, upcoming=False) for version in versions[:at]),
        replace(versions[at], aliases=(LATEST,)),
        *versions[at + 1 :],
    )


def with_days(versions: Sequence[Version], settings: Settings) -> Iterator[Version]:
    """Versions, oldest first, each with its last day: that before the next one begins, or that of its period."""
    ahead = [version.begins for version in versions if version.begins]
    for version in versions:
        if version.begins is None:
            yield version
            continue
        ahead = ahead[1:]
        _, end = bounds(version.name, *settings.fiscal_year)
        cut = [begins for begins in ahead[:1] if version.begins < begins < end]
        yield replace(version, ends=(cut[0] if cut else end) - datetime.timedelta(days=1))


@lru_cache(maxsize=16)
def _readable(path: str) -> str:
    """A path with a sign for every byte that is no text."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _up_to(changes: Sequence[FileCommit], pin: Pin | None) -> Iterator[FileCommit]:
    """Changes that a version may show, newest first."""
    waiting = pin is not None
    for change in changes:
        waiting = waiting and pin is not None and change.commit != pin.commit
        if not waiting:
            yield change
