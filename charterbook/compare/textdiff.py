"""Word diff of two texts, as data, in bounded time.

Words are matched by longest common runs. A larger stretch is first split at sentences, then at
words; these must be unique in both texts. A stretch without any is reported as replaced, and the result says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from charterbook.compare.change_bounds import align_changes
from charterbook.compare.list_order import longest_common_order
from charterbook.compare.text_equality import tidy
from charterbook.frozen_dataclass import dataclass

#: A word, a run of white space, or one other character.
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*|\s+|.", re.DOTALL)

#: Maximum number of pairs of equal words in a stretch that is compared in one step, and in all stretches together.
_FINE = 150_000
_BUDGET = 1_500_000

#: The same for all texts of a comparison. Texts beyond it are shown as replaced.
_BUDGET_OF_ALL = 6_000_000

#: Unchanged words shorter than this, in characters, can be merged into the change around them.
_ISLAND = 30

_Kind = Literal["equal", "ins", "del"]


@dataclass(frozen=True)
class Segment:
    """A run of words in both texts (equal), only in the newer one (ins), or only in the older one (del)."""

    kind: _Kind
    text: str


@dataclass(frozen=True)
class TextDiff:
    """The segments of two texts; `whole` says whether the whole texts were compared word by word."""

    segments: tuple[Segment, ...]
    whole: bool = True


class WordBudget:
    """The remaining budget for the word diffs of a comparison."""

    def __init__(self) -> None:
        self.left = _BUDGET_OF_ALL


def word_diff(old: str, new: str) -> tuple[Segment, ...]:
    """The segments of both texts in reading order.

    The equal and del segments form the older text, the equal and ins segments the newer one.
    """
    return _diff(old, new, spaces=True).segments


def visible_diff(old: str, new: str, budget: WordBudget | None = None) -> TextDiff:
    """The segments of the visible text; white space, line breaks and Unicode forms come from the newer text."""
    return _diff(tidy(old).strip(), tidy(new).strip(), spaces=False, budget=budget)


def _diff(old: str, new: str, *, spaces: bool, budget: WordBudget | None = None) -> TextDiff:
    before, after = _Words(old), _Words(new)
    budget = budget or WordBudget()
    matching = _Matching(before.words, after.words, min(_BUDGET, budget.left))
    pairs = matching.pairs()
    budget.left -= matching.cost
    found: list[tuple[_Kind, str]] = []
    ends = [(-1, -1), *((before.places[a], after.places[b]) for a, b in pairs)]
    stops = [*ends[1:], (len(before.tokens), len(after.tokens))]
    for (a, b), (c, d) in zip(ends, stops, strict=True):
        found += [("equal", after.tokens[b])] if b >= 0 else []
        found += _gap(before.tokens[a + 1 : c], after.tokens[b + 1 : d], spaces)
    return TextDiff(_segments(_at_bounds(_runs(_without_islands(_runs(found))))), matching.whole)


class _Words:
    """The tokens of a text; `words` are those other than white space, at these `places`."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = _WORD.findall(text)
        self.places = [index for index, token in enumerate(self.tokens) if not token.isspace()]
        self.words = [self.tokens[index] for index in self.places]


def _gap(old: list[str], new: list[str], spaces: bool) -> Iterator[tuple[_Kind, str]]:
    """The tokens between two matched words; white space at the ends is treated as unchanged."""
    tail = bool(old and new and _same_space(old[-1], new[-1], spaces))
    lead = min(len(old), len(new)) > tail and _same_space(old[0], new[0], spaces)
    if lead:
        yield "equal", new[0]
    yield "del", "".join(old[lead : len(old) - tail])
    yield "ins", "".join(new[lead : len(new) - tail])
    if tail:
        yield "equal", new[-1]


def _same_space(old: str, new: str, spaces: bool) -> bool:
    return old.isspace() and new.isspace() and (old == new or not spaces)


class _Matching:
    """Matching of the words of two texts, in order."""

    def __init__(self, old: Sequence[str], new: Sequence[str], budget: int) -> None:
        self._old, self._new = old, new
        self._budget = self._left = budget
        self.whole = True

    @property
    def cost(self) -> int:
        """The cost of the matching."""
        return self._budget - self._left

    def pairs(self) -> list[tuple[int, int]]:
        """The positions of matched words in both texts."""
        found: list[tuple[int, int]] = []
        pending = [(0, len(self._old), 0, len(self._new))]
        while pending:
            found_here, smaller = self._step(*pending.pop())
            found += found_here
            pending += smaller
        return sorted(found)

    def _step(
        self, a: int, b: int, c: int, d: int
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int, int, int]]]:
        """The pairs of a stretch that can be matched in one step, and the remaining stretches between them."""
        start, end = self._ends(a, b, c, d)
        found = [(a + index, c + index) for index in range(start)]
        found += [(b - index - 1, d - index - 1) for index in range(end)]
        a, b, c, d = a + start, b - end, c + start, d - end
        if a == b or c == d:
            return found, []
        inner = self._longest(a, b, c, d) if self._affordable(a, b, c, d) else self._anchors(a, b, c, d)
        return found + inner, list(_between(inner, (a, b, c, d)))

    def _ends(self, a: int, b: int, c: int, d: int) -> tuple[int, int]:
        """The number of equal words at the start and at the end of a stretch."""
        most, start, end = min(b - a, d - c), 0, 0
        while start < most and self._old[a + start] == self._new[c + start]:
            start += 1
        while end < most - start and self._old[b - end - 1] == self._new[d - end - 1]:
            end += 1
        return start, end

    def _affordable(self, a: int, b: int, c: int, d: int) -> bool:
        one, other = Counter(self._old[a:b]), Counter(self._new[c:d])
        cost = sum(count * other[word] for word, count in one.items()) + (b - a) + (d - c)
        if cost > min(_FINE, self._left):
            return False
        self._left -= cost
        return True

    def _longest(self, a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
        matcher = SequenceMatcher(None, self._old[a:b], self._new[c:d], autojunk=False)
        match = matcher.find_longest_match()
        return [(a + match.a + index, c + match.b + index) for index in range(match.size)]

    def _anchors(self, a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
        """The words of sentences that are unique in both stretches; without any, the unique words."""
        cost = (b - a) + (d - c)
        if self._left < cost:
            self.whole = False
            return []
        self._left -= cost
        found = _once_in_both(_sentences(self._old, a, b), _sentences(self._new, c, d))
        found = found or _once_in_both(_single(self._old, a, b), _single(self._new, c, d))
        self.whole = self.whole and bool(found)
        return found


#: A run of words with its first position.
_Run = tuple[int, tuple[str, ...]]


def _single(words: Sequence[str], start: int, end: int) -> list[_Run]:
    return [(index, (words[index],)) for index in range(start, end)]


def _sentences(words: Sequence[str], start: int, end: int) -> list[_Run]:
    found: list[_Run] = []
    first = start
    for index in range(start, end):
        if words[index] in ".!?…;:" or index == end - 1:
            found.append((first, tuple(words[first : index + 1])))
            first = index + 1
    return found


def _once_in_both(old: list[_Run], new: list[_Run]) -> list[tuple[int, int]]:
    """The words of runs that are unique in both texts, as many as are in the same order."""
    before, after = _once(old), _once(new)
    common = [run for run in after if run in before]
    in_order = longest_common_order([run for run in before if run in after], common)
    return [
        (before[run] + index, after[run] + index)
        for run in common
        if run in in_order
        for index in range(len(run))
    ]


def _once(runs: list[_Run]) -> dict[tuple[str, ...], int]:
    counts = Counter(run for _, run in runs)
    return {run: place for place, run in runs if counts[run] == 1}


def _between(
    pairs: list[tuple[int, int]], stretch: tuple[int, int, int, int]
) -> Iterator[tuple[int, int, int, int]]:
    """The stretches between matched pairs; none if there are no pairs."""
    if not pairs:
        return
    a, b, c, d = stretch
    for old, new in pairs:
        if a < old and c < new:
            yield a, old, c, new
        a, c = old + 1, new + 1
    if a < b and c < d:
        yield a, b, c, d


def _runs(pieces: list[tuple[_Kind, str]]) -> list[tuple[_Kind, str]]:
    """Merge adjacent segments of one kind, so that each change is a del and an ins."""
    runs: list[tuple[_Kind, list[str]]] = []
    for kind, text in pieces:
        if text and runs and runs[-1][0] == kind:
            runs[-1][1].append(text)
        elif text:
            runs.append((kind, [text]))
    return [(kind, "".join(texts)) for kind, texts in runs]


def _without_islands(pieces: list[tuple[_Kind, str]]) -> list[tuple[_Kind, str]]:
    """Merge short unchanged runs between larger changes into these, for readability."""
    run = {"del": _Texts(), "ins": _Texts()}
    merged: list[tuple[_Kind, str]] = []
    for index, (kind, text) in enumerate(pieces):
        if kind != "equal":
            run[kind].add(text)
        elif _is_island(text, run, pieces[index + 1 : index + 3]):
            for texts in run.values():
                texts.add(text)
        else:
            merged += [*_flush(run), (kind, text)]
    return merged + _flush(run)


class _Texts:
    """Texts to be joined, with their total length."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.length = 0

    def add(self, text: str) -> None:
        self.texts.append(text)
        self.length += len(text)


def _is_island(text: str, run: dict[str, _Texts], following: list[tuple[_Kind, str]]) -> bool:
    before = max(texts.length for texts in run.values())
    after = max((len(changed) for kind, changed in following if kind != "equal"), default=0)
    return len(text) <= min(before, after, _ISLAND) or (text.isspace() and min(before, after) > 0)


def _flush(run: dict[str, _Texts]) -> list[tuple[_Kind, str]]:
    done: list[tuple[_Kind, str]] = [("del", "".join(run["del"].texts)), ("ins", "".join(run["ins"].texts))]
    run |= {"del": _Texts(), "ins": _Texts()}
    return done


def _at_bounds(pieces: list[tuple[_Kind, str]]) -> list[tuple[_Kind, str]]:
    texts = align_changes(pieces, _WORD.findall)
    return [(kind, text) for (kind, _), text in zip(pieces, texts, strict=True)]


def _segments(pieces: list[tuple[_Kind, str]]) -> tuple[Segment, ...]:
    return tuple(Segment(kind, text) for kind, text in pieces if text)
