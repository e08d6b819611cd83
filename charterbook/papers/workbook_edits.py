"""Apply the edits in an exported workbook to the charter.

A cell was edited if it differs from the exported one. Edits of values that have changed in the charter since
are refused.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from charterbook.charter import ITEM_LISTS, Charter
from charterbook.charter.model_shape import Shape
from charterbook.diff import plain
from charterbook.i18n import translator
from charterbook.identity import path_of
from charterbook.imports.tables import Cell, CellFault
from charterbook.load.collector import ProblemCollector
from charterbook.load.did_you_mean import quote, suggest
from charterbook.load.schema_errors import SchemaErrorReporter
from charterbook.papers.cell_values import Unfit, cell_value
from charterbook.papers.data_paths import put, remove, steps_of, value_at
from charterbook.papers.edit_problems import EditedCharter
from charterbook.papers.new_rows import add_rows
from charterbook.papers.workbook_format import RACI_KEYS, WorkbookColumn, cell_path
from charterbook.papers.workbook_layout import sheets
from charterbook.papers.workbook_reading import ReadWorkbook, comparable, is_same
from charterbook.papers.workbook_values import plain_cell
from charterbook.source_map import SourceMap


def edited_charter(charter: Charter, book: ReadWorkbook) -> EditedCharter:
    """The charter with the edits of a workbook."""
    return _Editor(charter, book).edit()


class _Editor:
    def __init__(self, charter: Charter, book: ReadWorkbook) -> None:
        self.charter, self.book = charter, book
        self.words = translator(charter.language)
        self.data = copy.deepcopy(plain(charter))
        self.result = EditedCharter()
        self.sheets = sheets(charter)
        self.now = {
            path: plain_cell(value) if isinstance(value, str) else value for path, value in self._cells()
        }
        self.columns = dict(self._columns())
        self.places: dict[str, str] = {}
        self.lost: set[str] = set()
        self.references: list[tuple[Cell, Shape, Any]] = []

    def _cells(self) -> Iterator[tuple[str, Any]]:
        for sheet in self.sheets:
            yield from sheet.editable()

    def _columns(self) -> Iterator[tuple[str, WorkbookColumn]]:
        """The column of each path, with the shape of its value."""
        for sheet in self.sheets:
            for row in sheet.rows:
                for column in sheet.columns:
                    if row.path and column.key:
                        own = (
                            WorkbookColumn(column.key, "", row.part, row.shape)
                            if column.key == "."
                            else column
                        )
                        yield cell_path(row.path, column.key), own

    def edit(self) -> EditedCharter:
        """Apply all edits, and validate the result."""
        self._check_sheets()
        self._check_doubles()
        gone = self._removed()
        for path, cell in self.book.cells.items():
            if path not in self.book.base:
                self.result.add(cell.place, "unknown-row", path=path)
            elif not is_same(cell, self.book.base[path]):
                self._edit(path, cell)
        for path in sorted(gone, key=_positions, reverse=True):
            remove(self.data, steps_of(path))
        add_rows(self.data, self.book.new, self.sheets, self.result, self.words)
        for cell, shape, value in self.references:
            self._check_reference(cell, shape, value)
        if not self.result.problems:
            self._validate()
        return self.result

    def _check_sheets(self) -> None:
        """Report sheets that were added, removed, or have lost the row with the keys of their columns."""
        for name in self.book.foreign:
            self.result.add(name, "other-sheet")
        for sheet in self.sheets:
            keys = {column.key for column in sheet.columns} - {""}
            paths = {path for path, _ in sheet.editable() if path in self.book.base}
            if not paths or paths & self.book.cells.keys():
                continue
            found = next(
                (one for one in self.book.headings if 2 * len(one & keys) > len(keys) and keys != {"."}), None
            )
            if found is None:
                self.lost |= paths
                self.result.add(self.book.file, "lost-sheet", name=quote(sheet.title))

    def _check_doubles(self) -> None:
        """Report each copied row once."""
        rows: set[str] = set()
        for path, cell in self.book.doubles:
            row = path.rpartition("/")[0]
            if row not in rows:
                rows.add(row)
                self.result.add(cell.place, "double-cell", path=path, other=self.book.cells[path].place)

    def _removed(self) -> set[str]:
        """The paths of the items and elements with missing rows."""
        missing = [path for path in self.book.base if path not in self.book.cells and path not in self.lost]
        wholes = {path.rpartition("/")[0] for path in missing}
        gone: set[str] = set()
        for whole in sorted(wholes, key=len):
            own = [path for path in self.book.base if path.rpartition("/")[0] == whole]
            is_element = isinstance(value_at(self.data, steps_of(whole.rpartition("/")[0])), list)
            if is_element and all(path in missing for path in own):
                gone.add(whole)
        for path in missing:
            if not any(path.startswith(f"{whole}/") for whole in gone) and not self._follows(path, gone):
                self.result.add(self.book.file, "lost-cell", path=path)
        return {whole for whole in gone if not any(whole.startswith(f"{one}/") for one in gone)}

    def _follows(self, path: str, gone: set[str]) -> bool:
        """Whether a cell with letters is missing because its service or its role is missing."""
        steps = path.split("/")
        is_raci = steps[:1] == ["roles"] and steps[2:3] == ["raci"]
        return is_raci and bool({f"services/{steps[3]}", f"roles/{steps[1]}"} & gone)

    def _edit(self, path: str, cell: Cell) -> None:
        if isinstance(cell.value, CellFault):
            self.result.add(cell.place, "cell", reason=cell.value.phrase)
            return
        if path not in self.now:
            self.result.add(cell.place, "gone", path=path)
            return
        now = comparable(_as_read(self.now[path]))
        if now == comparable(cell):
            return
        if now != comparable(self.book.base[path]):
            self.result.add(cell.place, "changed-since", now=quote(now if now is not None else ""))
            return
        self.places[path] = cell.place
        if "/raci/" in path:
            self._letters(path, cell)
        else:
            self._value(path, cell)

    def _value(self, path: str, cell: Cell) -> None:
        column = self.columns[path]
        assert column.part is not None
        assert column.shape is not None
        value = cell_value(cell, column.part, column.shape, self.words)
        if isinstance(value, Unfit):
            self.result.add(cell.place, "not-a-value", value.expected, value=quote(value.value))
        else:
            put(self.data, steps_of(path), value)
            if column.shape.refers and value is not None:
                self.references.append((cell, column.shape, value))

    def _check_reference(self, cell: Cell, shape: Shape, value: Any) -> None:
        """Report an id in a cell that no item has."""
        kinds = shape.refers.kinds if shape.refers else ()
        if any(kind not in ITEM_LISTS for kind in kinds):
            return
        lists = [value_at(self.data, list(path_of(kind))) or [] for kind in kinds]
        known = [item["id"] for items in lists for item in items]
        if shape.refers is None or (shape.refers.if_any and not known):
            return
        unknown = next((one for one in (value if shape.is_list else [value]) if one not in known), None)
        if unknown is not None:
            advice = suggest(str(unknown), known)
            self.result.add(cell.place, "unknown-id", advice, value=quote(unknown), kinds=", ".join(kinds))

    def _letters(self, path: str, cell: Cell) -> None:
        """Set the lists of a role that have a service."""
        _, role, _, service = path.split("/")
        text = str(comparable(cell) or "")
        letters = {letter.strip().upper() for letter in text.replace(";", ",").split(",") if letter.strip()}
        if not letters <= RACI_KEYS.keys():
            self.result.add(cell.place, "letters", value=quote(text))
            return
        for letter, key in RACI_KEYS.items():
            at = steps_of(f"roles/{role}/{key}")
            known = list(value_at(self.data, at) or [])
            if letter in letters and service not in known:
                put(self.data, at, [*known, service])
            elif letter not in letters and service in known:
                put(self.data, at, [one for one in known if one != service])

    def _validate(self) -> None:
        try:
            self.result.charter = Charter.model_validate(self.data)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                report = ProblemCollector(self.charter.language)
                SchemaErrorReporter(SourceMap(), report).take(one)
                self.result.add(
                    self._place(one["loc"]), "invalid", reason=report.problems()[0].words.rstrip(".")
                )

    def _place(self, at: tuple[str | int, ...]) -> str:
        """The cell of a value, or of any other value of the same item."""
        names: list[str] = []
        value: Any = self.data
        for step in at:
            value = _inside(value, step)
            is_item = isinstance(step, int) and isinstance(value, dict)
            names.append(str(value.get("id", step) if is_item else step))
        path = "/".join(names)
        near = (place for known, place in self.places.items() if known.startswith(path.rpartition("/")[0]))
        return self.places.get(path) or next(near, self.book.file)


def _inside(value: Any, step: str | int) -> Any:
    """The value at a step of an error's path; None below a missing one."""
    if isinstance(value, list) and isinstance(step, int):
        return value[step]
    return value.get(step) if isinstance(value, dict) else None


def _as_read(value: Any) -> Cell:
    """A cell of the layout, as read from a file."""
    if isinstance(value, str):
        return Cell(value.strip() or None, "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Cell(Decimal(f"{value:.15g}"), "")
    return Cell(value, "")


def _positions(path: str) -> list[int]:
    """The positions in a path, so that later elements can be removed before earlier ones."""
    return [int(step) if step.isdigit() else 0 for step in steps_of(path)]
