"""Range edits of a text, with its lines and blank lines. Independent of YAML."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|\n|\r")


class Edit(NamedTuple):
    """Replacement of a range of the text. An empty range is an insertion."""

    start: int
    end: int
    text: str = ""


class SourceText:
    """A text and its lines. A line ends before its line break."""

    def __init__(self, text: str) -> None:
        self.text = text
        breaks = list(_BREAK.finditer(text))
        self._starts = [0, *(found.end() for found in breaks)]
        self._ends = [*(found.start() for found in breaks), len(text)]
        #: The first line break of the file, used for new lines.
        self.newline = breaks[0].group() if breaks else "\n"

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def before_line(self, offset: int) -> int:
        """The end of the line before the one of this offset."""
        return self._ends[max(self._line(offset) - 1, 0)]

    def line_start(self, offset: int) -> int:
        """The start of the line of this offset."""
        return self._starts[self._line(offset)]

    def line_end(self, offset: int) -> int:
        """The end of the line of this offset, before its line break."""
        return self._ends[self._line(offset)]

    def column(self, offset: int) -> int:
        """The number of characters before this offset in its line."""
        return offset - self.line_start(offset)

    def leads(self, offset: int) -> bool:
        """Whether only spaces precede this offset in its line."""
        return not self.text[self.line_start(offset) : offset].strip(" ")

    def blank_after(self, offset: int) -> int:
        """The number of blank lines after the line of this offset."""
        first = self._line(offset) + 1
        last = first
        while last < len(self._starts) - 1 and self._is_blank(last):
            last += 1
        return last - first

    def blank_between(self, start: int, end: int) -> int:
        """The number of blank lines between the lines of two offsets."""
        return sum(self._is_blank(line) for line in range(self._line(start) + 1, self._line(end)))

    def extent(self, offset: int, column: int) -> int:
        """The end of a value's last line, including comments below it with an indent above `column`."""
        last = line = self._line(offset)
        while line + 1 < len(self._starts):
            line += 1
            text = self._text(line)
            indent = len(text) - len(text.lstrip(" "))
            if text.strip() and not (text.lstrip(" ").startswith("#") and indent > column):
                break
            if text.strip():
                last = line
        return self._ends[last]

    def attached(self, offset: int, column: int) -> int:
        """The start of the comments directly above the line of this offset in the same column."""
        line = self._line(offset)
        while line and self._text(line - 1).startswith(" " * column + "#"):
            line -= 1
        return self._starts[line]

    def without_lines(self, start: int, end: int, *, first: bool = False, last: bool = False) -> Edit:
        """Remove whole lines, and superfluous blank lines.

        These are the ones below the first of a sequence, above the last one, and above others that have some below.
        """
        above, final = self._line(start), self._line(end)
        below = final + 1
        while below < len(self._starts) and self._is_blank(below):
            below += 1
        if last or final + 1 == len(self._starts) or below > final + 1:
            while above > 1 and self._is_blank(above - 1):
                above -= 1
        if first and below < len(self._starts):
            final = below - 1
        if not above:
            return Edit(0, self._starts[min(final + 1, len(self._starts) - 1)])
        return Edit(self._ends[above - 1], self._ends[final])

    def apply(self, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
        """The text, or a part of it, after these edits.

        Insertions at the same offset are applied in order. Removed ranges can overlap; insertions must be outside of
        them.
        """
        pieces, at = [], start
        for edit in sorted(edits, key=lambda edit: edit[:2]):
            pieces += [self.text[at : edit.start], edit.text]
            at = max(at, edit.end)
        return "".join([*pieces, self.text[at:end]])

    def _text(self, line: int) -> str:
        return self.text[self._starts[line] : self._ends[line]]

    def _is_blank(self, line: int) -> bool:
        return not self._text(line).strip()
