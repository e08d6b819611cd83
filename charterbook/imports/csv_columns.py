"""Some columns of a CSV file in bulk, without places: the fast path for long files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import IO

from charterbook.imports.tables import Limits

#: Some columns of some rows.
Columns = list[list[str]]

#: Length of the part of a file that is split at once, in characters, without the rest of its last line.
_CHUNK = 2**14

#: Number of rows that are in memory with all columns at once.
_BATCH = 4_096


class ColumnReader:
    """Reader of some columns, counted from 0. Rows of empty cells are skipped.

    Lines without quotation marks need no CSV parser: they are split at the delimiter, all together.
    """

    def __init__(self, wanted: Sequence[int], delimiter: str, limits: Limits) -> None:
        self._wanted, self._delimiter, self._limits = wanted, delimiter, limits
        self.lines = self.rows = 0

    def read(self, stream: IO[str], header: int) -> Iterator[Columns]:
        """The columns below a header that ends in this line, in parts. Raises csv.Error, also for a row beyond a limit.

        `lines` and `rows` count everything read before.
        """
        self._skip(stream, header)
        while text := stream.read(_CHUNK) + stream.readline():
            columns = self._split(text) if len(text) <= self._limits.cell_length else None
            if columns is not None:
                yield columns
            else:
                lines = io.StringIO(text, newline="")
                yield from self._parsed(chain(lines, stream) if '"' in text else lines)

    def _skip(self, stream: IO[str], header: int) -> None:
        reader = csv.reader(stream, delimiter=self._delimiter, strict=True)
        while reader.line_num < header - 1:
            next(reader)
        next(reader)
        self.lines = reader.line_num

    def _count(self, lines: int, rows: int, width: int) -> None:
        if width > self._limits.columns or self.lines + lines > self._limits.rows:
            raise csv.Error("limit")
        self.lines += lines
        self.rows += rows

    def _parsed(self, lines: Iterable[str]) -> Iterator[Columns]:
        reader, before = csv.reader(lines, delimiter=self._delimiter, strict=True), 0
        while batch := self._batch(reader):
            records = [record for record in batch if any(record)]
            self._count(reader.line_num - before, len(records), max(map(len, batch)))
            before = reader.line_num
            yield [_column(records, at) for at in self._wanted]

    def _batch(self, reader: Iterator[list[str]]) -> list[list[str]]:
        before = csv.field_size_limit(self._limits.cell_length)
        try:
            return list(islice(reader, _BATCH))
        finally:
            csv.field_size_limit(before)

    def _split(self, text: str) -> Columns | None:
        """The columns of lines without quotation marks; None if their numbers of cells differ, or if one is empty.

        The end of each line becomes a separate cell, so a line with a different number of cells shifts it.
        """
        lines = _with_same_ends(text)
        signs = lines[: lines.index("\n")].count(self._delimiter)
        if '"' in lines or f"\n{self._delimiter * signs}\n" in f"\n{lines}":
            return None
        cells = lines.replace("\n", f"{self._delimiter}\n{self._delimiter}").split(self._delimiter)
        step = signs + 2
        ends = cells[step - 1 :: step]
        rows = len(ends)
        if not ends.count("\n") == rows == lines.count("\n") or len(cells) != rows * step + 1:
            return None
        self._count(rows, rows, signs + 1)
        return [cells[at : rows * step : step] if at <= signs else [""] * rows for at in self._wanted]


def _with_same_ends(text: str) -> str:
    """Lines that all end with a line feed."""
    same = text.replace("\r\n", "\n").replace("\r", "\n")
    return same if same.endswith("\n") else same + "\n"


def _column(records: Sequence[Sequence[str]], at: int) -> list[str]:
    try:
        return list(map(itemgetter(at), records))
    except IndexError:
        return [record[at] if at < len(record) else "" for record in records]
