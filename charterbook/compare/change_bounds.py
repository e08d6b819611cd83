"""Placement of added and removed text at whole lines and sentences if a diff is ambiguous.

If "- two" is added after "- one", a diff can also mark "two" and the dash of the next line. Shifting a change along
equal words changes neither text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_SENTENCE_END = re.compile(r"[.!?…;:]\s+$")
#: Maximum number of words by which a change is shifted.
_MOST = 200


def align_changes(pieces: Sequence[tuple[str, str]], words: Callable[[str], list[str]]) -> list[str]:
    """The texts of the pieces. Each change between unchanged words is shifted to the start of a line, or else of a sentence.

    `pieces` are pairs of a kind ("equal", "ins", "del") and a text; neighbours differ in kind. `words` splits a text.
    """
    kinds, texts = [kind for kind, _ in pieces], [text for _, text in pieces]
    for index in range(1, len(pieces) - 1):
        if kinds[index] != "equal" and kinds[index - 1] == kinds[index + 1] == "equal":
            texts[index - 1 : index + 2] = _shifted(*map(words, texts[index - 1 : index + 2]))
    return texts


def _shifted(before: list[str], change: list[str], after: list[str]) -> tuple[str, str, str]:
    """The texts before, in and after the change at its best position, the nearest of equally good ones."""
    places = sorted(range(-_room(change[::-1], before[::-1]), _room(change, after) + 1), key=abs)
    whole = [*before, *change, *after]
    start, end = len(before), len(before) + len(change)
    best = max(places, key=lambda shift: _rank(whole, start + shift, end + shift))
    start, end = start + best, end + best
    return "".join(whole[:start]), "".join(whole[start:end]), "".join(whole[end:])


def _room(change: list[str], after: list[str]) -> int:
    """The number of words by which a change can be shifted towards the words after it."""
    whole, size = [*change, *after], len(change)
    most = min(len(after), _MOST)
    return next((n for n in range(most) if whole[n] != whole[n + size]), most)


def _rank(whole: list[str], start: int, end: int) -> int:
    """The rank of a position: 2 with both ends at lines, 1 with both at sentences, 0 for any other."""
    return min(_rank_of_place(whole, start), _rank_of_place(whole, end))


def _rank_of_place(whole: list[str], place: int) -> int:
    before = "".join(whole[max(0, place - 2) : place])
    if not before or before.endswith("\n") or place == len(whole):
        return 2
    return 1 if _SENTENCE_END.search(before) else 0
