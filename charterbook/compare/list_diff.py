"""Two lists of texts, text by text: which were edited, moved, added and removed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from charterbook.compare.list_order import staying
from charterbook.compare.text_equality import look, words_of
from charterbook.compare.textdiff import Segment, TextDiff, seen_diff

#: Tells in one line, too, where a text of a list begins.
_BULLET = "• "

#: How much of their words two texts share (0 to 1) of which one became the other.
_ALIKE = 0.5

#: How many pairs of texts are looked at for such likeness.
_PAIRS = 2_500


@dataclass(frozen=True)
class ListDiff:
    """Positions of texts: `kept` and `edited` are pairs of an older and a newer one, `moved` are of the newer list."""

    kept: tuple[tuple[int, int], ...]
    edited: tuple[tuple[int, int], ...]
    added: tuple[int, ...]
    removed: tuple[int, ...]
    moved: frozenset[int]


def list_diff(old: Sequence[str], new: Sequence[str]) -> ListDiff:
    """Each text of one list is at most one of the other."""
    kept = _unchanged_pairs(old, new)
    left = _others(len(old), [pair[0] for pair in kept]), _others(len(new), [pair[1] for pair in kept])
    edited = _edited(old, new, *left)
    pairs = sorted(kept + edited, key=lambda pair: pair[1])
    stay = staying(sorted(pair[0] for pair in pairs), [pair[0] for pair in pairs])
    return ListDiff(
        tuple(kept),
        tuple(edited),
        tuple(_others(len(new), [pair[1] for pair in pairs])),
        tuple(_others(len(old), [pair[0] for pair in pairs])),
        frozenset(after for before, after in pairs if before not in stay),
    )


def list_segments(old: Sequence[str], new: Sequence[str], found: ListDiff) -> TextDiff:
    """The newer list with a line for each text, its edits word by word, and the removed texts where they were."""
    before = {after: position for position, after in found.kept + found.edited}
    edited, gone = {after for _, after in found.edited}, _removed_lines(found)
    lines = [_line("del", old[position]) for position in gone.get(-1, ())]
    whole = True
    for index, text in enumerate(new):
        if index in edited:
            diff = seen_diff(old[before[index]], text)
            lines.append([Segment("equal", _BULLET), *diff.segments])
            whole = whole and diff.whole
        else:
            lines.append(_line("equal" if index in before else "ins", text))
        lines += [_line("del", old[position]) for position in gone.get(before.get(index, len(old)), ())]
    joined = [segment for line in lines for segment in (Segment("equal", "\n"), *line)]
    return TextDiff(tuple(joined[1:]), whole)


def _line(kind: Literal["equal", "ins", "del"], text: str) -> list[Segment]:
    return [Segment(kind, _BULLET + text)]


def _removed_lines(found: ListDiff) -> dict[int, list[int]]:
    """The removed texts by the last text before them that is still there; -1 where there is none."""
    there = sorted(before for before, _ in found.kept + found.edited)
    gone: dict[int, list[int]] = defaultdict(list)
    for position in found.removed:
        gone[there[at - 1] if (at := bisect_left(there, position)) else -1].append(position)
    return gone


def _others(length: int, positions: Sequence[int]) -> list[int]:
    taken = set(positions)
    return [index for index in range(length) if index not in taken]


def _unchanged_pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Texts that look the same, the first of them with the first."""
    places: dict[str, list[int]] = defaultdict(list)
    for index in range(len(old) - 1, -1, -1):
        places[look(old[index])].append(index)
    return [(places[text].pop(), index) for index, text in enumerate(map(look, new)) if places[text]]


def _edited(
    old: Sequence[str], new: Sequence[str], gone: Sequence[int], come: Sequence[int]
) -> list[tuple[int, int]]:
    """Pairs of texts that share much of their words, the most alike first; each text once."""
    if len(gone) * len(come) > _PAIRS:
        return []
    likeness = {(before, after): _likeness(old[before], new[after]) for before in gone for after in come}
    found, taken = dict[int, int](), set[int]()
    for before, after in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        if likeness[before, after] >= _ALIKE and before not in found and after not in taken:
            found[before] = after
            taken.add(after)
    return sorted(found.items())


def _likeness(old: str, new: str) -> float:
    one, other = Counter(words_of(old)), Counter(words_of(new))
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)
