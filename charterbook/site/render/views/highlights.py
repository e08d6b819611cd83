"""Added and removed items since the previous version, and the effective date of a charter."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from charterbook.charter import Charter, Item
from charterbook.compare import Comparison, Statement
from charterbook.frozen_dataclass import dataclass
from charterbook.site.edition import Edition, PastVersion

#: Kinds with additions and removals shown on the home page.
_KINDS = ("services", "audiences", "metrics")


_State = Literal["added", "removed", "renamed", "merged", "split", "retired"]


@dataclass(frozen=True)
class ItemNews:
    """An item added, removed, renamed, merged or split since the previous version; `was` are the former items."""

    kind: str
    item: Item
    state: _State
    was: tuple[Item, ...] = ()


def item_news(edition: Edition) -> list[ItemNews]:
    """Added, removed, renamed, merged and split services, audiences and metrics, by id, removals first."""
    if edition.before is None or edition.before.charter is None:
        return []
    found = []
    for kind in _KINDS:
        found += _item_news_of_kind(kind, edition, edition.before)
    return sorted(found, key=lambda one: one.state not in ("removed", "retired"))


def weakened(comparison: Comparison) -> list[Statement]:
    """Weakened promises and targets, the most important first.

    `item_news` lists removed items.
    """
    return [
        statement
        for statement in comparison.ranked
        if statement.is_weakened
        and statement.severity == "commitment"
        and not (statement.kind == "removed" and statement.path[:-1] in {(kind,) for kind in _KINDS})
    ]


def _item_news_of_kind(kind: str, edition: Edition, before: PastVersion) -> list[ItemNews]:
    assert before.charter is not None
    pairs = [(item, edition.former_items(before, kind, item.id)) for item in edition.charter.items(kind)]
    continued = Counter(one.id for _, former in pairs for one in former)
    found = [
        ItemNews(kind, item, state, tuple(former))
        for item, former in pairs
        if (state := _state(item, former, continued)) is not None
    ]
    gone = [item for item in before.charter.items(kind) if item.id not in continued]
    return found + [ItemNews(kind, item, "removed") for item in gone]


def _state(item: Item, former: Sequence[Item], continued: Mapping[str, int]) -> _State | None:
    """What happened to an item; None if it is the same. `continued` counts the successors of each former item."""
    if not former:
        return "added"
    if len(former) > 1:
        return "merged"
    (was,) = former
    if was.id != item.id:
        return "split" if continued[was.id] > 1 else "renamed"
    return "retired" if item.is_retired and not was.is_retired else None


def in_force_since(edition: Edition) -> datetime.date | None:
    """First day in force of the version. A draft has no such day, unless it is for a later one."""
    own = edition.own
    if edition.state == "draft" and not edition.starts_later:
        return None
    if own.in_force is None:
        return own.begins if edition.state == "upcoming" else None
    return own.in_force


def decisions(charter: Charter) -> list[tuple[str, int]]:
    """Number of sign-offs for each decision, in order of first appearance."""
    return (
        list(Counter(signed.decision for signed in charter.review.sign_offs).items())
        if charter.review
        else []
    )
