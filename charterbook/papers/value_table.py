"""All values of a charter as a CSV file: one in each row, with its path. No cell is read as a formula."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator

from charterbook.charter import Charter
from charterbook.i18n import N_, translator
from charterbook.papers.inert_text import inert, is_like_formula
from charterbook.papers.workbook_format import WorkbookRow, WorkbookSheet, cell_path
from charterbook.papers.workbook_layout import sheets
from charterbook.papers.workbook_values import Cell

_HEAD = ("path", N_("Part"), N_("Item"), N_("Field"), N_("Value"))


def as_csv(charter: Charter) -> str:
    """The file, in UTF-8 with a byte order mark, by which spreadsheets recognise it."""
    t = translator(charter.language)
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([_HEAD[0], *map(t.gettext, _HEAD[1:])])
    for sheet in sheets(charter):
        for row in sheet.rows:
            writer.writerows([safe_cell(value) for value in line] for line in _lines(sheet, row))
    return f"\ufeff{target.getvalue()}"


def _lines(sheet: WorkbookSheet, row: WorkbookRow) -> Iterator[tuple[Cell, ...]]:
    is_long = sheet.columns[-1].key == "."
    for column, value in zip(sheet.columns, row.cells, strict=True):
        if row.path and column.key and value is not None:
            path = cell_path(row.path, column.key)
            names = row.cells[:2] if is_long else (_name(row), column.title)
            yield (path, sheet.title, *names, value)


def _name(row: WorkbookRow) -> Cell:
    return next((value for value in row.cells if value is not None), None)


def safe_cell(value: Cell) -> str:
    """A cell that no spreadsheet reads as a formula. Numbers are unchanged."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(value)
    text = inert(value or "")
    return f"'{text}" if is_like_formula(text) or text.startswith("\n") else text
