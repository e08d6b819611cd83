"""Read a sheet of an XLSX workbook. Values come from calamine, after the workbook has been checked."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import python_calamine

from charterbook.frozen_dataclass import dataclass
from charterbook.imports import table_messages
from charterbook.imports.tables import Cell, CellFault, Limits, Note, Row, Table, TableError, Value
from charterbook.imports.xlsx_cells import SheetScan, key, place, scan_sheet
from charterbook.imports.xlsx_formats import signs_of
from charterbook.imports.xlsx_package import Package, Sheet
from charterbook.load.did_you_mean import did_you_mean, quote, short
from charterbook.load.lazy_message import LazyMessage

_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm")


def read_xlsx(path: Path, limits: Limits, sheet: str | None, header: int | None) -> Table:
    """The table in a workbook. Raises TableError."""
    package = Package(path, limits)
    sheets = package.sheets()
    chosen = _chosen(package, sheets, sheet)
    marks = scan_sheet(package, chosen, signs_of(package))
    cells = _Cells(
        str(path), chosen.name, marks, limits, _opened(package, chosen, _parsed(package, [chosen]))
    )
    first = next((row for row in cells if header in (None, row.number)), None)
    if first is None:
        rule = "no-rows" if header is None else "no-header"
        raise TableError(str(path), place(chosen.name, header or 1, 1), rule, None, row=str(header))
    notes = tuple(_notes(package, path, chosen, sheets, marks))
    return Table(str(path), chosen.name, first, _RowsBelowHeader(cells, first.number), notes)


def read_sheets(path: Path, limits: Limits) -> Iterator[tuple[Sheet, Iterable[Row], tuple[Note, ...]]]:
    """All sheets of a workbook, also hidden ones, each with its non-empty rows and notes. Raises TableError."""
    package = Package(path, limits)
    sheets = package.sheets()
    signs = signs_of(package)
    marks = [scan_sheet(package, sheet, signs) for sheet in sheets]
    parsed = _parsed(package, sheets)
    for sheet, found in zip(sheets, marks, strict=True):
        cells = _Cells(str(path), sheet.name, found, limits, _opened(package, sheet, parsed))
        yield sheet, cells, tuple(_notes(package, path, sheet, [sheet], found))


def _chosen(package: Package, sheets: Sequence[Sheet], requested: str | None) -> Sheet:
    names = [sheet.name for sheet in sheets]
    if requested is not None:
        found = next((sheet for sheet in sheets if sheet.name == requested), None)
        if found is None:
            advice = did_you_mean(requested, names)
            raise TableError(
                package.file,
                package.file,
                "unknown-sheet",
                advice,
                name=quote(requested),
                names=_listed(names),
            )
        return found
    shown = [sheet for sheet in sheets if sheet.shown]
    if not shown:
        raise package.refused("no-sheet")
    if len(shown) > 1:
        raise package.refused("several-sheets", names=_listed([sheet.name for sheet in shown]))
    return shown[0]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(short(name) for name in names[:12]) + ", …" * (len(names) > 12)  # noqa: PLR2004


def _parsed(package: Package, sheets: Sequence[Sheet]) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.load_workbook(package.repacked(sheets))
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise package.refused("broken-xml", part=quote(sheets[0].part if sheets else package.file)) from error


def _opened(
    package: Package, sheet: Sheet, parsed: python_calamine.CalamineWorkbook
) -> python_calamine.CalamineSheet:
    try:
        return parsed.get_sheet_by_name(sheet.name)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise package.refused("broken-xml", part=quote(sheet.part)) from error


def _notes(
    package: Package, path: Path, chosen: Sheet, sheets: Sequence[Sheet], marks: SheetScan
) -> Iterator[Note]:
    file = package.file
    if path.suffix.casefold() not in _ENDINGS:
        yield Note(file, LazyMessage(table_messages.NAME_NOTE))
    if not all(sheet.shown for sheet in sheets):
        yield Note(file, LazyMessage(table_messages.HIDDEN_NOTE, sheet=quote(chosen.name)))
    if "xl/vbaProject.bin" in package.names:
        yield Note(file, LazyMessage(table_messages.MACRO_NOTE))
    if any(name.startswith("xl/externalLinks/") for name in package.names):
        yield Note(file, LazyMessage(table_messages.LINK_NOTE))
    if marks.formula is not None:
        yield Note(place(chosen.name, *marks.formula), LazyMessage(table_messages.FORMULA_NOTE))


@dataclass(frozen=True)
class _Cells:
    """The non-empty rows of a sheet."""

    file: str
    sheet: str
    marks: SheetScan
    limits: Limits
    parsed: python_calamine.CalamineSheet

    def cell(self, value: object, row: int, column: int) -> Cell:
        """The cell in a row and a column of the sheet; columns count from the first non-empty one."""
        column += self.marks.first_column - 1
        where = place(self.sheet, row, column)
        if fault := self.marks.faults.get(key(row, column)):
            return Cell(fault, where)
        found = _value(value)
        if found is None and (first := self.marks.merged_with(row, column)):
            return Cell(CellFault(LazyMessage(table_messages.MERGED, first=place(self.sheet, *first))), where)
        return Cell(found, where, self.marks.signs.get(key(row, column), ""))

    def __iter__(self) -> Iterator[Row]:
        marks = self.marks
        if not marks.last_row:
            return
        faulty = {number // key(1, 0) for number in marks.faults}
        for number, values in enumerate(self._lines(), 1):
            if number in faulty or any(value not in ("", None) for value in values):
                self._check(values, number)
                yield Row(values, number, self)

    def _lines(self) -> Iterator[Sequence[object]]:
        """All rows of the sheet from the first one, as wide as its values."""
        start = self.parsed.start
        width = self.marks.last_column - self.marks.first_column + 1
        before = 0 if start is None else start[1] + 1 - self.marks.first_column
        count = 0
        for values in self.parsed.iter_rows() if start is not None else ():
            count += 1
            yield [*[""] * before, *values, *[""] * (width - before - len(values))]
        for _ in range(count, self.marks.last_row):
            yield [""] * width

    def _check(self, values: Sequence[object], number: int) -> None:
        for column, value in enumerate(values, self.marks.first_column):
            if isinstance(value, str) and len(value) > self.limits.cell_length:
                where, limit = place(self.sheet, number, column), self.limits.cell_length
                raise TableError(self.file, where, "long-cell", None, limit=limit)


def _value(value: object) -> Value:
    """The value for use. A number is rounded to 15 digits as in Excel, so that sums of tenths are exact."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, float):
        if not math.isfinite(value):
            return CellFault(LazyMessage(table_messages.INFINITE))
        return Decimal(f"{value:.15g}")
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, bool | datetime.date | datetime.time | datetime.timedelta):
        return value
    return None


@dataclass(frozen=True)
class _RowsBelowHeader:
    """The rows below the header."""

    cells: _Cells
    header: int

    def __iter__(self) -> Iterator[Row]:
        return (row for row in self.cells if row.number > self.header)
