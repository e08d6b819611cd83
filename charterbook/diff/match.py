"""Match the elements of two lists: by key, then by `was`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from charterbook import identity
from charterbook.diff.change import Change, Data, key_of
from charterbook.frozen_dataclass import dataclass
from charterbook.identity import Lineage


@dataclass(frozen=True)
class MatchedGroup:
    """Related elements: their positions in the older and in the newer list (from 0).

    One to one is the same element, perhaps renamed; one to none is a removal, none to one an addition; one to several
    is a split, several to one or several a merge.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]


def groups(field: str, old: Sequence[Data], new: Sequence[Data], lineage: Lineage) -> list[MatchedGroup]:
    """The groups of related elements, in the order of the newer list, removed ones at the end."""
    linked = defaultdict(list)
    for before, after in links(field, old, new, lineage):
        linked["old", before].append(("new", after))
        linked["new", after].append(("old", before))
    found, seen = [], set[tuple[str, int]]()
    starts = [("new", index) for index in range(len(new))] + [("old", index) for index in range(len(old))]
    for start in starts:
        if start not in seen:
            members = _connected(start, linked)
            seen |= members
            found.append(MatchedGroup(_positions("old", members), _positions("new", members)))
    return found


def _connected(
    start: tuple[str, int], linked: dict[tuple[str, int], list[tuple[str, int]]]
) -> set[tuple[str, int]]:
    members, pending = {start}, [start]
    while pending:
        for other in linked.get(pending.pop(), ()):
            if other not in members:
                members.add(other)
                pending.append(other)
    return members


def _positions(side: str, members: set[tuple[str, int]]) -> tuple[int, ...]:
    return tuple(sorted(index for name, index in members if name == side))


def successor_positions(change: Change, lineage: Lineage) -> list[tuple[int, int]]:
    """Pairs of old and new items inside a split or a merge: positions in its `old` and its `new`."""
    return sorted(set(links(change.path[-2], change.old, change.new, lineage)))


def links(
    field: str, old: Sequence[Data], new: Sequence[Data], lineage: Lineage
) -> Iterator[tuple[int, int]]:
    """Pairs of positions of an older and a newer element with the same identity.

    A rename or a merge in between counts unless it was reverted: then both of its elements are in both lists.
    """
    before, after = ([_named(element, field) for element in side] for side in (old, new))
    yield from identity.links(before, after)
    old_at, new_at = ({one.id: index for index, one in enumerate(side)} for side in (before, after))
    for name, successor in sorted(lineage.get(field, ())):
        is_reverted = name in new_at and successor in old_at
        if name in old_at and successor in new_at and not is_reverted:
            yield old_at[name], new_at[successor]


def _named(element: Data, field: str) -> identity.ElementIdentity:
    return identity.ElementIdentity(key_of(element, field), tuple(element.get("was", ())))
