"""The versions of a history: the revision that each version shows, and the days on which it is in force."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from charterbook.charter import Charter
from charterbook.clock import today
from charterbook.history.change_versions import VersionedChange, commit_date
from charterbook.history.git_log import FileCommit
from charterbook.history.revisions import Revision, Version
from charterbook.history.version_tags import Pin
from charterbook.problems import Problem, escape_terminal
from charterbook.settings import Settings
from charterbook.versions import LATEST, bounds, is_version_name, sort_key

#: Maximum number of revisions checked for errors in addition to those shown: for each version, newest first, and for
#: all versions together. Parsing dominates the time for a long history.
CHECKED = 20
CHECKED_IN_ALL = 200


class Charters(Protocol):
    """Charters by the ids of their content, such as a history's."""

    def read_ahead(self, blobs: Iterable[str], /) -> None:
        """Read contents in one batch."""

    def charter(self, blob: str, /) -> Charter | None:
        """The charter, None if it is invalid."""

    def problem(self, blob: str, /) -> Problem | None:
        """The first error of a charter; None if it is valid."""

    def data(self, blobs: Iterable[str], /) -> dict[str, bytes | None]:
        """The contents by their ids."""


class VersionAssigner:
    """Assigns entries, given newest first, to the versions of a history."""

    def __init__(
        self,
        found: Sequence[VersionedChange],
        pins: Sequence[Pin],
        charters: Charters,
        settings: Settings,
    ) -> None:
        self.pins = {pin.version: pin for pin in pins}
        self.charters, self.settings = charters, settings
        self.warnings: list[str] = []
        #: No limit for a group, because changes that it does not see would use it up.
        self.unchecked, self.checked = (len(found),) * 2 if settings.for_group else (CHECKED_IN_ALL, CHECKED)
        self.today = today(ZoneInfo(settings.timezone))
        self.by_version: dict[str, list[FileCommit]] = {}
        for entry in found:
            for name in entry.versions:
                self.by_version.setdefault(name, []).append(entry.change)

    def versions(self) -> tuple[Version, ...]:
        """All versions, oldest first; the newest in force is `latest`. Fills `warnings`, newest first.

        If none is in force yet, `latest` is the first upcoming one.
        """
        names = sorted(self.by_version, key=self._order, reverse=True)
        found = with_latest(self._with_data([self._version(name) for name in names][::-1]))
        return tuple(with_days(found, self.settings))

    def _version(self, name: str) -> Version:
        changes = self.by_version[name]
        pin = self.pins.get(name)
        problems: dict[str, Problem | None] = {}
        self.charters.read_ahead(
            change.blob or "" for change in changes[: min(self.checked, 1 + self.unchecked)]
        )
        good = self._last_valid(changes, pin, problems)
        self._check(changes[: self.checked], problems)
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
        """A version's first day.

        A version that is already in force remains in force, regardless of its newest revision.
        """
        begins = first_day(name, charter, self.settings)
        return begins if begins <= self.today else min([begins, *self._effective_days(name, changes, pin)])

    def _effective_days(
        self, name: str, changes: Sequence[FileCommit], pin: Pin | None
    ) -> Iterator[datetime.date]:
        """The days on which revisions of a version became effective before the next revision."""
        until = datetime.date.max
        for change in _up_to(changes, pin):
            landing = commit_date(change, self.settings).date()
            charter = self.charters.charter(change.blob or "")
            if charter is not None:
                begins = max(first_day(name, charter, self.settings), landing)
                if begins < until:
                    yield begins
                until = landing

    def _with_data(self, versions: Sequence[Version]) -> list[Version]:
        """The versions with the files that they show, read in one batch."""
        data = self.charters.data(version.shown.blob for version in versions if version.shown)
        return [
            replace(version, data=data[version.shown.blob]) if version.shown else version
            for version in versions
        ]

    def _read(self, change: FileCommit, problems: dict[str, Problem | None]) -> Charter | None:
        """A revision's charter, if it was checked and is valid."""
        known = change.commit in problems and problems[change.commit] is None
        return self.charters.charter(change.blob or "") if known else None

    def _check(self, changes: Sequence[FileCommit], problems: dict[str, Problem | None]) -> None:
        """Check more of a version's charters, up to the limit."""
        unread = [change for change in changes if change.commit not in problems][: self.unchecked]
        self.unchecked -= len(unread)
        for change in unread:
            problems[change.commit] = self.charters.problem(change.blob or "")

    def _last_valid(
        self, changes: Sequence[FileCommit], pin: Pin | None, problems: dict[str, Problem | None]
    ) -> FileCommit | None:
        """The last valid change; of a pinned version, up to its tag."""
        for change in _up_to(changes, pin):
            problems[change.commit] = self.charters.problem(change.blob or "")
            if problems[change.commit] is None:
                return change
        return None

    def _revision(self, change: FileCommit, version: str, problem: Problem | None) -> Revision:
        return Revision(
            commit=change.commit,
            date=commit_date(change, self.settings),
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
        suggestion = ""
        if shown and name != max(self.by_version, key=self._order):
            suggestion = f" To settle this for good: git tag {self.settings.tag_prefix}{name} {shown.short}."
        self.warnings.append(escape_terminal(f"{words}{place}: {newest.problem.words}{suggestion}"))

    def _order(self, name: str) -> tuple[datetime.date, int, str]:
        return sort_key(name, *self.settings.fiscal_year)


def first_day(name: str, charter: Charter | None, settings: Settings) -> datetime.date:
    """The first day of a version: its charter's `effective` if that is in its period, else the first day of that."""
    first, end = bounds(name, *settings.fiscal_year)
    effective = charter.effective if charter else None
    return effective if effective and first <= effective < end else first


def effective_outside(name: str, charter: Charter | None, settings: Settings) -> datetime.date | None:
    """`effective` of a version's charter if it is outside the version's period, else None."""
    first, end = bounds(name, *settings.fiscal_year)
    effective = charter.effective if charter else None
    return effective if effective and not first <= effective < end else None


def _misnamed(name: str, charter: Charter | None) -> str | None:
    """The version that a charter names itself, if it is published as a different one."""
    named = charter.version if charter else None
    return named if named and is_version_name(named) and named != name else None


def with_latest(versions: Sequence[Version]) -> tuple[Version, ...]:
    """Set the alias `latest` on the newest version in force, or on the first upcoming one; oldest first."""
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
    """Set each version's last day: the one before the next version begins, or the last one of its period.

    A version remains in force until the next one begins, also after its period: if a period was skipped, or if the
    next version is effective later than its period begins.
    """
    ahead = [version.begins for version in versions if version.begins]
    for version in versions:
        if version.begins is None:
            yield version
            continue
        ahead = ahead[1:]
        _, end = bounds(version.name, *settings.fiscal_year)
        following = [begins for begins in ahead[:1] if version.begins < begins]
        last = (following[0] if following else end) - datetime.timedelta(days=1)
        yield replace(version, ends=last, is_open=not ahead)


@lru_cache(maxsize=16)
def _readable(path: str) -> str:
    """A path with a replacement character for every byte that is not text."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _up_to(changes: Sequence[FileCommit], pin: Pin | None) -> Iterator[FileCommit]:
    """The changes that a version can show, newest first; for a pinned version, from its tag on."""
    before_pin = pin is not None
    for change in changes:
        before_pin = before_pin and pin is not None and change.commit != pin.commit
        if not before_pin:
            yield change
