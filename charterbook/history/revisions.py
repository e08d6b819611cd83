"""Revisions, versions and a history, as data. Nothing is read here."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from charterbook.charter import Charter
from charterbook.commit_reason import lines_of
from charterbook.frozen_dataclass import dataclass
from charterbook.problems import Problem
from charterbook.source_map import SourceMap
from charterbook.versions import LATEST

#: Prefix of the ids that replace commit ids for groups of readers.
UNNAMED = "~"


class Revision(NamedTuple):
    """A commit that changed the charter's content, or to which a tag pins a version.

    `date` is the committer's date and time in the configured time zone; `message` and `author` are untrusted: escape
    them before output; `blob` is the id of the content; `problem` is the first error of its charter, if known.
    """

    commit: str
    date: datetime.datetime
    author: str
    message: str
    path: str
    blob: str
    version: str
    problem: Problem | None = None

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return lines_of(self.message)[0]

    @property
    def short(self) -> str:
        """The abbreviated commit id; empty for a hidden one."""
        return "" if self.commit.startswith(UNNAMED) else self.commit[:8]


@dataclass(frozen=True)
class Version:
    """A named period with its revisions, oldest first.

    `shown` is the last valid one, or the one to which the tag `pinned` points; if all are invalid, it, `charter` and
    `data` are None. A version without revisions is the working tree. `charters` has the charter of each revision,
    None if it is invalid or was not read. `begins` is the first day in force and `ends` the one before the next
    version begins, or else the last day of the period; None without a charter. `is_open` says that no later version is
    known, so that it remains in force after its period. `upcoming` says that the first day is in the
    future. `misdated` is the charter's `effective` if that is outside the version's period.
    """

    name: str
    revisions: tuple[Revision, ...] = ()
    shown: Revision | None = None
    charter: Charter | None = None
    data: bytes | None = None
    pinned: str | None = None
    aliases: tuple[str, ...] = ()
    charters: tuple[Charter | None, ...] = ()
    begins: datetime.date | None = None
    ends: datetime.date | None = None
    is_open: bool = False
    upcoming: bool = False
    misdated: datetime.date | None = None
    misnamed: str | None = None


@dataclass(frozen=True)
class Draft:
    """An unpublished charter. `origin` is "working tree" (not committed) or "HEAD"."""

    charter: Charter
    data: bytes
    places: SourceMap
    origin: str


@dataclass(frozen=True)
class History:
    """All versions of a charter, oldest first, and its draft.

    `draft_problems` are the problems of an invalid working tree; `branch` is the published branch, None for a
    detached HEAD; `path` is the charter's path from the root of the repository; `warnings` are sentences without
    control characters, and `doubts` the warnings about the whole history, such as that it is incomplete; `tip` is the
    charter's file at the tip of the published branch, possibly newer than the newest version's; `commit` is that tip,
    and `head` the checked-out commit. `group` is the group of readers that the history was filtered for; its ids of
    commits and contents are not git's.
    """

    versions: tuple[Version, ...]
    draft: Draft | None = None
    draft_problems: tuple[Problem, ...] = ()
    branch: str | None = None
    warnings: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    shallow: bool = False
    path: str | None = None
    tip: bytes | None = None
    group: str | None = None
    commit: str | None = None
    head: str | None = None

    @property
    def published(self) -> tuple[Version, ...]:
        """The versions with a charter, oldest first."""
        return tuple(version for version in self.versions if version.charter is not None)

    @property
    def is_complete(self) -> bool:
        """Whether the charters of all revisions are known, apart from invalid ones."""
        revisions = (
            (revision, charter)
            for version in self.versions
            for revision, charter in zip(version.revisions, version.charters, strict=False)
        )
        unread = any(charter is None and revision.problem is None for revision, charter in revisions)
        return self.path is not None and not self.shallow and not unread

    @property
    def in_force(self) -> Version | None:
        """The version with the alias `latest`; it is upcoming if no version is in force yet."""
        return next((version for version in self.versions if LATEST in version.aliases), self.newest)

    @property
    def newest(self) -> Version | None:
        """The last version with a charter, upcoming or not."""
        return next(reversed(self.published), None)
