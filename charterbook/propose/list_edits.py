"""Which elements of a list stay where they are, which move, and which are new. And when two values are the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from charterbook.diff.change import key_name


class ListElement(dict[str, Any]):
    """A mapping of a list that remembers which place it had there, whatever becomes of its id."""

    origin: int


class ListStep(NamedTuple):
    """An element of the new list. `after` is the staying element that it comes after, -1 for the beginning."""

    value: Any
    origin: int | None
    stays: bool
    after: int


@dataclass(frozen=True)
class Moves:
    """How a list becomes another one: its new elements in order, and which old ones stay or move."""

    steps: tuple[ListStep, ...]
    stay: frozenset[int]
    moved: frozenset[int]


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: a number is no truth, whole or not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def moves(old: Sequence[Any], new: Sequence[Any], field: str) -> Moves:
    """The way from one list to the other that leaves as many elements as possible where they are."""
    origins = _origins(old, new, field)
    stay = frozenset(_longest_rise([origin for origin in origins if origin is not None]))
    steps, after = [], -1
    for value, origin in zip(new, origins, strict=True):
        stays = origin in stay
        if stays and origin is not None:
            after = origin
        steps.append(ListStep(value, origin, stays, after))
    return Moves(tuple(steps), stay, frozenset(one for one in origins if one is not None) - stay)


def _origins(old: Sequence[Any], new: Sequence[Any], field: str) -> list[int | None]:
    """For each new element the place of the old one that it is, None where it is none."""
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
    """By what they say: runs that are in both lists, and those in between that only changed, in their order."""
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


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """The longest rising row of numbers among these, in their order."""
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
