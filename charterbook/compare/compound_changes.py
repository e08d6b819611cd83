"""The edits inside a split, a merge or a move: what an item said, and what its heirs say of it.

Each former item is compared with each of its heirs. A value is told where an heir says another one, and where no heir
says any; one that an heir keeps as it was is not told of the others. Where an item keeps its id, all of its edits are
told as they are without the compound change. A change here names the item that the value comes from as its `source`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from charterbook.charter import Charter
from charterbook.charter.base import Item, Part
from charterbook.charter.model_shape import shapes
from charterbook.compare.field_names import part_and_shape
from charterbook.compare.lookup import Sides
from charterbook.diff import Change, Data, Path, edits, heirs_within

#: Makes of an edit what readers are told: one change of what belongs together, several of a list.
Fold = Callable[[Change], list[Change]]


@dataclass(frozen=True)
class _HeirPair:
    """A former item and one of its heirs, with their paths and the edits from the one to the other."""

    old: Data
    new: Data
    source: Path
    path: Path
    edits: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Whether the item kept its id."""
        return bool(self.old["id"] == self.new["id"])

    def rest(self, change: Change) -> Path:
        """The path of an edit inside the item."""
        return change.path[len(self.path) :]

    def has(self, change: Change, other: _HeirPair) -> bool:
        """Whether an edit of another pair is one of this pair, too."""
        facts = change.kind, other.rest(change), change.old, change.new
        return any((edit.kind, self.rest(edit), edit.old, edit.new) == facts for edit in self.edits)


def regrouped(change: Change, sides: Sides, fold: Fold) -> Iterator[Change]:
    """The edits inside a split or a merge, heir by heir, then what no heir says."""
    pairs = _pairs(change, sides, fold)
    for heir in change.new:
        yield from _of_heir([pair for pair in pairs if pair.new is heir])
    for item in change.old:
        yield from _lost_values([pair for pair in pairs if pair.old is item])


def inside_move(change: Change, fold: Fold) -> Iterator[Change]:
    """The edits of an item that went to another list."""
    assert change.source is not None
    yield from _between(change.old, change.new, change.source, change.path, fold)


def _pairs(change: Change, sides: Sides, fold: Fold) -> list[_HeirPair]:
    place = change.path[:-1]
    found = []
    for before, after in heirs_within(change, sides.lineage):
        old, new = change.old[before], change.new[after]
        source, path = (*place, old["id"]), (*place, new["id"])
        found.append(_HeirPair(old, new, source, path, tuple(_between(old, new, source, path, fold))))
    return found


def _between(old: Data, new: Data, source: Path, path: Path, fold: Fold) -> Iterator[Change]:
    """All edits of one item. Its former place is named where that is another one."""
    for change in edits(path, old, new):
        moved = replace(change, source=(*source, *change.path[len(path) :])) if source != path else change
        yield from fold(moved)


def _of_heir(pairs: Sequence[_HeirPair]) -> Iterator[Change]:
    """What an heir says that none of the items before it said, or that one of them said otherwise."""
    same = next((pair for pair in pairs if pair.same), None)
    if same:
        yield from same.edits
    elif pairs:
        yield from _new_to_all(pairs)
        yield from _added_values(pairs)
    for pair in pairs:
        if not pair.same:
            yield from (
                change for change in pair.edits if change.kind == "changed" and not _is_apart(pair, change)
            )


def _is_apart(pair: _HeirPair, change: Change) -> bool:
    """Whether an edit is told elsewhere: a list by its elements, a name by the split or the merge itself."""
    part, shape = part_and_shape(Charter, change.path)
    return (shape.is_list and not shape.part) or pair.rest(change) == _label_path(part)


def _label_path(part: type[Part]) -> Path:
    return (part.label_key,) if issubclass(part, Item) else ()


def _new_to_all(pairs: Sequence[_HeirPair]) -> Iterator[Change]:
    """What the heir says and none of the items before it."""
    for change in pairs[0].edits:
        if change.kind == "added" and all(pair.has(change, pairs[0]) for pair in pairs):
            yield replace(change, source=None)


def _added_values(pairs: Sequence[_HeirPair]) -> Iterator[Change]:
    """What is in a list of the heir, and in that of none of the items before it."""
    path, heir = pairs[0].path, pairs[0].new
    for key in _lists(path):
        before = [value for pair in pairs for value in pair.old[key]]
        kept = [value for value in heir[key] if value in before]
        if kept != heir[key]:
            yield Change("changed", (*path, key), kept, heir[key])


def _lists(path: Path) -> list[str]:
    """The keys of an item that hold a list of plain values."""
    _, shape = part_and_shape(Charter, path)
    assert shape.part is not None
    return [key for key, one in shapes(shape.part).items() if one.is_list and not one.part and key != "was"]


def _lost_values(pairs: Sequence[_HeirPair]) -> Iterator[Change]:
    """What a former item said and none of its heirs says. Where one has its id, that one's edits tell it."""
    if not pairs or any(pair.same for pair in pairs):
        return
    source, item = pairs[0].source, pairs[0].old
    for change in pairs[0].edits:
        rest = pairs[0].rest(change)
        if change.kind == "removed" and all(pair.has(change, pairs[0]) for pair in pairs):
            yield replace(change, path=(*source, *rest), source=(*source, *rest))
    for key in _lists(source):
        kept = [value for value in item[key] if any(value in pair.new[key] for pair in pairs)]
        if kept != item[key]:
            yield Change("changed", (*source, key), item[key], kept, source=(*source, key))
