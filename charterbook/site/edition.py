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
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from charterbook.charter import Charter, Item
from charterbook.history import History, Revision, Version
from charterbook.identity import Descent, states_of
from charterbook.identity import State as ItemState
from charterbook.pages import DocsPage, Pages, pages_of
from charterbook.rules import RULES, Case
from charterbook.versions import DRAFT

#: The address of the page that says what changed since the version before.
CHANGES = "changes/"

State = Literal["current", "superseded", "draft"]


@dataclass(frozen=True)
class Successor:
    """The version that came after: its name, and where it has a page of this version."""

    name: str
    urls: Mapping[str, str]


@dataclass(frozen=True)
class Past:
    """A version up to here: its charter, or None where no revision of it could be read.

    `charters` holds the charter of each revision, None for one that cannot be read.
    """

    name: str
    charter: Charter | None
    revisions: tuple[Revision, ...]
    shown: Revision | None
    pages: Pages
    content: str
    charters: tuple[Charter | None, ...] = ()

    @cached_property
    def states(self) -> tuple[ItemState, ...]:
        """The items of the charters of this version; it ends with the one that it shows."""
        shown = [self.charter] if self.charter else []
        return states_of([*(charter for charter in self.charters if charter is not None), *shown])

    @cached_property
    def identity(self) -> str:
        """A hash over what this version adds to a page of its own or of a later version."""
        shown = self.shown.commit if self.shown else ""
        told = [_told(revision) for revision in self.revisions]
        return _digest(json.dumps([self.name, self.content, shown, told, sorted(self.pages.urls)]).encode())


def _told(revision: Revision) -> list[str]:
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


class VersionDescent(Descent):
    """What became of items from version to version, through all charters in between."""

    def __init__(self, versions: Sequence[Past]) -> None:
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
    built once, does not know it. `lacks` are the pages of docs/ that it does not have and does not look at,
    `absent` those that are no page of it as they stand there.
    """

    name: str
    state: State
    charter: Charter
    pages: Pages
    own: Past
    past: tuple[Past, ...]
    successor: Successor | None
    canonical: frozenset[str]
    review_overdue: bool
    today: datetime.date
    lines: Mapping[str, int] = field(default_factory=dict)
    lacks: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()

    @cached_property
    def descent(self) -> VersionDescent:
        """What items were in the versions up to here."""
        return VersionDescent([*self.past, self.own])

    def formerly(self, older: Past, kind: str, id_: str) -> list[Item]:
        """What an item of this version was in an older one; the item with the same id comes first."""
        assert older.charter is not None
        names = self.descent.became((kind, id_), self.name, older.name)
        return [item for kind, name in names for item in older.charter.items(kind) if item.id == name]

    def identity(self) -> str:
        """All that this edition's pages depend on, apart from docs/, settings and program.

        Of the day, that is only what rules find because of it.
        """
        after = [self.successor.name, sorted(self.successor.urls.items())] if self.successor else None
        versions = [version.identity for version in (*self.past, self.own)]
        today = [self.review_overdue, self._due, sorted(self.lines.items())]
        return json.dumps([self.state, versions, after, sorted(self.canonical), today])

    @property
    def _due(self) -> list[str]:
        """What rules that look at the day find."""
        case = Case(self.charter, self.today)
        return [
            f"{finding.path} {finding.text}"
            for rule in RULES.values()
            if rule.needs == "day"
            for finding in rule.check(case)
        ]

    @property
    def readable_past(self) -> list[Past]:
        """The earlier versions that have pages, oldest first."""
        return [version for version in self.past if version.charter is not None]

    @property
    def before(self) -> Past | None:
        """The version before this one, None for the first."""
        readable = self.readable_past
        return readable[-1] if readable else None


def editions(
    history: History, docs: Sequence[DocsPage], today: datetime.date, lines: Mapping[str, int] | None = None
) -> list[Edition]:
    """All editions of a site, oldest first; the draft, if there is one, is the last."""
    lines = lines or {}
    past: list[Past] = []
    for version in history.versions:
        past.append(_past(version, docs, _readable(past)))
    readable = [index for index, version in enumerate(past) if version.charter is not None]
    latest = past[readable[-1]] if readable else None
    found = []
    for index, following in itertools.zip_longest(readable, readable[1:]):
        successor = None if following is None else _successor(past[index], past[following])
        found.append(
            _edition(docs, past[index], past[:index], successor, latest, today, {} if successor else lines)
        )
    if history.draft is not None:
        draft = history.draft.charter
        pages = pages_of(draft, docs, _readable(past))
        own = Past(DRAFT, draft, (), None, pages, _digest(history.draft.data))
        found.append(_edition(docs, own, past, None, latest, today, lines, state="draft"))
    return found


def _successor(own: Past, following: Past) -> Successor:
    """The version after one's own. Where an item became several, its page leads to the first of them."""
    descent = VersionDescent([own, following])
    urls = {url: url for url in own.pages.urls & following.pages.urls}
    for page in own.pages.pages:
        if page.kind and page.item:
            heirs = descent.became((page.kind, page.item), own.name, following.name)
            there = next(filter(None, (following.pages.item_url(*heir) for heir in heirs)), None)
            if there is not None:
                urls[page.url] = there
    return Successor(following.name, urls)


def _readable(past: Sequence[Past]) -> list[str]:
    """The names of the versions that have pages, oldest first."""
    return [version.name for version in past if version.charter is not None]


def _past(version: Version, docs: Sequence[DocsPage], older: Sequence[str]) -> Past:
    return Past(
        name=version.name,
        charter=version.charter,
        revisions=version.revisions,
        shown=version.shown,
        pages=Pages(()) if version.charter is None else pages_of(version.charter, docs, older),
        content=_digest(version.data),
        charters=version.charters,
    )


def _digest(data: bytes | None) -> str:
    return hashlib.blake2b(data or b"", digest_size=20).hexdigest()


def _edition(
    docs: Sequence[DocsPage],
    own: Past,
    past: Sequence[Past],
    successor: Successor | None,
    latest: Past | None,
    today: datetime.date,
    lines: Mapping[str, int],
    state: State | None = None,
) -> Edition:
    assert own.charter is not None
    review = own.charter.review
    overdue = successor is None and review is not None and review.next is not None and review.next < today
    return Edition(
        name=own.name,
        state=state or ("superseded" if successor else "current"),
        charter=own.charter,
        pages=own.pages,
        own=own,
        past=tuple(past),
        successor=successor,
        canonical=_same(own.pages) & latest.pages.urls if latest and state is None else frozenset(),
        review_overdue=overdue,
        today=own.shown.date.date() if successor and own.shown else today,
        lines=lines,
        lacks=lacks(own.pages, docs),
        absent=frozenset(page.source for page in docs) - own.pages.by_uri.keys(),
    )


def lacks(pages: Pages, docs: Sequence[DocsPage]) -> frozenset[str]:
    """The pages of docs/ that make no page of a version, where no page of it may include another file."""
    had = {page.source for page in pages.pages}
    if any(page.includes for page in docs if page.source in had):
        return frozenset()
    return frozenset(page.source for page in docs if page.source not in had)


def _same(pages: Pages) -> frozenset[str]:
    """The addresses at which every version says the same kind of thing; what a version changed is its own."""
    return frozenset(page.url for page in pages.pages if page.older is None and page.url != CHANGES)
