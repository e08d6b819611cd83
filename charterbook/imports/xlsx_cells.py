"""Scan the XML of a sheet before it is read: the range of its values, and unusual cells.

The parser of values allocates a rectangle of all cells. Two values in opposite corners of a sheet would take all
memory, so the rectangle is measured first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from charterbook.imports import table_messages
from charterbook.imports.tables import CellFault, TableError
from charterbook.imports.xlsx_package import Package, Sheet
from charterbook.imports.zip_package import ENCODING
from charterbook.load.did_you_mean import quote, short
from charterbook.load.lazy_message import LazyMessage

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,6}", re.ASCII)
_LAST_ROW, _LAST_COLUMN = 2**20, 2**14
_MOST_MERGED = 2_000
_LONGEST_TAG = 40

#: A row and a column as one number.
Key = int


def key(row: int, column: int) -> Key:
    """The key of a cell; row and column count from 1."""
    return row * _LAST_COLUMN * 2 + column


@dataclass
class SheetScan:
    """The result of the scan. Rows and columns count from 1."""

    last_row: int = 0
    first_column: int = _LAST_COLUMN + 1
    last_column: int = 0
    signs: dict[Key, str] = field(default_factory=dict)
    faults: dict[Key, CellFault] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    formula: tuple[int, int] | None = None

    _active: tuple[int, list[tuple[int, int, int, int]]] = (0, [])

    def merged_with(self, row: int, column: int) -> tuple[int, int] | None:
        """The cell with the value of a merged cell; None for that cell itself, and for a cell that is not merged."""
        if self._active[0] != row:
            self._active = row, [area for area in self.merged if area[0] <= row <= area[2]]
        for top, left, _, right in self._active[1]:
            if left <= column <= right and (row, column) != (top, left):
                return top, left
        return None


def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def place(sheet: str, row: int, column: int) -> str:
    """The name of a cell in spreadsheet programs: `Sheet1!C7`, `'My sheet'!C7`."""
    name = sheet if re.fullmatch(r"\w+", sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{name}!{letters(column)}{row}"


def scan_sheet(package: Package, sheet: Sheet, signs: Sequence[str]) -> SheetScan:
    """The result of scanning a sheet. Raises TableError if its values take too much memory."""
    return _Scan(package, sheet, signs).marks


_Handler = Callable[[dict[str, str]], None]


class _Handlers(dict[str, _Handler]):
    """Handlers of elements by tag, with any prefix; other elements have none."""

    def __missing__(self, tag: str) -> _Handler:
        found = self[tag] = self.get(tag.rpartition(":")[2], _ignore) if len(tag) < _LONGEST_TAG else _ignore
        return found


def _ignore(_values: dict[str, str]) -> None:
    """Handler of an irrelevant element."""


class _Scan:
    def __init__(self, package: Package, sheet: Sheet, signs: Sequence[str]) -> None:
        self.package, self.sheet, self.signs = package, sheet, signs
        self.marks = SheetScan()
        self.row = self.column = 0
        self.style = self.kind = ""
        self.formula = False
        self.text: list[str] = []
        self.starts = _Handlers(
            {
                "row": self._row,
                "c": self._cell,
                "f": self._formula,
                "v": self._value,
                "is": self._inline,
                "mergeCell": self._merged,
            }
        )
        self.parser = expat.ParserCreate(ENCODING)
        self.parser.StartElementHandler = lambda tag, values: self.starts[tag](values)
        package.parse_with(self.parser, sheet.part)

    def _row(self, values: dict[str, str]) -> None:
        number = values.get("r")
        if number is not None and not _NUMBER.fullmatch(number):
            raise self._unclear()
        self.row = int(number) if number else self.row + 1
        self.column = 0

    def _cell(self, values: dict[str, str]) -> None:
        reference = values.get("r")
        if reference is None:
            self.column += 1
        elif match := _REFERENCE.fullmatch(reference):
            self.column, self.row = _column(match[1]), int(match[2])
        else:
            raise self._unclear()
        self.style, self.kind, self.formula = values.get("s", ""), values.get("t", ""), False

    def _formula(self, _values: dict[str, str]) -> None:
        self.formula = True
        self.parser.EndElementHandler = self._end
        self.marks.formula = self.marks.formula or (self.row, self.column)
        self._seen()

    def _inline(self, _values: dict[str, str]) -> None:
        self._seen()

    def _value(self, _values: dict[str, str]) -> None:
        self._seen()
        if self.formula or self.kind == "e":
            self.text = []
            self.parser.CharacterDataHandler = self.text.append
            self.parser.EndElementHandler = self._end
        if not self.kind or self.kind == "n":
            number = int(self.style) if self.style.isdigit() else -1
            if 0 <= number < len(self.signs) and self.signs[number]:
                self.marks.signs[key(self.row, self.column)] = self.signs[number]

    def _end(self, name: str) -> None:
        """Handler inside a formula or an error: record its value."""
        tag = name.rpartition(":")[2]
        if tag == "v":
            self.parser.CharacterDataHandler = None
            self.formula = self.formula and not self.text and self.kind != "str"
            if self.kind == "e":
                value = short("".join(self.text))
                self._fault(LazyMessage(table_messages.CELL_ERROR, value=value))
        elif tag == "c":
            if self.formula:
                self._fault(LazyMessage(table_messages.UNSAVED))
            self.parser.EndElementHandler = None

    def _fault(self, phrase: LazyMessage) -> None:
        self.marks.faults[key(self.row, self.column)] = CellFault(phrase)

    def _seen(self) -> None:
        """Extend the rectangle to a cell with a value."""
        marks, limits = self.marks, self.package.limits
        if self.row == marks.last_row and marks.first_column <= self.column <= marks.last_column:
            return
        marks.last_row = max(marks.last_row, self.row)
        marks.first_column = min(marks.first_column, self.column)
        marks.last_column = max(marks.last_column, self.column)
        if self.row > min(limits.rows, _LAST_ROW):
            raise self._refused("too-many-rows", limits.rows)
        if self.column > min(limits.columns, _LAST_COLUMN):
            raise self._refused("too-many-columns", limits.columns)
        if marks.last_row * (marks.last_column - marks.first_column + 1) > limits.cells:
            raise self._refused("too-many-cells", limits.cells)

    def _merged(self, values: dict[str, str]) -> None:
        corners = list(_corners(values.get("ref", "")))
        if len(corners) == 2:  # noqa: PLR2004
            (top, left), (bottom, right) = corners
            self.marks.merged.append((top, left, bottom, right))
        if len(self.marks.merged) > _MOST_MERGED:
            raise self._refused("too-many-merged", _MOST_MERGED)

    def _unclear(self) -> TableError:
        """The error for a cell reference that parsers may interpret differently."""
        return self.package.refused("broken-xml", part=quote(self.sheet.part))

    def _refused(self, rule: str, limit: int) -> TableError:
        where = place(self.sheet.name, self.row, self.column)
        return TableError(self.package.file, where, rule, None, limit=limit)


def _corners(reference: str) -> Iterator[tuple[int, int]]:
    for corner in reference.split(":"):
        if match := _REFERENCE.fullmatch(corner):
            yield int(match[2]), _column(match[1])


def _column(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
