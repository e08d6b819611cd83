"""Read one file of a request log as columns of kinds and instants, with remarks about cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from sys import intern
from typing import get_args

from charterbook.imports.csv_reader import CsvRows
from charterbook.imports.tables import CellFault, Row, Table, located
from charterbook.promises.requests import Pause
from charterbook.promises.timestamps import Fault, Parsed, Timestamps

#: The end of a pause without an end.
_OPEN_END = 10**12

#: Number of rows of a workbook that are read in one part.
_BATCH = 4_096

_FAULTS = frozenset(get_args(Fault))
_SEPARATOR = re.compile(r"[;|\n]")

#: The values of some rows, by column.
_Part = Mapping[str, Sequence[object]]


class RequestFile:
    """The rows of one file. `bad` are the positions of rows that are not counted.

    `faults` are the cells with remarks by rule, each as a column and a row. A file is read in parts, so that its texts
    are not in memory all at once.
    """

    def __init__(self, table: Table, columns: Mapping[str, int], timestamps: Timestamps) -> None:
        self._table, self._at, self._timestamps = table, columns, timestamps
        self.kinds: list[str] = []
        self.opened: list[int | None] = []
        self.answered: list[int | None] = []
        self.ids: list[str] = []
        self.pauses: dict[int, tuple[Pause, ...]] = {}
        self.faults: dict[str, list[tuple[str, int]]] = {}
        self.bad: set[int] = set()
        self._lines_are_rows = False

    def read(self) -> None:
        """Read all rows. Raises TableError."""
        for part in self._parts():
            self._read(part)

    def found(self, rule: str, column: str, row: int, *, bad: bool = True) -> None:
        """Record a remark about a cell; an error excludes its request."""
        self.faults.setdefault(rule, []).append((column, row))
        if bad:
            self.bad.add(row)

    def good(self) -> Sequence[int]:
        """The positions of the rows that are counted."""
        rows = range(len(self.kinds))
        return [row for row in rows if row not in self.bad] if self.bad else rows

    def cells(self, wanted: Sequence[tuple[str, int]]) -> list[str]:
        """The places of cells, by column and row."""
        found = self._found_rows({row for _, row in wanted})
        return [located(self._table.file, found[row].get(self._at[name]).place) for name, row in wanted]

    def _found_rows(self, wanted: set[int]) -> dict[int, Row]:
        """Rows by their positions. A file with longer rows is read again, as places are rarely needed."""
        rows = self._table.rows
        if self._lines_are_rows and isinstance(rows, CsvRows):
            return {row: rows.row(row) for row in wanted}
        read = islice(self._table, max(wanted, default=-1) + 1)
        return {at: row for at, row in enumerate(read) if at in wanted}

    def _parts(self) -> Iterator[_Part]:
        rows = self._table.rows
        if isinstance(rows, CsvRows):
            columns = rows.columns(list(self._at.values()))
            for found in columns:
                yield dict(zip(self._at, found, strict=True))
            self._lines_are_rows = columns.lines_are_rows
            return
        values = (row.values for row in self._table)
        while batch := list(islice(values, _BATCH)):
            yield {
                name: [row[at] if at < len(row) else None for row in batch] for name, at in self._at.items()
            }

    def _read(self, part: _Part) -> None:
        kinds = self._kinds(part)
        opened = self._instants(part, "opened", ends=False)
        answered = self._instants(part, "answered", ends=True)
        self._check(kinds, opened, answered)
        if "paused" in part:
            self.pauses.update(self._pauses(part))
        if "id" in part:
            self.ids += map(str.strip, _words(part["id"]))
        self.kinds += kinds
        self.opened += opened
        self.answered += answered

    def _kinds(self, part: _Part) -> list[str]:
        kinds = _words(part["kind"])
        if "service" in part:
            kinds = [
                f"{service.strip()}/{kind.strip()}" if service and kind else kind
                for service, kind in zip(_words(part["service"]), kinds, strict=True)
            ]
        return list(map(intern, kinds))

    def _instants(self, part: _Part, name: str, *, ends: bool) -> list[int | None]:
        found, said = self._timestamps.column(part[name], ends=ends)
        for at, parsed in said.items():
            self._say(parsed, len(self.kinds) + at, name)
        return found

    def _say(self, parsed: Parsed, row: int, name: str) -> None:
        assert parsed.doubt is not None
        self.found(parsed.doubt, name, row, bad=parsed.doubt in _FAULTS)

    def _check(
        self, kinds: Sequence[str], opened: Sequence[int | None], answered: Sequence[int | None]
    ) -> None:
        before = len(self.kinds)
        for row in _places(None, opened, before):
            if row not in self.bad:
                self.found("not-opened", "opened", row)
        early = [
            begin is not None and end is not None and end < begin
            for begin, end in zip(opened, answered, strict=True)
        ]
        for row in _places(True, early, before):
            self.found("answered-before", "answered", row)
        for blank in [kind for kind in set(kinds) if not kind.strip()]:
            for row in _places(blank, kinds, before):
                self.found("no-kind", "kind", row)

    def _pauses(self, part: _Part) -> Iterator[tuple[int, tuple[Pause, ...]]]:
        """The pauses of each request that has any."""
        begins = part["paused"]
        ends = part.get("resumed", [None] * len(begins))
        for row, (begin, end) in enumerate(zip(begins, ends, strict=True), len(self.kinds)):
            if begin or end:
                begun, ended = self._several(begin, row, "paused"), self._several(end, row, "resumed")
                if len(ended) > len(begun) or len(begun) > len(ended) + 1:
                    self.found("pauses-differ", "paused", row)
                    continue
                pauses = tuple(zip(begun, [*ended, _OPEN_END], strict=False))
                if any(one > other for one, other in pauses):
                    self.found("resumed-before", "paused", row)
                yield row, pauses

    def _several(self, value: object, row: int, name: str) -> list[int]:
        """The instants in a cell: one, or several separated by semicolons, bars or line breaks."""
        parts = _SEPARATOR.split(value) if isinstance(value, str) else [value]
        found = []
        for part in parts:
            parsed = self._timestamps.read(part, ends=name == "resumed")
            if parsed.doubt:
                self._say(parsed, row, name)
            if parsed.instant is not None:
                found.append(parsed.instant)
        return found


def _places(value: object, values: Sequence[object], before: int) -> list[int]:
    """The positions of a rare value."""
    return [at for at, one in enumerate(values, before) if one == value] if value in values else []


def _words(values: Sequence[object]) -> list[str]:
    """The values of a column as texts, of which most occur often."""
    try:
        return list(map(intern, values))  # type: ignore[arg-type]
    except TypeError:
        return [
            "" if value is None or isinstance(value, CellFault) else intern(str(value)) for value in values
        ]
