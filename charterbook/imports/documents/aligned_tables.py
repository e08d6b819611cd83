"""Turn tables in plain text, with columns aligned by spaces or separated by tabs, into tables of Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

#: Separators of columns. Two spaces can also separate sentences, so two columns need more.
_GAP, _WIDE_GAP = re.compile(r"\t+| {2,}"), re.compile(r"\t| {3,}")
_FEWEST, _LONGEST_CELL = 2, 80
#: Lines that are something else in Markdown.
_OTHER = re.compile(r"\s*(?:[#>|<`~]|[-*+•●▪◦‣∙·–—]\s|\d+[.)]\s|\[)|.*\|")
_FENCE = re.compile(r"\s*(?:```|~~~)")


class AlignedTables:
    """A text with its aligned tables as tables of Markdown; `line` maps its lines to lines of the original text."""

    def __init__(self, text: str) -> None:
        self._added: list[int] = []
        self._lines: list[str] = []
        lines = text.split("\n")
        columns = list(_columns(lines))
        for count, group in groupby(range(len(lines)), key=lambda place: len(columns[place])):
            places = list(group)
            if count >= _FEWEST and len(places) >= _FEWEST:
                self._table([columns[place] for place in places])
            else:
                self._lines += [lines[place] for place in places]
        self.text = "\n".join(self._lines)

    def _table(self, rows: Sequence[Sequence[str]]) -> None:
        head, *others = ("| " + " | ".join(row) + " |" for row in rows)
        self._lines.append(head)
        self._add("|" + " --- |" * len(rows[0]))
        self._lines += others
        self._add("")

    def _add(self, line: str) -> None:
        self._added.append(len(self._lines))
        self._lines.append(line)

    def line(self, number: int) -> int:
        """The number of a line in the original text. Both numbers count from 0."""
        return number - bisect_left(self._added, number)


def _columns(lines: Sequence[str]) -> Iterator[list[str]]:
    """The cells of each line; none for a line that is not a row."""
    is_code = False
    for line in lines:
        is_fence = bool(_FENCE.match(line))
        is_code ^= is_fence
        yield [] if is_code or is_fence else _cells(line)


def _cells(line: str) -> list[str]:
    text = line.strip()
    cells = [cell.strip() for cell in _GAP.split(text)]
    is_row = len(cells) > _FEWEST or (len(cells) == _FEWEST and _WIDE_GAP.search(text) is not None)
    return cells if is_row and not _OTHER.match(line) and max(map(len, cells)) <= _LONGEST_CELL else []
