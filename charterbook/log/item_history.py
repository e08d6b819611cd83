"""The history of an item, as data. Events only index their own comparison here, for fast lookup."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Literal

from charterbook.charter import Charter, all_items
from charterbook.compare import Comparison, Statement
from charterbook.frozen_dataclass import dataclass
from charterbook.history import Revision
from charterbook.identity import ElementIdentity, Item, links, other_list

#: The kind of a history entry.
Act = Literal[
    "introduced",
    "returned",
    "renamed",
    "split",
    "merged",
    "moved",
    "retired",
    "reinstated",
    "changed",
    "removed",
]


@dataclass(frozen=True)
class Snapshot:
    """A charter at one time. `revision` is None for an uncommitted draft."""

    version: str
    revision: Revision | None
    charter: Charter


@dataclass(frozen=True)
class Event:
    """A snapshot, and the changes since the previous one. The first event has no comparison."""

    moment: Snapshot
    comparison: Comparison | None

    @cached_property
    def items(self) -> Mapping[Item, str]:
        """All items of the charter, with their names."""
        return {(kind, item.id): item.label for kind, item in all_items(self.moment.charter)}

    @cached_property
    def by_item(self) -> Mapping[Item, Sequence[Statement]]:
        """The statements about each item; those of a split or a merge are listed for all of its items."""
        found: dict[Item, list[Statement]] = defaultdict(list)
        for statement in self._statements:
            before, after = ends_of(statement)
            for item in dict.fromkeys([*before, *after]) or [statement.item]:
                if item is not None:
                    found[item].append(statement)
        return found

    @cached_property
    def by_section(self) -> Mapping[str, Sequence[Statement]]:
        """The statements about each section."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self._statements:
            found[statement.section].append(statement)
        return found

    @cached_property
    def origins(self) -> Mapping[Item, tuple[Item, ...]]:
        """The previous identities of items with a new identity, each with its own id first."""
        return _by_first((after, before) for before, after in self._identities)

    @cached_property
    def successors(self) -> Mapping[Item, tuple[Item, ...]]:
        """The new identities of previous items with a changed identity, each with its own id first."""
        return _by_first(self._identities)

    @cached_property
    def _identities(self) -> Sequence[tuple[Item, Item]]:
        """Pairs of an item and its successor."""
        return [pair for statement in self._statements for pair in _pairs(statement)]

    @property
    def _statements(self) -> tuple[Statement, ...]:
        return self.comparison.statements if self.comparison else ()


def _pairs(statement: Statement) -> Iterator[tuple[Item, Item]]:
    """Pairs of an item and its successor in a rename, a split, a merge or a move."""
    before, after = ends_of(statement)
    if statement.kind not in ("split", "merged"):
        yield from product(before, after)
        return
    old, new = (
        [ElementIdentity(item["id"], tuple(item.get("was", ()))) for item in side]
        for side in (statement.old, statement.new)
    )
    found = set(links(old, new))
    for one, other in product(range(len(before)), range(len(after))):
        if (one, other) in found or not found & set(product([one], range(len(after)))):
            yield before[one], after[other]


def _by_first(pairs: Iterable[tuple[Item, Item]]) -> Mapping[Item, tuple[Item, ...]]:
    """The second items by the first ones; equal items come first."""
    found: dict[Item, list[Item]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
    return {
        item: tuple(dict.fromkeys(sorted(others, key=lambda other: other != item)))
        for item, others in found.items()
    }


def ends_of(statement: Statement) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The items before and after a rename, a split, a merge or a move to a different list; else none."""
    kind, path, old, new = statement.kind, statement.path, statement.old, statement.new
    if kind in ("split", "merged"):
        before, after = (tuple((path[-2], item["id"]) for item in side) for side in (old, new))
        return before, after
    if kind == "renamed":
        return ((path[-2], old["id"]),), ((path[-2], new["id"]),)
    if kind == "moved" and len(path) > 1 and (other := other_list(path[-2])):
        return ((other, old["id"]),), ((path[-2], new["id"]),)
    return (), ()


@dataclass(frozen=True)
class HistoryEntry:
    """The changes of one event to the subject of a history.

    `name` is the item's name at that time; `statements` are those about it, the most severe first; it can be empty.
    """

    moment: Snapshot
    act: Act
    name: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class ItemHistory:
    """The history of an item or a section, oldest first.

    `kind` and `id` are the item's newest ones; a section has no kind. `places` has the item's identity and name at
    the end of each version with the item.
    """

    kind: str | None
    id: str
    name: str
    entries: tuple[HistoryEntry, ...]
    places: Mapping[str, tuple[Item, str]]

    @property
    def subject(self) -> str:
        """The item in the form `services/onboarding`; a section by its key."""
        return f"{self.kind}/{self.id}" if self.kind else self.id
