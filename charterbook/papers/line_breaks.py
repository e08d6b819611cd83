"""Line breaks of a typeset text: never between a number and its unit, but inside a very long word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from charterbook.papers.document import TableBlock
from charterbook.papers.inert_text import inert

#: Words longer than this get places at which they can break.
_LONGEST_WORD = 28
_LONG = re.compile(rf"\S{{{_LONGEST_WORD},}}")
_STEP = re.compile(rf"\S{{{_LONGEST_WORD // 2}}}(?=\S)")
BREAK = "\N{ZERO WIDTH SPACE}"

#: Spaces that never end a line: after a number of up to three digits or with separators, before a unit; before a dash;
#: after a numero sign; after a Russian word of one letter. A number of four digits is a year in most cases.
_JOINING = re.compile(
    r"(?:(?<![^\s(«“„‹])[−+-]?(?:\d{1,3}|\d+(?:[.,\u00a0\u202f]\d+)+)|[№§]|(?<!\w)[авикосуяАВИКОСУЯ])"
    r" (?=\w|[%‰°$€£₽])|(?<=\S) (?=[–—]\s)"
)
_NO_BREAK = "\N{NO-BREAK SPACE}"


def joined(text: str) -> str:
    """The text without control characters, with no-break spaces."""
    return _JOINING.sub(lambda found: found[0].removesuffix(" ") + _NO_BREAK, inert(text))


def breakable(text: str) -> str:
    """The text without control characters, with no-break spaces and with breaks in very long words."""
    return _LONG.sub(lambda word: _STEP.sub(rf"\g<0>{BREAK}", word[0]), joined(text))


def typeset(block: TableBlock, change: Callable[[str], str]) -> TableBlock:
    """The table with changed texts, and with columns as wide as these."""
    rows = tuple(
        tuple(tuple(replace(run, text=change(run.text)) for run in cell) for cell in row)
        for row in block.rows
    )
    return replace(block, head=tuple(map(change, block.head)), rows=rows)
