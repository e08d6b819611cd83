"""Pairs of equal and of respelled parts in two lists without unique keys.

The pairing is symmetric and does not depend on the order of either list. Each part is in one pair at most, so a
repeated part is paired once for each of its occurrences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from charterbook.compare.text_changes import in_words
from charterbook.diff import Data

#: Positions in the older and in the newer list, in an order that does not depend on the lists' orders.
_Positions = tuple[list[int], list[int]]


class PartPairs(NamedTuple):
    """Positions of parts: pairs that differ in spelling only, and parts that only one of the lists has."""

    respelled: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]


def part_pairs(old: Sequence[Data], new: Sequence[Data]) -> PartPairs:
    """As many pairs of equal parts as possible, then as many of respelled ones. Equal pairs are not returned.

    Lists inside of parts, such as the groups that see a part, are equal in any order.
    """
    sides = [sorted(range(len(side)), key=lambda index: repr(_sorted(side[index]))) for side in (old, new)]
    equal = list(_pairs(sides, (old, new), lambda part: repr(_sorted(part))))
    rest = [_without(side, {pair[at] for pair in equal}) for at, side in enumerate(sides)]
    respelled = sorted(_pairs(rest, (old, new), lambda part: repr(_sorted(in_words(part)))))
    removed, added = (
        sorted(_without(side, {pair[at] for pair in respelled})) for at, side in enumerate(rest)
    )
    return PartPairs(tuple(respelled), tuple(removed), tuple(added))


def _pairs(
    sides: Sequence[Sequence[int]], lists: Sequence[Sequence[Data]], key: Callable[[Data], str]
) -> Iterator[tuple[int, int]]:
    """Pairs of parts with the same key, each part at most once."""
    groups: dict[str, _Positions] = defaultdict(lambda: ([], []))
    for at, (side, parts) in enumerate(zip(sides, lists, strict=True)):
        for index in side:
            groups[key(parts[index])][at].append(index)
    for before, after in groups.values():
        yield from zip(before, after, strict=False)


def _sorted(value: Any) -> Any:
    """A value with its lists in a canonical order."""
    if isinstance(value, list | tuple):
        return sorted(map(_sorted, value), key=repr)
    return {key: _sorted(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def _without(positions: Sequence[int], taken: set[int]) -> list[int]:
    return [index for index in positions if index not in taken]
