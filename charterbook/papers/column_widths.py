"""Widths of the columns of a table, from the widths of its texts.

As in browsers, a column is at least as wide as its longest word. The rest of the line is shared so that short
columns get their full width first. If the longest words do not fit side by side, the widest columns shrink.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from charterbook.papers.document import Inline, TableBlock, text_of
from charterbook.papers.inert_text import SPACES

#: Widths of characters in a sans-serif font, relative to its size: narrow and wide ones; all others.
_NARROW, _WIDE = frozenset("fijlrtI .,:;'|!()[]/-’"), frozenset("mwMWOQDGH%@—ЖМШЩЮФЫжмшщюфы")
_NARROW_WIDTH, _WIDE_WIDTH, _USUAL_WIDTH = 0.34, 0.9, 0.61
#: Separators of words, and of lines.
_WORDS, _LINES = re.compile(f"(?:{SPACES.pattern}|\u200b)+"), re.compile("\n")
#: The space at both sides of a cell, and the least and usual width of a column to be filled in by hand, relative to
#: the size of the font.
_INSET, _BLANK, _PEN = 1.4, 9.0, 16.0
#: The widest line that a column is made for.
_WIDEST = 40.0
#: The width of bold text, relative to other text.
_BOLD = 1.08


def column_widths(block: TableBlock, line: float) -> list[float]:
    """The widths of the columns of a table that is as wide as a line. Both are relative to the size of the font."""
    columns = [_Column(title, block, place) for place, title in enumerate(block.head)]
    least = [column.width(_WORDS) for column in columns]
    wanted = [min(column.width(_LINES), _WIDEST) for column in columns]
    if block.to_fill_in:
        wanted = [
            max(width, _PEN) if column.is_blank else width
            for width, column in zip(wanted, columns, strict=True)
        ]
        least = [
            max(width, _BLANK) if column.is_blank else width
            for width, column in zip(least, columns, strict=True)
        ]
    return shared(least, wanted, line)


class _Column:
    """The texts of a column; its title is bold."""

    def __init__(self, title: str, block: TableBlock, place: int) -> None:
        cells = [row[place] for row in block.rows]
        self.plain = [text_of(cell) for cell in cells if not _is_bold(cell)]
        self.bold = [title, *(text_of(cell) for cell in cells if _is_bold(cell))]
        self.is_blank = not any(map(text_of, cells))

    def width(self, parts: re.Pattern[str]) -> float:
        """The width of the widest part of a text."""
        plain, bold = (
            [part for text in texts for part in parts.split(text)] for texts in (self.plain, self.bold)
        )
        widest = max(map(text_width, plain), default=0.0)
        return _INSET + max(widest, _BOLD * max(map(text_width, bold), default=0.0))


def _is_bold(cell: Inline) -> bool:
    return any(run.bold for run in cell)


def shared(least: Sequence[float], wanted: Sequence[float], line: float) -> list[float]:
    """The width of each column: its least width, and a part of the rest. Wider columns get more, but not in proportion."""
    if sum(least) > line:
        return _capped(least, line)
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


def _capped(least: Sequence[float], line: float) -> list[float]:
    """Least widths that do not fit into a line, with the widest reduced to one common width."""
    left, count, cap = line, len(least), line
    for width in sorted(least):
        cap = left / count
        if width > cap:
            break
        left, count = left - width, count - 1
    return [min(width, cap) for width in least]


def text_width(text: str) -> float:
    """The width of a text in one line, relative to the size of its font."""
    narrow = sum(sign in _NARROW for sign in text)
    wide = sum(sign in _WIDE for sign in text)
    return narrow * _NARROW_WIDTH + wide * _WIDE_WIDTH + (len(text) - narrow - wide) * _USUAL_WIDTH
