"""What a history is, as data. Nothing is read here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from charterbook.charter import Charter
from charterbook.problems import Problem
from charterbook.source_map import SourceMap
from charterbook.versions import LATEST


class Revision(NamedTuple):
    """A commit at which the charter's content changed, or to which a tag pins a version.

    `date` is the day and time it landed (the committer's), in the configured time zone; `message` and
    `author` are as git has them, and so are hostile until escaped; `blob` is the id of the content;
    `problem` says why its charter cannot be read, where that is known.
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
        return next(iter(self.message.splitlines()), "")

    @property
    def short(self) -> str:
        """The commit's name as people quote it."""
        return self.commit[:8]


@dataclass(frozen=True)
class Version:
    """A named period with its revisions, oldest first.

    `shown` is the last one that can be read, or the one that the tag `pinned` points to; where all are
    unreadable, it, `charter` and `data` are None. A version without revisions is the working tree alone.
    `charters` holds the charter of each revision, None for one that cannot be read or was not read. `begins` is its
    first day in force and `ends` the last day of its period, or that before the next version begins in it; None without a
    charter. `upcoming` says that the first day has not come yet. `misdated` is the charter's `effective`, where that lies
    outside the version's period, and `misnamed` the version that the charter itself names, where a tag says another one.
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
    upcoming: bool = False
    misdated: datetime.date | None = None
    misnamed: str | None = None


@dataclass(frozen=True)
class Draft:
    """A charter that is not published yet. `origin` is "working tree" (not committed) or "HEAD"."""

    charter: Charter
    data: bytes
    places: SourceMap
    origin: str


@dataclass(frozen=True)
class History:
    """All versions of a charter, oldest first, and its draft.

    `draft_problems` are those of a working tree that cannot be read; `branch` is the published branch,
    None where HEAD is on none; `path` is the charter's file there, seen from the root of the repository;
    `warnings` are sentences for people, without control characters, and `doubts` those of them that concern all
    of the history: it may not be whole, or not the published one; `tip` is the charter's file at the end
    of the published branch, which may be newer than what the newest version shows.
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

    @property
    def published(self) -> tuple[Version, ...]:
        """The versions that have a charter, oldest first."""
        return tuple(version for version in self.versions if version.charter is not None)

    @property
    def in_force(self) -> Version | None:
        """The version with the alias `latest`; it is upcoming where no version is in force yet."""
        return next((version for version in self.versions if LATEST in version.aliases), self.newest)

    @property
    def newest(self) -> Version | None:
        """The last version that has a charter, upcoming or not."""
        return next(reversed(self.published), None)
