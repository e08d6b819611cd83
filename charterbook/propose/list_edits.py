"""Unchanged, moved and new elements of a list, and equality of values."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from charterbook.diff.change import key_name
from charterbook.frozen_dataclass import dataclass


class ListElement(dict[str, Any]):
    """A mapping of a list that stores its original position, independent of its id."""

    origin: int


class ListStep(NamedTuple):
    """An element of the new list. `after` is the preceding unmoved element, -1 for the start."""

    value: Any
    origin: int | None
    stays: bool
    after: int


@dataclass(frozen=True)
class Moves:
    """The edit from an old to a new list: the new elements in order, and the unmoved and moved old ones."""

    steps: tuple[ListStep, ...]
    stay: frozenset[int]
    moved: frozenset[int]


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal; a boolean never equals a number."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def moves(old: Sequence[Any], new: Sequence[Any], field: str) -> Moves:
    """The edit from one list to the other that moves the fewest elements."""
    origins = _origins(old, new, field)
    stay = frozenset(_longest_increasing([origin for origin in origins if origin is not None]))
    steps, after = [], -1
    for value, origin in zip(new, origins, strict=True):
        stays = origin in stay
        if stays and origin is not None:
            after = origin
        steps.append(ListStep(value, origin, stays, after))
    return Moves(tuple(steps), stay, frozenset(one for one in origins if one is not None) - stay)


def _origins(old: Sequence[Any], new: Sequence[Any], field: str) -> list[int | None]:
    """For each new element the position of the same old one, None for a new one."""
    if not all(isinstance(value, dict) for value in (*old, *new)):
        return _equal_origins(old, new)
    name = key_name(field)
    keys = [value.get(name) for value in old]
    found: list[int | None] = []
    for value in new:
        origin = getattr(value, "origin", None)
        if origin is None and keys.count(value.get(name)) == 1:
            origin = keys.index(value.get(name))
        found.append(None if origin in found else origin)
    return found


def _equal_origins(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """Positions by equality: runs in both lists, and changed elements between these, in order."""
    found: list[int | None] = [None] * len(new)
    first, second = ([repr(value) for value in side] for side in (old, new))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    runs = sum(block.size for block in matcher.get_matching_blocks())
    if len(old) == len(new) and sum(map(str.__eq__, first, second)) >= runs:
        return list(range(len(new)))
    for tag, start, end, other, until in matcher.get_opcodes():
        if tag in ("equal", "replace"):
            for old_at, new_at in zip(range(start, end), range(other, until), strict=False):
                found[new_at] = old_at
    return found


def _longest_increasing(numbers: Sequence[int]) -> list[int]:
    """The longest increasing subsequence."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(ends, number)
        before.append(places[at - 1] if at else -1)
        ends[at : at + 1] = [number]
        places[at : at + 1] = [index]
    row = []
    index = places[-1] if places else -1
    while index >= 0:
        row.append(numbers[index])
        index = before[index]
    return row[::-1]
