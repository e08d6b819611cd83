"""Widths of the columns of a table, from the widths of its texts.

As in browsers, a column is at least as wide as its longest word. What is left of the line is shared so that short
columns get what they want first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from charterbook.papers.document import TableBlock, text_of

#: Widths of characters in a sans-serif font, relative to its size: narrow and wide ones; all others.
_NARROW, _WIDE = frozenset("fijlrtI .,:;'|!()[]/-’"), frozenset("mwMWOQDGH%@—ЖМШЩЮФЫжмшщюфы")
_NARROW_WIDTH, _WIDE_WIDTH, _USUAL_WIDTH = 0.34, 0.9, 0.61
#: The space at both sides of a cell, and the least and usual width of a column that a pen fills in, relative to the size of the font.
_INSET, _BLANK, _PEN = 1.4, 9.0, 16.0
#: The widest line that a column is made for.
_WIDEST = 40.0


def column_widths(block: TableBlock, line: float) -> list[float]:
    """The widths of the columns of a table that is as wide as a line. Both are relative to the size of the font."""
    columns = [
        [title, *(text_of(row[place]) for row in block.rows)] for place, title in enumerate(block.head)
    ]
    least = [_longest(word for text in texts for word in text.split()) for texts in columns]
    wanted = [
        min(_longest(part for text in texts for part in text.split("\n")), _WIDEST) for texts in columns
    ]
    if block.to_fill_in:
        wanted = [
            max(width, _PEN) if not any(texts[1:]) else width
            for width, texts in zip(wanted, columns, strict=True)
        ]
        least = [
            max(width, _BLANK) if not any(texts[1:]) else width
            for width, texts in zip(least, columns, strict=True)
        ]
    return shared(least, wanted, line)


def shared(least: Sequence[float], wanted: Sequence[float], line: float) -> list[float]:
    """What each column gets of a line: the least, and a part of the rest. Wider wishes get more, but not in proportion."""
    found, left = list(least), line - sum(least)
    more = [max(want - width, 0.0) for want, width in zip(wanted, least, strict=True)]
    weights = [math.sqrt(one) for one in more]
    for place in sorted(range(len(found)), key=more.__getitem__):
        if left > 0 and weights[place]:
            got = min(more[place], left * weights[place] / sum(weights))
            found[place] += got
            left -= got
        weights[place] = 0.0
    return found


def _longest(texts: Iterable[str]) -> float:
    return _INSET + max(map(text_width, texts), default=0.0)


def text_width(text: str) -> float:
    """The width of a text in one line, relative to the size of its font."""
    narrow = sum(sign in _NARROW for sign in text)
    wide = sum(sign in _WIDE for sign in text)
    return narrow * _NARROW_WIDTH + wide * _WIDE_WIDTH + (len(text) - narrow - wide) * _USUAL_WIDTH
