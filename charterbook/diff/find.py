"""The changes between two charters, in the order of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from charterbook.charter import ITEM_LISTS, Charter
from charterbook.charter.base import Item, Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.diff.change import UNNAMED, Change, Data, Path, key_of, plain
from charterbook.diff.match import MatchedGroup, groups
from charterbook.identity import ElementIdentity, Lineage, is_related, other_list, path_of


def diff(old: Charter, new: Charter, lineage: Lineage | None = None) -> list[Change]:
    """All differences, so that `apply(diff(old, new), old) == new`. Empty for equal charters.

    `lineage` contains the renames declared by charters between the two.
    """
    return _between_lists(list(_mapping(Charter, (), plain(old), plain(new), lineage or {})))


def edits(path: Path, old: Data, new: Data) -> list[Change]:
    """The differences between two items except for their ids, at the path of the newer one."""
    model: type[Part] = Charter
    for key in path[:-1]:
        model = shapes(model)[key].part or model
    return list(_mapping(model, path, old | {key: new[key] for key in ("id", "was")}, new, {}))


def _mapping(model: type[Part], path: Path, old: Data, new: Data, lineage: Lineage) -> Iterator[Change]:
    for key, shape in shapes(model).items():
        if old.get(key) != new.get(key):
            yield from _value(shape, (*path, key), old.get(key), new.get(key), lineage)


def _value(shape: Shape, path: Path, old: Any, new: Any, lineage: Lineage) -> Iterator[Change]:
    if old is None or new is None:
        yield Change("added" if old is None else "removed", path, old, new)
    elif shape.is_list:
        yield from _list(shape, path, old, new, lineage)
    elif shape.part:
        yield from _mapping(shape.part, path, old, new, lineage)
    else:
        yield Change("changed", path, old, new)


def _list(shape: Shape, path: Path, old: list[Any], new: list[Any], lineage: Lineage) -> Iterator[Change]:
    if (
        shape.part
        and path[-1] not in UNNAMED
        and _has_unique_keys(path[-1], old)
        and _has_unique_keys(path[-1], new)
    ):
        yield from _elements(shape.part, path, old, new, lineage)
    else:
        same = len(old) == len(new) and all(old.count(value) == new.count(value) for value in old)
        yield Change("moved" if same else "changed", path, old, new)


def _has_unique_keys(field: str, elements: Sequence[Data]) -> bool:
    return len({key_of(element, field) for element in elements}) == len(elements)


def _elements(
    model: type[Part], path: Path, old: list[Data], new: list[Data], lineage: Lineage
) -> Iterator[Change]:
    found = groups(path[-1], old, new, lineage)
    yield from chain.from_iterable(_group(group, path, old, new) for group in found)
    matched = [group for group in found if (len(group.old), len(group.new)) == (1, 1)]
    yield from _order(path, [(group.old[0], key_of(new[group.new[0]], path[-1])) for group in matched])
    for group in matched:
        before, after = old[group.old[0]], new[group.new[0]]
        if before is after:
            continue
        if issubclass(model, Item) and before["id"] != after["id"]:
            before = before | {key: after[key] for key in ("id", "was")}
        yield from _mapping(model, (*path, key_of(after, path[-1])), before, after, lineage)


def _group(group: MatchedGroup, path: Path, old: list[Data], new: list[Data]) -> Iterator[Change]:
    """The change of a group as a whole; nothing for an element with the same key."""
    before, after = [old[index] for index in group.old], [new[index] for index in group.new]
    key = key_of((after or before)[0], path[-1])
    if not before:
        yield Change("added", (*path, key), None, after[0], group.new)
    elif not after:
        yield Change("removed", (*path, key), before[0], None, ())
    elif len(before) > 1 or len(after) > 1:
        kind = "split" if len(before) == 1 else "merged"
        key = key_of(before[0], path[-1]) if kind == "split" else key
        yield Change(kind, (*path, key), tuple(before), tuple(after), group.new)  # type: ignore[arg-type]
    elif key_of(before[0], path[-1]) != key:
        names = [{"id": element["id"], "was": element["was"]} for element in (before[0], after[0])]
        yield Change("renamed", (*path, key), names[0], names[1], group.new)


def _order(path: Path, matched: Sequence[tuple[int, str]]) -> Iterator[Change]:
    """A change of order. `matched` are the unchanged elements in the newer order, with their older positions."""
    before = tuple(key for _, key in sorted(matched))
    after = tuple(key for _, key in matched)
    if before != after:
        yield Change("moved", path, before, after)


def _between_lists(changes: list[Change]) -> list[Change]:
    """Replace a removal and an addition of one item in sibling lists by a move."""
    for kind in ITEM_LISTS:
        other = other_list(kind)
        if other is None:
            continue
        here, there = path_of(kind), path_of(other)
        for removed in [change for change in changes if _is(change, "removed", here)]:
            for added in [change for change in changes if _is(change, "added", there)]:
                if _same_item(removed.old, added.new):
                    moved = replace(added, kind="moved", old=removed.old, source=removed.path)
                    changes = [
                        moved if change is added else change for change in changes if change is not removed
                    ]
                    break
    return changes


def _is(change: Change, kind: str, path: Path) -> bool:
    return change.kind == kind and change.path[:-1] == path and change.at is not None


def _same_item(old: Data, new: Data) -> bool:
    return is_related(*(ElementIdentity(data["id"], tuple(data["was"])) for data in (old, new)))
