"""The data of one version of the site.

An edition contains everything that the pages of one version depend on: the version itself, the versions
before it, and the name and pages of its successor. It can be pickled and hashed.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import Literal

from charterbook.calendars import has_dates
from charterbook.charter import Charter, Item
from charterbook.frozen_dataclass import dataclass
from charterbook.git.commit_signatures import Signature
from charterbook.history import Revision
from charterbook.identity import ItemLineage, states_of
from charterbook.identity import State as ItemState
from charterbook.pages import Pages
from charterbook.rules import RULES, RuleInput

#: Address of the page with the changes since the previous version.
CHANGES = "changes/"

State = Literal["current", "superseded", "upcoming", "draft"]


@dataclass(frozen=True)
class Successor:
    """The next version: its name and, for each page of this version, the addresses of the corresponding pages.

    An item that was split has several pages there, each with its name; the name is empty for an item
    with one counterpart.
    """

    name: str
    urls: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Upcoming(Successor):
    """The upcoming version, with its first day in force and the moment at which that day begins (ISO 8601)."""

    begins: datetime.date
    moment: str


@dataclass(frozen=True)
class PastVersion:
    """This version or an earlier one: its charter, or None if no revision of it can be read.

    `charters` has the charter of each revision, None if it cannot be read. `begins` and `ends` are the days
    that it covers, None for a draft. `is_open` says that no later version is known, so that it remains in force after
    its period. `followed` is the first day in force of the next version, None if there is none.
    """

    name: str
    charter: Charter | None
    revisions: tuple[Revision, ...]
    shown: Revision | None
    pages: Pages
    content: str
    charters: tuple[Charter | None, ...] = ()
    begins: datetime.date | None = None
    ends: datetime.date | None = None
    is_open: bool = False
    followed: datetime.date | None = None

    @property
    def in_force(self) -> datetime.date | None:
        """First day in force: as declared for its period, else the day of the first valid commit, not before the period.

        A version that was committed only after its last day covers its period from the first day. Later commits change
        what the version says, not since when it is in force. None without a commit.
        """
        declared = self.charter.effective if self.charter else None
        if declared is not None and self._covers(declared):
            return declared
        if self.shown is None:
            return None
        first = next((revision for revision in self.revisions if revision.problem is None), self.shown)
        landed = first.date.date()
        begins = self.begins or landed
        is_late = not self.is_open and self.ends is not None and landed > self.ends
        return begins if is_late else max(landed, begins)

    def _covers(self, day: datetime.date) -> bool:
        return self.begins is None or self.ends is None or self.begins <= day <= self.ends

    @property
    def first_day(self) -> datetime.date | None:
        """The first day in force, of its period without a commit; None for a draft."""
        return self.in_force or self.begins

    @property
    def last_day(self) -> datetime.date | None:
        """The day before the next version is in force; None if no later version is known."""
        if self.is_open:
            return None
        return self.followed - datetime.timedelta(days=1) if self.followed else self.ends

    @cached_property
    def states(self) -> tuple[ItemState, ...]:
        """Items of all charters of this version; the last state is the one shown."""
        shown = [self.charter] if self.charter else []
        return states_of([*(charter for charter in self.charters if charter is not None), *shown])

    @cached_property
    def has_dates(self) -> bool:
        """Whether anything was ever due on a known day in this version."""
        return has_dates(self)

    @cached_property
    def data_hash(self) -> str:
        """Hash of the data that this version contributes to its own pages and to later versions."""
        shown = self.shown.commit if self.shown else ""
        remarks = [_remarks(revision) for revision in self.revisions]
        days = [str(self.begins), str(self.ends), str(self.is_open), str(self.followed)]
        return digest(
            json.dumps([self.name, self.content, shown, remarks, sorted(self.pages.urls), days]).encode()
        )


def _remarks(revision: Revision) -> list[str]:
    """The texts of a revision that pages can show."""
    problem = str(revision.problem or "")
    return [
        revision.commit,
        revision.date.isoformat(),
        revision.author,
        revision.message,
        revision.blob,
        problem,
    ]


class VersionLineage(ItemLineage):
    """Lineage of items across versions, through all revisions in between."""

    def __init__(self, versions: Sequence[PastVersion]) -> None:
        super().__init__([state for version in versions for state in version.states])
        ends = itertools.accumulate(len(version.states) for version in versions)
        self._ends = {version.name: end - 1 for version, end in zip(versions, ends, strict=True)}

    def counterparts(self, item: tuple[str, str], start: str, end: str) -> tuple[tuple[str, str], ...]:
        """The counterparts of an item of one version in an earlier or later version."""
        return self.follow(item, self._ends[start], self._ends[end])

    def in_version(self, item: tuple[str, str], name: str) -> tuple[tuple[str, str], ...]:
        """The counterparts in a version of an item that had this id at any time."""
        return self.nearest(item, self._ends[name])


@dataclass(frozen=True)
class Edition:
    """One version of the site. `past` has the versions before it, oldest first.

    `today` is the day on which it is checked: for a superseded version, the day of the revision it shows. `lines` has
    the line of each section and item in the published charter; it is empty for a superseded version, because that is
    built only once. `next` is the upcoming version after a version in force or an upcoming one.
    `version_in_force` names the version in force until an upcoming one or a draft, None if there is none, and
    `moment` is the moment at which its first day begins (ISO 8601). `is_latest` marks the edition of latest/. `lacks`
    are the pages of docs/ that it does not have and does not depend on, `absent` those that it does not publish under
    their own path. `signatures` says for each signed commit that recorded a sign-off whether its signature is valid
    here; `is_shallow` whether the clone lacks older commits.
    """

    name: str
    state: State
    charter: Charter
    pages: Pages
    own: PastVersion
    past: tuple[PastVersion, ...]
    successor: Successor | None
    canonical: frozenset[str]
    review_overdue: bool
    today: datetime.date
    lines: Mapping[str, int] = field(default_factory=dict)
    lacks: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    is_latest: bool = False
    next: Upcoming | None = None
    version_in_force: str | None = None
    moment: str = ""
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    is_shallow: bool = False

    @cached_property
    def descent(self) -> VersionLineage:
        """Lineage of items through the versions up to this one."""
        return VersionLineage([*self.past, self.own])

    def former_items(self, older: PastVersion, kind: str, id_: str) -> list[Item]:
        """The counterparts of an item in an older version; the item with the same id comes first."""
        assert older.charter is not None
        names = self.descent.counterparts((kind, id_), self.name, older.name)
        return [item for kind, name in names for item in older.charter.items(kind) if item.id == name]

    def cache_identity(self) -> str:
        """Everything that the pages depend on, apart from docs/, settings and program, as JSON for the cache key.

        The day only affects the findings of rules.
        """
        after = [self.successor.name, _listed(self.successor)] if self.successor else None
        ahead = [self.next.name, self.next.moment, _listed(self.next)] if self.next else None
        versions = [version.data_hash for version in (*self.past, self.own)]
        today = [self.review_overdue, self._due, sorted(self.lines.items())]
        until = [self.version_in_force, self.moment, self.starts_later]
        signed = [self.is_shallow, sorted(self.signatures.items())]
        return json.dumps([self.state, versions, after, ahead, until, sorted(self.canonical), today, signed])

    @property
    def starts_later(self) -> bool:
        """Whether the charter takes effect on a later day."""
        return self.charter.effective is not None and self.charter.effective > self.today

    @property
    def _due(self) -> list[str]:
        """Findings of the rules that depend on the current day; none if the day is that of the revision shown."""
        if self.successor and self.own.shown:
            return []
        case = RuleInput(self.charter, self.today)
        return [
            f"{finding.path} {finding.text}"
            for rule in RULES.values()
            if rule.needs == "day"
            for finding in rule.check(case)
        ]

    @property
    def readable_past(self) -> list[PastVersion]:
        """The earlier versions that have pages, oldest first."""
        return [version for version in self.past if version.charter is not None]

    @property
    def before(self) -> PastVersion | None:
        """The previous version, None for the first."""
        readable = self.readable_past
        return readable[-1] if readable else None


def label_in(version: PastVersion, item: tuple[str, str]) -> str:
    """The name of an item in a version; its id if the version lacks it."""
    kind, id_ = item
    found = version.charter.items(kind) if version.charter else ()
    return next((one.label for one in found if one.id == id_), id_)


def _listed(after: Successor) -> list[tuple[str, list[tuple[str, str]]]]:
    """The pages of the next version, sorted, for digests."""
    return sorted((url, list(there.items())) for url, there in after.urls.items())


def digest(data: bytes | None) -> str:
    """Hash of the content of a file, or of no content."""
    return hashlib.blake2b(data or b"", digest_size=20).hexdigest()
