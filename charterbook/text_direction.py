"""Texts that are written from right to left, in sentences that are written from left to right.

A name in Hebrew or Arabic changes the places of figures, quotation marks and colons beside it, unless it is isolated
from them. A quoted text is isolated as a whole, other text as far as its letters, the figures between them and after
them, and its parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Letters of Hebrew, Arabic and the other scripts that are written from right to left, as a part of a character class.
_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT = re.compile(f"[{_LETTERS}]")
_ISOLATED = re.compile(
    "|".join(
        rf"(?<={first})[^{first}{last}]*[{_LETTERS}][^{first}{last}]*(?={last})"
        for first, last in ("“”", "«»", '""')
    )
    + rf"|[{_LETTERS}](?:[{_LETTERS}\d &'’+./_-]*[{_LETTERS}\d])?(?: \([^()]*[{_LETTERS}][^()]*\))*"
)

#: Controls that begin and end an isolated text, in the direction of its first letter.
FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"


def is_right_to_left(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def parts(text: str, name: str = "") -> Iterator[tuple[bool, str]]:
    """The parts of a sentence, and whether each is to be isolated: the name, and other texts from right to left."""
    if name and is_right_to_left(name) and name in text:
        before, _, after = text.partition(name)
        yield from parts(before)
        yield True, name
        yield from parts(after)
        return
    done = 0
    for found in _ISOLATED.finditer(text):
        yield False, text[done : found.start()]
        yield True, found[0]
        done = found.end()
    yield False, text[done:]


def apart(text: str) -> str:
    """A text that follows or precedes others in a line, isolated from them as a whole if it is from right to left."""
    return FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE if is_right_to_left(text) else text


def isolated(text: str) -> str:
    """A sentence with controls around its parts from right to left, for plain text. Other sentences are not changed."""
    if not is_right_to_left(text):
        return text
    return "".join(apart(part) if is_apart else part for is_apart, part in parts(text))
