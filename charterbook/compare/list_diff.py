"""Diff of two lists of texts: edited, moved, added and removed texts."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Literal

from charterbook.compare.list_order import longest_common_order
from charterbook.compare.text_equality import visible_value, words_of
from charterbook.compare.textdiff import Segment, TextDiff, WordBudget, visible_diff
from charterbook.frozen_dataclass import dataclass

#: Marks the start of a list element, also if the list is shown in one line.
BULLET = "• "

#: Minimum share of common words (0 to 1) for two texts to count as an edit.
_ALIKE = 0.5

#: Maximum number of pairs that are tested for similarity.
_PAIRS = 2_500


@dataclass(frozen=True)
class ListDiff:
    """Positions of texts: `unchanged` and `edited` are pairs of old and new ones, `moved` are of the newer
    list.
    """

    unchanged: tuple[tuple[int, int], ...]
    edited: tuple[tuple[int, int], ...]
    added: tuple[int, ...]
    removed: tuple[int, ...]
    moved: frozenset[int]


def list_diff(old: Sequence[str], new: Sequence[str]) -> ListDiff:
    """Match the texts of two lists, each at most once."""
    unchanged = _unchanged_pairs(old, new)
    left = (
        _others(len(old), [pair[0] for pair in unchanged]),
        _others(len(new), [pair[1] for pair in unchanged]),
    )
    edited = _edited(old, new, *left)
    pairs = sorted(unchanged + edited, key=lambda pair: pair[1])
    in_order = longest_common_order(sorted(pair[0] for pair in pairs), [pair[0] for pair in pairs])
    return ListDiff(
        tuple(unchanged),
        tuple(edited),
        tuple(_others(len(new), [pair[1] for pair in pairs])),
        tuple(_others(len(old), [pair[0] for pair in pairs])),
        frozenset(after for before, after in pairs if before not in in_order),
    )


def list_segments(
    old: Sequence[str], new: Sequence[str], matched: ListDiff, budget: WordBudget | None = None
) -> TextDiff:
    """The newer list as one text: word diffs of edits, and removed texts at their former positions."""
    before = {after: position for position, after in matched.unchanged + matched.edited}
    edited, removed = {after for _, after in matched.edited}, _removed_lines(matched)
    lines = [_line("del", old[position]) for position in removed.get(-1, ())]
    whole = True
    for index, text in enumerate(new):
        if index in edited:
            diff = visible_diff(old[before[index]], text, budget)
            lines.append([Segment("equal", BULLET), *diff.segments])
            whole = whole and diff.whole
        else:
            lines.append(_line("equal" if index in before else "ins", text))
        lines += [_line("del", old[position]) for position in removed.get(before.get(index, len(old)), ())]
    joined = [segment for line in lines for segment in (Segment("equal", "\n"), *line)]
    return TextDiff(tuple(joined[1:]), whole)


def _line(kind: Literal["equal", "ins", "del"], text: str) -> list[Segment]:
    return [Segment(kind, BULLET + text)]


def _removed_lines(matched: ListDiff) -> dict[int, list[int]]:
    """Removed texts by the position of the last remaining text before them; -1 if there is none."""
    remaining = sorted(before for before, _ in matched.unchanged + matched.edited)
    removed: dict[int, list[int]] = defaultdict(list)
    for position in matched.removed:
        removed[remaining[at - 1] if (at := bisect_left(remaining, position)) else -1].append(position)
    return removed


def _others(length: int, positions: Sequence[int]) -> list[int]:
    taken = set(positions)
    return [index for index in range(length) if index not in taken]


def _unchanged_pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of texts that look equal, in order of position."""
    places: dict[str, list[int]] = defaultdict(list)
    for index in range(len(old) - 1, -1, -1):
        places[visible_value(old[index])].append(index)
    return [(places[text].pop(), index) for index, text in enumerate(map(visible_value, new)) if places[text]]


def _edited(
    old: Sequence[str], new: Sequence[str], removed: Sequence[int], added: Sequence[int]
) -> list[tuple[int, int]]:
    """Pairs of texts that share enough words, the most similar first; each text once."""
    if len(removed) * len(added) > _PAIRS:
        return []
    similarity = {
        (before, after): _similarity(old[before], new[after]) for before in removed for after in added
    }
    found, taken = dict[int, int](), set[int]()
    for before, after in sorted(similarity, key=lambda pair: (-similarity[pair], pair)):
        if similarity[before, after] >= _ALIKE and before not in found and after not in taken:
            found[before] = after
            taken.add(after)
    return sorted(found.items())


def _similarity(old: str, new: str) -> float:
    one, other = Counter(words_of(old)), Counter(words_of(new))
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)
