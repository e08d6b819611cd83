"""Edits inside a split, a merge or a move: each former item is compared with each of its successors.

A value is reported if a successor has a different one, or if no successor has one. A value that one successor has
unchanged is not reported for the others, except what a promise lost for the users of a service. An end date or a
request to users from one of the former items is new to the users of the others: it is reported for these. If only one
successor of a service still serves an audience, the audience has lost the promises of the others: they are reported.
If an item keeps its id, its edits are reported as without the compound change. The `source` of a change here is the
path of the value in the former item.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from charterbook.charter import Charter
from charterbook.charter.base import Item, Part
from charterbook.charter.model_shape import shapes
from charterbook.compare.field_names import part_and_shape
from charterbook.compare.lookup import Sides
from charterbook.diff import Change, Data, Path, edits, successor_positions
from charterbook.frozen_dataclass import dataclass

#: Groups the changes of an edit: related values into one change, a list into several.
Fold = Callable[[Change], list[Change]]


@dataclass(frozen=True)
class _SuccessorPair:
    """A former item and one of its successors, with their paths and the edits between them."""

    old: Data
    new: Data
    source: Path
    path: Path
    edits: tuple[Change, ...]

    @property
    def is_same_id(self) -> bool:
        """Whether the item has the same id."""
        return bool(self.old["id"] == self.new["id"])

    def rest(self, change: Change) -> Path:
        """The path of an edit inside the item."""
        return change.path[len(self.path) :]

    def has(self, change: Change, other: _SuccessorPair) -> bool:
        """Whether an edit of a different pair is also an edit of this one."""
        facts = change.kind, other.rest(change), change.old, change.new
        return any((edit.kind, self.rest(edit), edit.old, edit.new) == facts for edit in self.edits)

    def lost(self, rest: Path, value: Any) -> bool:
        """Whether the successor lacks a value of the former item, alone or with the value that contains it."""
        removed = [(self.rest(edit), edit.old) for edit in self.edits if edit.kind == "removed"]
        return (rest, value) in removed or _is_inside(rest, {path for path, _ in removed})


def compound_edits(change: Change, sides: Sides, fold: Fold) -> Iterator[Change]:
    """The edits inside a split or a merge, successor by successor, then the values that no successor has."""
    pairs = _pairs(change, sides, fold)
    for successor in change.new:
        yield from _successor_edits([pair for pair in pairs if pair.new is successor])
    for item in change.old:
        successors = [pair for pair in pairs if pair.old is item]
        yield from _lost_values(successors)
        yield from _lost_for_some(successors)
        yield from _lost_promises(successors)


def move_edits(change: Change, fold: Fold) -> Iterator[Change]:
    """The edits of an item that moved to a different list."""
    assert change.source is not None
    yield from _item_edits(change.old, change.new, change.source, change.path, fold)


def _pairs(change: Change, sides: Sides, fold: Fold) -> list[_SuccessorPair]:
    place = change.path[:-1]
    found = []
    for before, after in successor_positions(change, sides.lineage):
        old, new = change.old[before], change.new[after]
        source, path = (*place, old["id"]), (*place, new["id"])
        found.append(_SuccessorPair(old, new, source, path, tuple(_item_edits(old, new, source, path, fold))))
    return found


def _item_edits(old: Data, new: Data, source: Path, path: Path, fold: Fold) -> Iterator[Change]:
    """All edits of one item, with its former path if it has a new one."""
    for change in edits(path, old, new):
        moved = replace(change, source=(*source, *change.path[len(path) :])) if source != path else change
        yield from fold(moved)


def _successor_edits(pairs: Sequence[_SuccessorPair]) -> Iterator[Change]:
    """The values of a successor that no former item has, or that differ from a former item's."""
    with_same_id = next((pair for pair in pairs if pair.is_same_id), None)
    if with_same_id:
        yield from with_same_id.edits
    elif pairs:
        yield from _new_to_all(pairs)
        yield from _added_values(pairs)
    for pair in pairs:
        if not pair.is_same_id:
            yield from (
                change
                for change in pair.edits
                if change.kind == "changed" and not _is_reported_elsewhere(pair, change)
            )
            yield from _new_limits(pair, pairs)


#: What limits an item, or asks something of its users.
_LIMITS = ("since", "until", "asks", "hours_per_quarter", "hours_once", "gives")


def _new_limits(pair: _SuccessorPair, pairs: Sequence[_SuccessorPair]) -> Iterator[Change]:
    """The limits of a successor that one of the former items did not have, unless all of them lacked it.

    If one of them has the id of the successor, its own edits do not say so for the others.
    """
    for change in pair.edits:
        key = pair.rest(change)[-1]
        is_known = any(other.is_same_id or key in other.old for other in pairs)
        if change.kind == "added" and key in _LIMITS and is_known:
            yield change


def _is_reported_elsewhere(pair: _SuccessorPair, change: Change) -> bool:
    """Whether an edit is reported elsewhere: a list with its elements, a name with the split or merge."""
    part, shape = part_and_shape(Charter, change.path)
    return (shape.is_list and not shape.part) or pair.rest(change) == _label_path(part)


def _label_path(part: type[Part]) -> Path:
    return (part.label_key,) if issubclass(part, Item) else ()


def _new_to_all(pairs: Sequence[_SuccessorPair]) -> Iterator[Change]:
    """The values of a successor that no former item has."""
    for change in pairs[0].edits:
        if change.kind == "added" and all(pair.has(change, pairs[0]) for pair in pairs):
            yield replace(change, source=None)


def _added_values(pairs: Sequence[_SuccessorPair]) -> Iterator[Change]:
    """The list values of a successor that no former item has."""
    path, successor = pairs[0].path, pairs[0].new
    for key in _lists(path):
        before = [value for pair in pairs for value in pair.old[key]]
        common = [value for value in successor[key] if value in before]
        if common != successor[key]:
            yield Change("changed", (*path, key), common, successor[key])


def _lists(path: Path) -> list[str]:
    """The keys of an item with a list of plain values."""
    _, shape = part_and_shape(Charter, path)
    assert shape.part is not None
    return [key for key, one in shapes(shape.part).items() if one.is_list and not one.part and key != "was"]


def _lost_values(pairs: Sequence[_SuccessorPair]) -> Iterator[Change]:
    """The values of a former item that no successor has. If a successor has the same id, its edits report them."""
    if not pairs or any(pair.is_same_id for pair in pairs):
        return
    source, item = pairs[0].source, pairs[0].old
    for rest, change in _lost_parts(pairs):
        yield replace(change, path=(*source, *rest), source=(*source, *rest))
    for key in _lists(source):
        remaining = [value for value in item[key] if any(value in pair.new[key] for pair in pairs)]
        if remaining != item[key]:
            yield Change("changed", (*source, key), item[key], remaining, source=(*source, key))


def _lost_parts(pairs: Sequence[_SuccessorPair]) -> list[tuple[Path, Change]]:
    """The removals of values that no successor has, with their paths in the item; none of a value inside a removed one."""
    found: list[tuple[Path, Change]] = []
    for pair in pairs:
        for change in pair.edits:
            rest = pair.rest(change)
            is_known = any((rest, change.old) == (other, one.old) for other, one in found)
            if change.kind == "removed" and not is_known and all(one.lost(rest, change.old) for one in pairs):
                found.append((rest, change))
    whole = {rest for rest, _ in found}
    return [one for one in found if not _is_inside(one[0], whole)]


def _is_inside(path: Path, others: Collection[Path]) -> bool:
    """Whether a path leads into the value at one of the others."""
    return any(path[:end] in others for end in range(1, len(path)))


def _lost_for_some(pairs: Sequence[_SuccessorPair]) -> Iterator[Change]:
    """The values of promises that some users of a split service lost: only successors that do not serve them have these."""
    for pair in pairs:
        if "service_levels" not in pair.old or pair.is_same_id:
            continue
        users = {*pair.old["audiences"]} & {*pair.new["audiences"]}
        for change in pair.edits:
            rest = pair.rest(change)
            keeping = [other for other in pairs if not other.lost(rest, change.old)]
            served = {id_ for other in keeping for id_ in other.new["audiences"]}
            if change.kind == "removed" and len(rest) > _LEVEL and keeping and users - served:
                yield change


#: The length of the path of a promise in its service.
_LEVEL = 2


def _lost_promises(pairs: Sequence[_SuccessorPair]) -> Iterator[Change]:
    """The audiences that lost a promise of a split service: another successor serves them, but does not promise it."""
    for pair in pairs:
        if "service_levels" not in pair.old or pair.is_same_id:
            continue
        elsewhere = {id_ for other in pairs if other is not pair for id_ in other.new["audiences"]}
        before = pair.old["audiences"]
        lost = [
            id_
            for id_ in before
            if id_ not in pair.new["audiences"] and id_ in elsewhere and _promised(pair) - _kept(pairs, id_)
        ]
        if lost:
            remaining = [id_ for id_ in before if id_ not in lost]
            source = (*pair.source, "audiences")
            yield Change("changed", (*pair.path, "audiences"), before, remaining, source=source)


def _promised(pair: _SuccessorPair) -> set[str]:
    """The requests that a service promised to answer, and one of its successors still does."""
    return _requests(pair.old) & _requests(pair.new)


def _kept(pairs: Sequence[_SuccessorPair], audience: str) -> set[str]:
    """The requests that the successors of a service promise to answer for an audience."""
    return {request for pair in pairs if audience in pair.new["audiences"] for request in _requests(pair.new)}


def _requests(service: Data) -> set[str]:
    return {level["request"].casefold() for level in service["service_levels"]}
