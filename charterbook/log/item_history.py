"""What a log says, as data. Only what an event holds is arranged here, so that stories find it at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from charterbook.charter import Charter, all_items
from charterbook.compare import Comparison, Statement
from charterbook.history import Revision

#: A kind and an id: an item at one moment.
Item = tuple[str, str]

#: What happened to the subject of a story, in one word.
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
class Moment:
    """A charter at one point of its history. `revision` is None for a draft, which is not committed yet."""

    version: str
    revision: Revision | None
    charter: Charter


@dataclass(frozen=True)
class Event:
    """A moment, and what changed since the moment before. The first one has nothing to be compared with."""

    moment: Moment
    comparison: Comparison | None

    @cached_property
    def items(self) -> Mapping[Item, str]:
        """All items that the charter has, with their names."""
        return {(kind, item.id): item.label for kind, item in all_items(self.moment.charter)}

    @cached_property
    def by_item(self) -> Mapping[Item, Sequence[Statement]]:
        """The statements about each item; those of a split or a merge stand with all items that it joins."""
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
        """What the items with a new identity were a moment before."""
        both = map(ends_of, self._statements)
        return {item: before for before, after in both for item in after}

    @cached_property
    def heirs(self) -> Mapping[Item, tuple[Item, ...]]:
        """What became of the items of a moment before that got a new identity."""
        both = map(ends_of, self._statements)
        return {item: after for before, after in both for item in before}

    @property
    def _statements(self) -> tuple[Statement, ...]:
        return self.comparison.statements if self.comparison else ()


def ends_of(statement: Statement) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The items before and after a rename, a split, a merge or a move to another list; else nothing."""
    kind, path, old, new = statement.kind, statement.path, statement.old, statement.new
    if kind in ("split", "merged"):
        before, after = (tuple((path[-2], item["id"]) for item in side) for side in (old, new))
        return before, after
    if kind == "renamed":
        return ((path[-2], old["id"]),), ((path[-2], new["id"]),)
    if kind == "moved" and len(path) > 1 and path[-2] in _OTHER_LIST:
        return ((_OTHER_LIST[path[-2]], old["id"]),), ((path[-2], new["id"]),)
    return (), ()


#: What is out of scope may become what is done later, and the reverse.
_OTHER_LIST = {"out": "later", "later": "out"}


@dataclass(frozen=True)
class Entry:
    """What one moment did to the subject of a story.

    `name` is what people called it then; `statements` are those about it, the gravest first, and may be none.
    """

    moment: Moment
    act: Act
    name: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Story:
    """All that happened to an item or a section, oldest first.

    `kind` and `id` are the item's newest ones; a section has no kind. `places` tells what the item was, and by
    what name, at the end of each version that had it.
    """

    kind: str | None
    id: str
    name: str
    entries: tuple[Entry, ...]
    places: Mapping[str, tuple[Item, str]]

    @property
    def subject(self) -> str:
        """The item as people write it, `services/onboarding`; a section by its key."""
        return f"{self.kind}/{self.id}" if self.kind else self.id
