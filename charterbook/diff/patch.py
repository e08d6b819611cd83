"""Apply changes to a charter."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from charterbook.charter import Charter
from charterbook.diff.change import Change, Data, Path, key_of, plain


def apply(changes: Iterable[Change], old: Charter) -> Charter:
    """The charter that results from applying the changes of `diff(old, new)` to `old`.

    Raises KeyError or ValueError (pydantic's ValidationError) for changes of a different charter.
    """
    data = copy.deepcopy(plain(old))
    fields: list[Change] = []
    lists: dict[Path, list[Change]] = defaultdict(list)
    for change in changes:
        if change.at is not None:
            lists[change.path[:-1]].append(change)
        elif change.kind == "moved" and isinstance(change.new, tuple):
            lists[change.path].append(change)
        else:
            fields.append(change)
    for change in [change for found in lists.values() for change in found if change.source]:
        assert change.source is not None
        lists[change.source[:-1]].append(Change("removed", change.source, change.old, None, ()))
    for path in sorted(lists, key=len):
        _parent(data, path)[path[-1]] = _rebuilt(path[-1], _parent(data, path)[path[-1]], lists[path])
    for change in fields:
        _set(_parent(data, change.path), change)
    return Charter.model_validate(copy.deepcopy(data))


def _set(mapping: Data, change: Change) -> None:
    if change.new is None:
        del mapping[change.path[-1]]
    else:
        mapping[change.path[-1]] = change.new


def _parent(data: Data, path: Path) -> Data:
    """The mapping that contains the last key of a path."""
    value: Any = data
    field = ""
    for step in path[:-1]:
        if isinstance(value, list):
            value = {key_of(element, field): element for element in value}
        value, field = value[step], step
    if isinstance(value, list):
        raise KeyError(path)
    return value  # type: ignore[no-any-return]


def _rebuilt(field: str, elements: Sequence[Data], changes: Sequence[Change]) -> list[Data]:
    """A list after renames, removals, a new order and additions of its elements, applied in this order."""
    by_key = {key_of(element, field): element for element in elements}
    for change in changes:
        if change.kind == "renamed":
            by_key = {
                change.new["id"] if key == change.old["id"] else key: element | change.new
                if key == change.old["id"]
                else element
                for key, element in by_key.items()
            }
    for key in [key for change in changes for key in _removed_keys(field, change)]:
        del by_key[key]
    order = next((change.new for change in changes if change.at is None), by_key)
    result = [by_key[key] for key in order]
    for position, element in sorted(
        (pair for change in changes for pair in _added_elements(change)), key=lambda pair: pair[0]
    ):
        result.insert(position, element)
    return result


def _removed_keys(field: str, change: Change) -> list[str]:
    if change.kind == "removed":
        return [key_of(change.old, field)]
    return [element["id"] for element in change.old] if change.kind in ("split", "merged") else []


def _added_elements(change: Change) -> list[tuple[int, Data]]:
    if change.kind in ("split", "merged"):
        return list(zip(change.at or (), change.new, strict=True))
    if change.kind == "added" or change.source:
        return [((change.at or (0,))[0], change.new)]
    return []
