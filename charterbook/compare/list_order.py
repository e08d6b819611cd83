"""Longest common order of two lists."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import TypeVar

_Element = TypeVar("_Element", bound=Hashable)


def longest_common_order(old: Sequence[_Element], new: Sequence[_Element]) -> set[_Element]:
    """The longest subset in the same order in both lists. Both have the same elements, each once."""
    positions = {element: index for index, element in enumerate(old)}
    ends: list[int] = []
    lengths = []
    for element in new:
        length = bisect_left(ends, positions[element])
        ends[length : length + 1] = [positions[element]]
        lengths.append(length)
    found, wanted, limit = set[_Element](), len(ends) - 1, len(old)
    for element, length in zip(reversed(new), reversed(lengths), strict=True):
        if length == wanted and positions[element] < limit:
            found.add(element)
            wanted, limit = wanted - 1, positions[element]
    return found
