"""What one version of the site shows, and which editions a site has.

An edition is all that the pages of one version depend on, as data: it depends on itself, on what
came before it, and of what comes later only on its successor's name and pages. It can be sent to
another process and hashed.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from charterbook.charter import Charter, Item
from charterbook.history import History, Revision, Version
from charterbook.identity import ItemLineage, states_of
from charterbook.identity import State as ItemState
from charterbook.pages import DocsPage, Pages, pages_of
from charterbook.rules import RULES, RuleInput
from charterbook.versions import DRAFT

#: The address of the page that says what changed since the version before.
CHANGES = "changes/"

State = Literal["current", "superseded", "upcoming", "draft"]


@dataclass(frozen=True)
class Successor:
    """The version that came after: its name, and where it has a page of this version.

    An item that became several has several pages there, each with its name; one that is still one has no name here.
    """

    name: str
    urls: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Upcoming(Successor):
    """The version that comes next: also its first day in force, and the moment at which that begins (ISO 8601)."""

    begins: datetime.date
    moment: str


@dataclass(frozen=True)
class PastVersion:
    """A version up to here: its charter, or None where no revision of it could be read.

    `charters` holds the charter of each revision, None for one that cannot be read. `begins` and `ends` are the days
    that it covers, None for a draft.
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

    @cached_property
    def states(self) -> tuple[ItemState, ...]:
        """The items of the charters of this version; it ends with the one that it shows."""
        shown = [self.charter] if self.charter else []
        return states_of([*(charter for charter in self.charters if charter is not None), *shown])

    @cached_property
    def identity(self) -> str:
        """A hash over what this version adds to a page of its own or of a later version."""
        shown = self.shown.commit if self.shown else ""
        told = [_remarks(revision) for revision in self.revisions]
        days = [str(self.begins), str(self.ends)]
        return _digest(
            json.dumps([self.name, self.content, shown, told, sorted(self.pages.urls), days]).encode()
        )


def _remarks(revision: Revision) -> list[str]:
    """All that a page may tell of a revision."""
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
    """What became of items from version to version, through all charters in between."""

    def __init__(self, versions: Sequence[PastVersion]) -> None:
        super().__init__([state for version in versions for state in version.states])
        ends = itertools.accumulate(len(version.states) for version in versions)
        self._ends = {version.name: end - 1 for version, end in zip(versions, ends, strict=True)}

    def became(self, item: tuple[str, str], start: str, end: str) -> tuple[tuple[str, str], ...]:
        """What an item of one version is in another, in either direction of time."""
        return self.follow(item, self._ends[start], self._ends[end])

    def in_version(self, item: tuple[str, str], name: str) -> tuple[tuple[str, str], ...]:
        """What an item is in a version, whenever it had this id."""
        return self.nearest(item, self._ends[name])


@dataclass(frozen=True)
class Edition:
    """One version of the site. `past` holds the versions before it, oldest first.

    `today` is the day by which it is judged: of a superseded version that of the revision it shows.
    `lines` says where each section and item stands in the published charter; a superseded version, which is
    built once, does not know it. `next` is the upcoming version after one in force, or after another upcoming one.
    `holds` names the version that is in force until an upcoming one or a draft is, None where there is none, and `moment` is when
    its first day begins (ISO 8601). `is_latest` tells that latest/ shows this edition. `lacks` are the pages of docs/ that it does not have and does not look at,
    `absent` those that are no page of it as they stand there.
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
    holds: str | None = None
    moment: str = ""

    @cached_property
    def descent(self) -> VersionLineage:
        """What items were in the versions up to here."""
        return VersionLineage([*self.past, self.own])

    def formerly(self, older: PastVersion, kind: str, id_: str) -> list[Item]:
        """What an item of this version was in an older one; the item with the same id comes first."""
        assert older.charter is not None
        names = self.descent.became((kind, id_), self.name, older.name)
        return [item for kind, name in names for item in older.charter.items(kind) if item.id == name]

    def identity(self) -> str:
        """All that this edition's pages depend on, apart from docs/, settings and program.

        Of the day, that is only what rules find because of it.
        """
        after = [self.successor.name, _listed(self.successor)] if self.successor else None
        ahead = [self.next.name, self.next.moment, _listed(self.next)] if self.next else None
        versions = [version.identity for version in (*self.past, self.own)]
        today = [self.review_overdue, self._due, sorted(self.lines.items())]
        until = [self.holds, self.moment, self.starts_later]
        return json.dumps([self.state, versions, after, ahead, until, sorted(self.canonical), today])

    @property
    def starts_later(self) -> bool:
        """Whether the charter that is shown says that it holds from a day that has not come yet."""
        return self.charter.effective is not None and self.charter.effective > self.today

    @property
    def _due(self) -> list[str]:
        """What rules that look at the day find."""
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
        """The version before this one, None for the first."""
        readable = self.readable_past
        return readable[-1] if readable else None


def editions(
    history: History,
    docs: Sequence[DocsPage],
    today: datetime.date,
    lines: Mapping[str, int] | None = None,
    zone: datetime.tzinfo = datetime.UTC,
) -> list[Edition]:
    """All editions of a site, oldest first; the draft, if there is one, is the last.

    `today` and the first days of versions are days in the time zone `zone`.
    """
    past: list[PastVersion] = []
    for version in history.versions:
        past.append(_past(version, docs, _readable(past)))
    maker = _EditionMaker(history, docs, past, today, lines or {}, zone)
    found = [maker.published(place) for place in range(len(maker.readable))]
    if history.draft is not None:
        draft = history.draft.charter
        pages = pages_of(draft, docs, _readable(past))
        found.append(maker.draft(PastVersion(DRAFT, draft, (), None, pages, _digest(history.draft.data))))
    return found


class _EditionMaker:
    """Makes the editions of a history from its versions, which are given oldest first."""

    def __init__(
        self,
        history: History,
        docs: Sequence[DocsPage],
        past: Sequence[PastVersion],
        today: datetime.date,
        lines: Mapping[str, int],
        zone: datetime.tzinfo,
    ) -> None:
        self.docs, self.past, self.today, self.lines, self.zone = docs, past, today, lines, zone
        self.readable = [index for index, version in enumerate(past) if version.charter is not None]
        in_force = history.in_force
        self.at = next((n for n, i in enumerate(self.readable) if history.versions[i] == in_force), -1)
        self.begun = in_force is not None and not in_force.upcoming

    def published(self, place: int) -> Edition:
        """The edition of the readable version at this place."""
        own, following = self.past[self.readable[place]], self._version(place + 1)
        if place < self.at and following is not None:
            return self._edition(own, "superseded", successor=_successor(own, following))
        state: State = "current" if place == self.at and self.begun else "upcoming"
        return replace(
            self._edition(own, state),
            is_latest=place == self.at,
            next=self._upcoming(own, following),
            holds=self._holds if state == "upcoming" else None,
            moment=self._moment(own) if state == "upcoming" else "",
        )

    def draft(self, own: PastVersion) -> Edition:
        """The edition of what is not published yet."""
        return replace(self._edition(own, "draft", past=self.past), holds=self._holds)

    @property
    def _holds(self) -> str | None:
        return self.past[self.readable[self.at]].name if self.readable and self.begun else None

    def _version(self, place: int) -> PastVersion | None:
        return self.past[self.readable[place]] if place < len(self.readable) else None

    def _upcoming(self, own: PastVersion, following: PastVersion | None) -> Upcoming | None:
        if following is None or following.begins is None:
            return None
        after = _successor(own, following)
        return Upcoming(after.name, after.urls, following.begins, self._moment(following))

    def _moment(self, version: PastVersion) -> str:
        """When the first day of a version begins; empty where that is not known."""
        if version.begins is None:
            return ""
        return datetime.datetime.combine(version.begins, datetime.time(), self.zone).isoformat()

    def _edition(
        self,
        own: PastVersion,
        state: State,
        *,
        past: Sequence[PastVersion] | None = None,
        successor: Successor | None = None,
    ) -> Edition:
        assert own.charter is not None
        latest = self._version(self.at) if self.readable else None
        return Edition(
            name=own.name,
            state=state,
            charter=own.charter,
            pages=own.pages,
            own=own,
            past=tuple(self.past[: self.past.index(own)] if past is None else past),
            successor=successor,
            canonical=_same(own.pages) & latest.pages.urls if latest and state != "draft" else frozenset(),
            review_overdue=successor is None and _is_overdue(own.charter, self.today),
            today=own.shown.date.date() if successor and own.shown else self.today,
            lines={} if successor else self.lines,
            lacks=lacks(own.pages, self.docs),
            absent=frozenset(page.source for page in self.docs) - own.pages.by_uri.keys(),
        )


def _is_overdue(charter: Charter, today: datetime.date) -> bool:
    return charter.review is not None and charter.review.next is not None and charter.review.next < today


def _successor(own: PastVersion, following: PastVersion) -> Successor:
    """The version after one's own. Where an item became several, its page leads to all of them."""
    descent = VersionLineage([own, following])
    urls: dict[str, Mapping[str, str]] = {url: {url: ""} for url in own.pages.urls & following.pages.urls}
    for page in own.pages.pages:
        if page.kind and page.item:
            heirs = descent.became((page.kind, page.item), own.name, following.name)
            there = {
                url: label_in(following, heir) for heir in heirs if (url := following.pages.item_url(*heir))
            }
            if there:
                urls[page.url] = there if len(there) > 1 else dict.fromkeys(there, "")
    return Successor(following.name, urls)


def label_in(version: PastVersion, item: tuple[str, str]) -> str:
    """The name of an item in a version."""
    kind, id_ = item
    found = version.charter.items(kind) if version.charter else ()
    return next((one.label for one in found if one.id == id_), id_)


def _listed(after: Successor) -> list[tuple[str, list[tuple[str, str]]]]:
    """The pages of a version that came after, in a settled order."""
    return sorted((url, list(there.items())) for url, there in after.urls.items())


def _readable(past: Sequence[PastVersion]) -> list[str]:
    """The names of the versions that have pages, oldest first."""
    return [version.name for version in past if version.charter is not None]


def _past(version: Version, docs: Sequence[DocsPage], older: Sequence[str]) -> PastVersion:
    return PastVersion(
        name=version.name,
        charter=version.charter,
        revisions=version.revisions,
        shown=version.shown,
        pages=Pages(()) if version.charter is None else pages_of(version.charter, docs, older),
        content=_digest(version.data),
        charters=version.charters,
        begins=version.begins,
        ends=version.ends,
    )


def _digest(data: bytes | None) -> str:
    return hashlib.blake2b(data or b"", digest_size=20).hexdigest()


def lacks(pages: Pages, docs: Sequence[DocsPage]) -> frozenset[str]:
    """The pages of docs/ that make no page of a version, where no page of it may include another file."""
    had = {page.source for page in pages.pages}
    if any(page.includes for page in docs if page.source in had):
        return frozenset()
    return frozenset(page.source for page in docs if page.source not in had)


def _same(pages: Pages) -> frozenset[str]:
    """The addresses at which every version says the same kind of thing; what a version changed is its own."""
    return frozenset(page.url for page in pages.pages if page.older is None and page.url != CHANGES)
