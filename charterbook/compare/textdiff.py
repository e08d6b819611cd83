"""Two texts, word by word, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

#: A word, a run of white space, or one other sign.
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*|\s+|.", re.DOTALL)

#: Longer texts (in words and spaces) are shown as replaced: comparing them takes time and tells little.
_LONGEST = 4_000

#: Words that stayed, and are shorter than this many characters, may belong to a change around them.
_ISLAND = 30


@dataclass(frozen=True)
class Segment:
    """A run of words that is in both texts, only in the newer one (ins), or only in the older one (del)."""

    kind: Literal["equal", "ins", "del"]
    text: str


def word_diff(old: str, new: str) -> tuple[Segment, ...]:
    """The segments of both texts in reading order.

    Those that are equal or del make the older text, those that are equal or ins the newer one.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > _LONGEST:
        return _segments([("del", old), ("ins", new)])
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [("equal", "".join(before[a:b]))]
        else:
            found += [("del", "".join(before[a:b])), ("ins", "".join(after[c:d]))]
    return _segments(_without_islands(found))


def _without_islands(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A few equal words, shorter than what changed on both sides, belong to the change: nobody reads them alone."""
    run: dict[str, list[str]] = {"del": [], "ins": []}
    merged: list[tuple[str, str]] = []
    for index, (kind, text) in enumerate(found):
        if kind != "equal":
            run[kind].append(text)
        elif _is_island(text, run, found[index + 1 : index + 3]):
            for texts in run.values():
                texts.append(text)
        else:
            merged += [*_flush(run), (kind, text)]
    return merged + _flush(run)


def _is_island(text: str, run: dict[str, list[str]], following: list[tuple[str, str]]) -> bool:
    before = max(len("".join(texts)) for texts in run.values())
    after = max((len(changed) for kind, changed in following if kind != "equal"), default=0)
    return len(text) <= min(before, after, _ISLAND) or (text.isspace() and min(before, after) > 0)


def _flush(run: dict[str, list[str]]) -> list[tuple[str, str]]:
    done = [(kind, "".join(texts)) for kind, texts in run.items()]
    for texts in run.values():
        texts.clear()
    return done


def _segments(found: list[tuple[str, str]]) -> tuple[Segment, ...]:
    return tuple(Segment(kind, text) for kind, text in found if text)  # type: ignore[arg-type]


def same_words(old: str, new: str) -> bool:
    """Whether two texts differ only in capitals, punctuation and white space."""
    return _letters(old) == _letters(new)


def _letters(text: str) -> list[str]:
    """The words, with what makes a figure another one: `1.5` is not `1 5`, and -5 is not 5."""
    return re.findall(r"[-+]?\d+(?:[.,]\d+)*|[^\W\d_]+|[%€$£#@/<>=*]", text.casefold())
