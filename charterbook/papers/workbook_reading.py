"""Read an exported workbook back: its cells by path, the cells as they were exported, and new rows.

`workbook_format` describes the format. Nothing is compared here.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from pathlib import Path

from charterbook.frozen_dataclass import dataclass
from charterbook.imports.file_kind import is_zip, read_head
from charterbook.imports.tables import DAY_ZERO, LIMITS, Cell, Row, TableError
from charterbook.imports.xlsx_reader import read_sheets
from charterbook.papers.workbook_format import BASE, CHOICES, LAYOUT, META, cell_path
from charterbook.papers.workbook_messages import MESSAGES

_HIDDEN = (BASE, CHOICES, META)
_HEADINGS = 2


class WorkbookError(TableError):
    """A workbook that cannot be compared with its export."""

    messages: Mapping[str, tuple[str, str]] = {**TableError.messages, **MESSAGES}


@dataclass(frozen=True)
class NewRow:
    """A row without a path: its cells by the keys of their columns, the cells without a key, and its place.

    `like` is the path of the first exported row of the sheet.
    """

    cells: Mapping[str, Cell]
    keyless: tuple[Cell, ...]
    like: str
    place: str


@dataclass
class ReadWorkbook:
    """The cells of a workbook by path, and the cells of its export."""

    file: str
    cells: dict[str, Cell] = field(default_factory=dict)
    base: dict[str, Cell] = field(default_factory=dict)
    new: list[NewRow] = field(default_factory=list)
    doubles: list[tuple[str, Cell]] = field(default_factory=list)
    #: The keys of the columns of each sheet, and the names of sheets that were not exported.
    headings: list[frozenset[str]] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def read_workbook_cells(path: Path) -> ReadWorkbook:
    """All cells of an exported workbook. Raises WorkbookError for any other file, and OSError."""
    head, rule = read_head(path, LIMITS, WorkbookError)
    if rule is not None or not is_zip(head):
        raise WorkbookError(str(path), str(path), rule or "no-workbook")
    found = ReadWorkbook(str(path))
    rows = {sheet.name: list(rows) for sheet, rows, _ in read_sheets(path, LIMITS)}
    if not {META, BASE} <= set(rows):
        raise WorkbookError(str(path), str(path), "other-workbook")
    meta = {str(row.get(0).value): row.get(1).value for row in rows[META]}
    if meta.get("layout") != LAYOUT:
        facts = {"found": str(meta.get("layout")), "known": str(LAYOUT)}
        raise WorkbookError(str(path), str(path), "newer-layout", None, **facts)
    found.base = {str(row.get(0).value): row.get(1) for row in rows[BASE]}
    for name, of_sheet in rows.items():
        if name in _HIDDEN:
            continue
        if _is_exported(found, of_sheet):
            _add_sheet(found, of_sheet)
        elif of_sheet:
            found.foreign.append(name)
    return found


def _is_exported(found: ReadWorkbook, rows: list[Row]) -> bool:
    """Whether the first row has keys of columns, as in an export. Only a table of letters for roles may be read-only."""
    if any(str(row.get(0).value).startswith("raci/") for row in rows):
        return True
    if not rows or rows[0].number != 1:
        return False
    keys = {str(cell.value) for cell in rows[0] if cell.value is not None}
    steps = {step for path in found.base for step in path.split("/")}
    return bool(keys) and all(key == "." or set(key.split("/")) <= steps for key in keys)


def _add_sheet(found: ReadWorkbook, rows: list[Row]) -> None:
    keys = [str(cell.value or "") for cell in rows[0]] if rows[0].number == 1 else []
    found.headings.append(frozenset(keys) - {""})
    paths = {row.number: str(row.get(0).value or "") for row in rows}
    like = next((path for number, path in paths.items() if number > _HEADINGS and path), "")
    for row in rows:
        if row.number <= _HEADINGS:
            continue
        if paths[row.number]:
            _add_row(found, row, paths[row.number], keys)
        elif any(cell.value is not None for cell in row):
            _add_new(found, row, keys, like)


def _add_row(found: ReadWorkbook, row: Row, path: str, keys: list[str]) -> None:
    for column, key in enumerate(keys):
        if column and key:
            cell, at = row.get(column), cell_path(path, key)
            if at in found.cells:
                found.doubles.append((at, cell))
            else:
                found.cells[at] = cell


def _add_new(found: ReadWorkbook, row: Row, keys: list[str], like: str) -> None:
    cells = {key: row.get(column) for column, key in enumerate(keys) if column and key}
    keyless = tuple(row.get(column) for column, key in enumerate(keys) if column and not key)
    first = next(cell for cell in row if cell.value is not None)
    found.new.append(NewRow(cells, keyless, like, first.place))


def is_same(cell: Cell, exported: Cell) -> bool:
    """Whether a cell has the exported value: a day that is shown as a number is the same day."""
    value, old = comparable(cell), comparable(exported)
    if (
        isinstance(value, Decimal)
        and isinstance(old, datetime.date)
        and not isinstance(old, datetime.datetime)
    ):
        return value == (old - DAY_ZERO).days
    return value == old


def comparable(cell: Cell) -> object:
    """The value of a cell for comparison: a program that saves a workbook can change its type, not its value."""
    value = cell.value
    if isinstance(value, Decimal):
        return value * 100 if cell.sign == "%" else value
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date()
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n") or None
    return value
