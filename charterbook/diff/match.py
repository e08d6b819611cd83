"""Which elements of an older list are which of a newer one: by what they are known by, then by `was`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from charterbook.diff.change import Change, Data, key_of

#: Of each kind of item, former ids with what became of them, as charters in between have declared it.
Lineage = Mapping[str, Set[tuple[str, str]]]


@dataclass(frozen=True)
class Group:
    """Elements that belong together: the positions in the older and in the newer list (from 0).

    One to one is the same element, perhaps renamed; one to none removed, none to one added; one to several
    is a split; several to one, or to several, a merge.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]


def groups(field: str, old: Sequence[Data], new: Sequence[Data], lineage: Lineage) -> list[Group]:
    """The connected elements of two lists, in the order of the newer list, removed ones at the end."""
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
            found.append(Group(_positions("old", members), _positions("new", members)))
    return found


def _connected(
    start: tuple[str, int], linked: dict[tuple[str, int], list[tuple[str, int]]]
) -> set[tuple[str, int]]:
    members, waiting = {start}, [start]
    while waiting:
        for other in linked.get(waiting.pop(), ()):
            if other not in members:
                members.add(other)
                waiting.append(other)
    return members


def _positions(side: str, members: set[tuple[str, int]]) -> tuple[int, ...]:
    return tuple(sorted(index for name, index in members if name == side))


def heirs_within(change: Change, lineage: Lineage) -> list[tuple[int, int]]:
    """Which of the items of a split or a merge became which: positions in its `old` and its `new`."""
    return sorted(set(links(change.path[-2], change.old, change.new, lineage)))


def links(
    field: str, old: Sequence[Data], new: Sequence[Data], lineage: Lineage
) -> Iterator[tuple[int, int]]:
    """The positions of an older and a newer element that are the same one, or of which one became the other."""
    before = {key_of(element, field): index for index, element in enumerate(old)}
    after = {key_of(element, field): index for index, element in enumerate(new)}
    for key in before.keys() & after.keys():
        yield before[key], after[key]
    for name, index in _declared(new, old, after):
        if name in before:
            yield before[name], index
    for name, index in _declared(old, new, before):
        if name in after:
            yield index, after[name]
    for name, heir in sorted(lineage.get(field, ())):
        if name in before and heir in after:
            yield before[name], after[heir]


def _declared(
    heirs: Sequence[Data], others: Sequence[Data], positions: dict[str, int]
) -> Iterator[tuple[str, int]]:
    """Former ids of one side's items that the other side does not know of already.

    `was` stays in the file for ever. Where both sides declare it, it tells of an earlier time.
    """
    for index, element in enumerate(heirs):
        was = element.get("was", ())
        related = [other for other in others if was and _related(element, other)]
        known = {name for other in related for name in other["was"] if name != other["id"]}
        for name in was:
            if name not in known and positions.get(name) != index:
                yield name, index


def _related(one: Data, other: Data) -> bool:
    return one["id"] in (other["id"], *other["was"]) or other["id"] in one["was"]
