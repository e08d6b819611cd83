"""Identity of items: their section and path, and the same item in another charter.

An item has a permanent `id`; `was` declares a rename, a split or a merge. An item can move between the lists `out`
and `later`. All pages, comparisons, logs and feeds use this module. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from charterbook.charter import ITEM_LISTS, Charter

#: A kind and an id: an item at one time.
Item = tuple[str, str]

#: The section of the items of a kind, if it is not the kind itself.
_SECTION_OF = {
    "sources": "funding",
    "routes": "intake",
    "priorities": "intake",
    "out": "scope",
    "later": "scope",
    "shared": "scope",
    "meetings": "review",
    "actions": "review",
}

#: Pairs of lists between which an item can move without losing its identity.
_OTHER_LIST = {"out": "later", "later": "out"}

#: For each kind of item, pairs of a former id and its successor, as declared by the charters in between.
Lineage = Mapping[str, Set[tuple[str, str]]]


class ElementIdentity(NamedTuple):
    """The id of a list element, and its declared former ids."""

    id: str
    was: tuple[str, ...] = ()


#: The identities of all items of one charter by kind.
State = Mapping[str, tuple[ElementIdentity, ...]]


def section_of(kind: str) -> str:
    """The section of the items of a kind."""
    return _SECTION_OF.get(kind, kind)


def path_of(kind: str, id_: str | None = None) -> tuple[str, ...]:
    """The path of the list of a kind, or of an item in it."""
    section = section_of(kind)
    path = (kind,) if section == kind else (section, kind)
    return path if id_ is None else (*path, id_)


def item_at(charter: Charter, path: Sequence[str | int]) -> Item | None:
    """The item at the beginning of a path with positions, None if there is none."""
    for place, step in enumerate(path[:3]):
        if isinstance(step, int) and path[place - 1] in ITEM_LISTS:
            kind = str(path[place - 1])
            return kind, charter.items(kind)[step].id
    return None


def other_list(kind: str) -> str | None:
    """The list to which an item of this kind can move without losing its identity."""
    return _OTHER_LIST.get(kind)


def links(old: Sequence[ElementIdentity], new: Sequence[ElementIdentity]) -> Iterator[tuple[int, int]]:
    """Pairs of positions of an older and a newer element with the same identity."""
    before = {element.id: index for index, element in enumerate(old)}
    after = {element.id: index for index, element in enumerate(new)}
    for id_ in before.keys() & after.keys():
        yield before[id_], after[id_]
    for name, index in _declared(new, old, after):
        if name in before:
            yield before[name], index
    for name, index in _declared(old, new, before):
        if name in after:
            yield index, after[name]


def _declared(
    elements: Sequence[ElementIdentity], others: Sequence[ElementIdentity], positions: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """Former ids of one side's elements that the other side does not declare already.

    `was` is permanent. If both sides declare it, the rename happened earlier.
    """
    for index, element in enumerate(elements):
        related = [other for other in others if element.was and is_related(element, other)]
        known = {name for other in related for name in other.was if name != other.id}
        for name in element.was:
            if name not in known and positions.get(name) != index:
                yield name, index


def is_related(one: ElementIdentity, other: ElementIdentity) -> bool:
    """Whether two elements have the same id, or one has the other's among its former ids."""
    return one.id in (other.id, *other.was) or other.id in one.was


def state_of(charter: Charter) -> State:
    """The identities of a charter's items. Only kinds with items are included."""
    listed = ((kind, charter.items(kind)) for kind in ITEM_LISTS)
    return {
        kind: tuple(ElementIdentity(item.id, tuple(item.was)) for item in items)
        for kind, items in listed
        if items
    }


def states_of(charters: Iterable[Charter]) -> tuple[State, ...]:
    """The states of consecutive charters, without repetitions."""
    found: list[State] = []
    for state in map(state_of, charters):
        if not found or found[-1] != state:
            found.append(state)
    return tuple(found)


class ItemLineage:
    """The identities of items over a sequence of charters, oldest first.

    Positions count from 0; there are none before the first charter or after the last one.
    """

    def __init__(self, states: Sequence[State]) -> None:
        self._states = states

    def follow(self, item: Item, start: int, end: int) -> tuple[Item, ...]:
        """The identities in the charter at `end` of an item in the charter at `start`, in either direction of time.

        The item with its own id comes first. Several results mean a split or a merge; no result means that the item
        was removed. An item that was absent for a while is still the same item when it returns, also under a new id
        with its old id in `was`.
        """
        current: tuple[Item, ...] = (item,)
        if item in self._renamed:
            for index in range(start, end, 1 if end >= start else -1):
                steps = self._later[index] if end > start else self._earlier[index]
                current = tuple(dict.fromkeys(one for name in current for one in steps.get(name, (name,))))
        return tuple(one for one in dict.fromkeys((item, *current)) if self.has(one, end))

    @cached_property
    def all_items(self) -> frozenset[Item]:
        """All items of any of the charters."""
        return frozenset().union(*self._items)

    def has(self, item: Item, index: int) -> bool:
        """Whether the charter at a position has this item."""
        return item in self._items[index]

    def last_with(self, item: Item, before: int | None = None) -> int | None:
        """The position of the last charter with an item, before a position if given."""
        end = len(self._states) if before is None else before
        return next((index for index in reversed(range(end)) if self.has(item, index)), None)

    def first_with(self, item: Item, start: int = 0) -> int | None:
        """The position of the first charter with an item, from a position on."""
        return next((index for index in range(start, len(self._states)) if self.has(item, index)), None)

    def nearest(self, item: Item, end: int) -> tuple[Item, ...]:
        """The identities of an item at a position, followed from the nearest earlier charter with it, else a later
        one.
        """
        if self.has(item, end):
            return (item,)
        if item not in self._renamed:
            return ()
        start = self.last_with(item, end)
        start = self.first_with(item, end + 1) if start is None else start
        return () if start is None else self.follow(item, start, end)

    @cached_property
    def _renamed(self) -> frozenset[Item]:
        """The items with a rename, a split or a merge."""
        return frozenset(item for steps in (*self._later, *self._earlier) for item in steps if steps[item])

    @cached_property
    def _items(self) -> list[frozenset[Item]]:
        return [frozenset((kind, one.id) for kind in state for one in state[kind]) for state in self._states]

    @cached_property
    def _later(self) -> list[dict[Item, tuple[Item, ...]]]:
        """For each charter, the successors of its items in the next one, without items that only have themselves."""
        found: list[dict[Item, tuple[Item, ...]]] = []
        absent: State = {}
        for old, new in pairwise(self._states):
            steps = _steps(_joined(old, absent), new)
            ended = {item for item, successors in steps.items() if not successors}
            absent = _absent(_joined(old, absent), ended)
            found.append({item: successors for item, successors in steps.items() if successors})
        return found

    @cached_property
    def _earlier(self) -> list[Mapping[Item, tuple[Item, ...]]]:
        """For each charter, the predecessors of its items in the previous one; empty for the first."""
        return [{}, *map(_backwards, self._later)]


def _joined(state: State, absent: State) -> State:
    """The items of a charter, and those that ended earlier without a successor."""
    if not absent:
        return state
    return {kind: (*state.get(kind, ()), *absent.get(kind, ())) for kind in dict.fromkeys([*state, *absent])}


def _absent(old: State, ended: Set[Item]) -> State:
    """The items that ended, among those of a charter and earlier ones."""
    if not ended:
        return {}
    found = {kind: tuple(item for item in old[kind] if (kind, item.id) in ended) for kind in old}
    return {kind: items for kind, items in found.items() if items}


def _backwards(steps: Mapping[Item, Sequence[Item]]) -> dict[Item, tuple[Item, ...]]:
    """The predecessors of items, from the successors of the items before; each with its own id first."""
    found: dict[Item, list[Item]] = {}
    for old, successors in steps.items():
        for new in successors:
            found.setdefault(new, [] if new in steps else [new]).append(old)
    return {
        new: tuple(dict.fromkeys(sorted(items, key=lambda item: item != new))) for new, items in found.items()
    }


def _steps(here: State, there: State) -> dict[Item, tuple[Item, ...]]:
    """The successors of a charter's items in a neighbouring one, without items that only have themselves."""
    found: dict[Item, tuple[Item, ...]] = {}
    for kind, items in here.items():
        others = there.get(kind, ())
        if items is not others and items != others:
            found |= _steps_of_kind(kind, items, others)
    for (kind, id_), successors in list(found.items()):
        other = other_list(kind)
        if other and not successors:
            one = next(item for item in here[kind] if item.id == id_)
            known = {item.id for item in here.get(other, ())}
            arrived = (item for item in there.get(other, ()) if item.id not in known)
            found[kind, id_] = tuple((other, item.id) for item in arrived if is_related(one, item))
    return found


def _steps_of_kind(
    kind: str, here: Sequence[ElementIdentity], there: Sequence[ElementIdentity]
) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    successors: dict[int, set[int]] = {}
    for before, after in links(here, there):
        successors.setdefault(before, set()).add(after)
    for index, item in enumerate(here):
        ids = [there[after].id for after in sorted(successors.get(index, ()))]
        if ids != [item.id]:
            yield (kind, item.id), tuple((kind, id_) for id_ in sorted(ids, key=lambda id_: id_ != item.id))


def lineage(charters: Sequence[Charter]) -> Lineage:
    """The successors in the last charter of ids of the first one, from `was` in all charters, oldest first.

    `was` refers to the previous charter. So an item that was renamed twice, or that later lost its `was`, is still
    the same item in a comparison of distant charters. A merge is forgotten when the merged item returns: it was
    reverted.
    """
    found: dict[str, set[tuple[str, str]]] = {}
    states = [state_of(charter) for charter in charters]
    first = {kind: {one.id for one in items} for kind, items in states[0].items()}
    for old, new in pairwise(states):
        known = {kind: frozenset(pairs) for kind, pairs in found.items()}
        for kind, pairs in known.items():
            returned = {one.id for one in new.get(kind, ())} - {one.id for one in old.get(kind, ())}
            merged = {pair for pair in pairs if pair[0] in returned and pair[1] in first.get(kind, ())}
            found[kind] -= merged
        for kind, before, after in _renamed(old, new):
            if (after, before) in known.get(kind, ()):
                continue
            so_far = found.setdefault(kind, set())
            so_far |= {(name, after) for name, successor in so_far if successor == before} | {(before, after)}
    return found


def _renamed(old: State, new: State) -> Iterator[tuple[str, str, str]]:
    for kind in old.keys() & new.keys():
        before, after = old[kind], new[kind]
        if before != after and any(item.was for item in (*before, *after)):
            for one, other in links(before, after):
                if before[one].id != after[other].id:
                    yield kind, before[one].id, after[other].id
