"""Edits of a workbook that a new export in its place would lose."""

from __future__ import annotations

from charterbook.imports.tables import Cell
from charterbook.papers.workbook_format import cell_path
from charterbook.papers.workbook_reading import NewRow, ReadWorkbook, is_same


def first_lost_edit(old: ReadWorkbook, new: ReadWorkbook) -> str | None:
    """The place of the first edit in the old workbook that the new one, an export, does not have; None without one."""
    for path, cell in old.cells.items():
        if not _has(old, path, cell) and not _has(new, path, cell):
            return cell.place
    for row in old.new:
        if not _has_row(new, row):
            return row.place
    if any(path in new.base and path not in old.cells for path in old.base):
        return old.file
    return old.foreign[0] if old.foreign else None


def _has(export: ReadWorkbook, path: str, cell: Cell) -> bool:
    return path in export.base and is_same(cell, export.base[path])


def _has_row(export: ReadWorkbook, row: NewRow) -> bool:
    """Whether an exported row has the values of a new one."""
    filled = {key: cell for key, cell in row.cells.items() if cell.value is not None}
    rows = {path.rpartition("/")[0] for path in export.base}
    return any(all(_has(export, cell_path(at, key), cell) for key, cell in filled.items()) for at in rows)
