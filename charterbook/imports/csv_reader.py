"""Read a CSV file row by row. Encoding and separator are detected first, and reported in a note."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO

from charterbook.frozen_dataclass import dataclass
from charterbook.imports import table_messages
from charterbook.imports.csv_columns import ColumnReader, Columns
from charterbook.imports.delimiters import NAMES, delimiter_from_excel, delimiter_of, known_delimiter
from charterbook.imports.encodings import ENCODINGS, encoding_of
from charterbook.imports.tables import Cell, Limits, Note, Row, Table, TableError
from charterbook.load.lazy_message import LazyMessage

#: Length of the beginning of a file in which the separator is detected, in characters.
_LONGEST_LINE, _FIRST_LINES = 65_536, 60


def read_csv(
    path: Path, limits: Limits, encoding: str | None, delimiter: str | None, header: int | None
) -> Table:
    """The table in a CSV file. Raises TableError."""
    records = _Records(path, encoding_of(path, encoding), "", limits)
    records = _with_delimiter(records, delimiter)
    first = next((row for row in records if header in (None, row.number)), None)
    if first is None:
        rule = "no-rows" if header is None else "no-header"
        raise TableError(str(path), str(path), rule, None, row=str(header))
    rows = CsvRows(records, first.number)
    return Table(str(path), None, first, rows, (_note(records, first),))


def _with_delimiter(records: _Records, requested: str | None) -> _Records:
    path, file = records.path, str(records.path)
    with records.open() as stream:
        lines = _first_lines(stream)
    named = delimiter_from_excel(lines[0]) if lines else None
    skipped = 0 if named is None else 1
    sign = (
        known_delimiter(requested, file)
        if requested is not None
        else named or delimiter_of(lines[skipped:], file)
    )
    return _Records(path, records.encoding, sign, records.limits, skipped)


def _first_lines(stream: IO[str]) -> list[str]:
    return list(islice(iter(lambda: stream.readline(_LONGEST_LINE), ""), _FIRST_LINES))


def _note(records: _Records, header: Row) -> Note:
    sign = table_messages.ONE_COLUMN if len(header) == 1 else NAMES[records.delimiter]
    phrase = LazyMessage(table_messages.ENCODING_NOTE, encoding=records.encoding, sign=LazyMessage(sign))
    return Note(str(records.path), phrase)


@dataclass(frozen=True)
class _Records:
    """The non-empty rows of a file, each with the number of its first line."""

    path: Path
    encoding: str
    delimiter: str
    limits: Limits
    skipped: int = 0

    def open(self) -> IO[str]:
        """The file as text."""
        return self.path.open(encoding=ENCODINGS[self.encoding], newline="")

    def cell(self, value: object, row: int, column: int) -> Cell:
        """The cell in a line and a column."""
        text = str(value or "").strip()
        return Cell(text or None, f"{self.path}:{row}:{column}")

    def __iter__(self) -> Iterator[Row]:
        with self.open() as stream:
            reader = csv.reader(stream, delimiter=self.delimiter, strict=True)
            before = 0
            try:
                for record in reader:
                    if record and before >= self.skipped and any(record):
                        self._check(record, before + 1)
                        yield Row(record, before + 1, self)
                    before = reader.line_num
            except csv.Error as error:
                long = "field larger" in str(error)
                raise self._refused("long-cell" if long else "open-quote", before + 1) from error

    def _check(self, record: list[str], line: int) -> None:
        if line > self.limits.rows:
            raise self._refused("too-many-rows", line)
        if len(record) > self.limits.columns:
            raise self._refused("too-many-columns", line)
        long = self.limits.cell_length
        if sum(map(len, record)) > long and len(max(record, key=len)) > long:
            raise self._refused("long-cell", line)

    def _refused(self, rule: str, line: int) -> TableError:
        file = str(self.path)
        limit = {
            "too-many-rows": self.limits.rows,
            "too-many-columns": self.limits.columns,
            "long-cell": self.limits.cell_length,
        }.get(rule, 0)
        return TableError(file, f"{file}:{line}", rule, None, limit=limit)


@dataclass(frozen=True)
class CsvRows:
    """The rows below the header."""

    records: _Records
    header: int

    def __iter__(self) -> Iterator[Row]:
        return (row for row in self.records if row.number > self.header)

    def columns(self, wanted: Sequence[int]) -> CsvColumns:
        """Some columns, counted from 0, without places: the fast path for long files."""
        return CsvColumns(self, wanted)

    def row(self, index: int) -> Row:
        """A row without values, by its number below the header (from 0), in a file in which each line is a row."""
        return Row((), self.header + 1 + index, self.records)


class CsvColumns:
    """The texts of some columns, in parts. A cell beyond the end of its row is empty.

    Raises TableError like reading row by row. `lines_are_rows` says, after the last part, whether each line below the
    header is a row.
    """

    def __init__(self, rows: CsvRows, wanted: Sequence[int]) -> None:
        self._rows, self._wanted = rows, wanted
        self.lines_are_rows = False

    def __iter__(self) -> Iterator[Columns]:
        records = self._rows.records
        reader = ColumnReader(self._wanted, records.delimiter, records.limits)
        try:
            with records.open() as stream:
                yield from reader.read(stream, self._rows.header)
        except csv.Error:
            rest = [row.values for row in islice(self._rows, reader.rows, None)]
            yield [[str(row[at]) if at < len(row) else "" for row in rest] for at in self._wanted]
        else:
            self.lines_are_rows = reader.lines == self._rows.header + reader.rows
