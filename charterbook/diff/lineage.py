"""What became of ids over several charters: a rename that one of them declared holds for ever.

`was` tells of the charter before. An item that is renamed twice, or whose `was` somebody has tidied away, is
still the same item in a comparison of distant charters, where those between them are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from charterbook.charter import ITEM_LISTS, Charter, Item
from charterbook.diff.change import Data
from charterbook.diff.match import Lineage, links


def trace_lineage(charters: Sequence[Charter]) -> Lineage:
    """What became of the ids of the first charter by the last one, oldest first, as `was` in any of them says."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for old, new in pairwise(charters):
        for kind, before, after in _renamed(old, new):
            found[kind] |= {(name, after) for name, now in found[kind] if now == before} | {(before, after)}
    return found


def _renamed(old: Charter, new: Charter) -> Iterator[tuple[str, str, str]]:
    for kind in ITEM_LISTS:
        items = old.items(kind), new.items(kind)
        if not any(item.was for item in chain(*items)):
            continue
        before, after = map(_named, items)
        for one, other in links(kind, before, after, {}):
            if before[one]["id"] != after[other]["id"]:
                yield kind, before[one]["id"], after[other]["id"]


def _named(items: Sequence[Item]) -> list[Data]:
    return [{"id": item.id, "was": item.was} for item in items]
