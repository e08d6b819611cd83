"""Edit a workbook as a spreadsheet program would: other values in cells, new rows and removed rows."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_HIDDEN = ("charterbook", "base", "choices")
_EPOCH = datetime.date(1899, 12, 30)


class EditableWorkbook:
    """The visible sheets of a workbook, by the paths of their cells."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            self.parts = {name: packed.read(name) for name in packed.namelist()}
        strings = etree.fromstring(self.parts["xl/sharedStrings.xml"])
        self.strings = ["".join(text.itertext()) for text in strings.iter(f"{_MAIN}si")]
        names = [
            sheet.get("name")
            for sheet in etree.fromstring(self.parts["xl/workbook.xml"]).iter(f"{_MAIN}sheet")
        ]
        self.sheets = {
            name: etree.fromstring(self.parts[f"xl/worksheets/sheet{number}.xml"])
            for number, name in enumerate(names, 1)
            if name not in _HIDDEN
        }
        self.names = names

    def rows(self) -> Iterator[tuple[Any, str, dict[str, Any], str]]:
        """Each row with its path, its cells by path, and its sheet."""
        for name, sheet in self.sheets.items():
            first, *others = sheet.iter(f"{_MAIN}row")
            keys = {_column(cell): self.text(cell) for cell in first}
            for row in others[1:]:
                cells = {_column(cell): cell for cell in row}
                path = self.text(cells["A"]) if "A" in cells else ""
                step, _, service = path.partition("/")
                found = {
                    path
                    if key == "."
                    else f"roles/{key}/raci/{service}"
                    if step == "raci"
                    else f"{path}/{key}": cells[at]
                    for at, key in keys.items()
                    if key and at in cells
                }
                yield row, path, found, name

    def text(self, cell: Any) -> str:
        """The text of a cell with a string."""
        value = cell.findtext(f"{_MAIN}v")
        return "" if value is None else self.strings[int(value)] if cell.get("t") == "s" else value

    def place(self, path: str) -> str:
        """The place of a cell, as messages name it."""
        sheet, cell = next((name, cells[path]) for _, _, cells, name in self.rows() if path in cells)
        return f"{sheet}!{cell.get('r')}" if sheet.isidentifier() else f"'{sheet}'!{cell.get('r')}"

    def set(self, values: Mapping[str, object]) -> None:
        """Set cells by their paths; None empties one."""
        for _, _, cells, _ in self.rows():
            for path, value in values.items():
                if path in cells:
                    set_value(cells[path], value)

    def remove(self, path: str) -> None:
        """Remove the rows of an item."""
        for row, at, _, _ in list(self.rows()):
            if at == path or at.startswith(f"{path}/") or at == f"raci/{path.rpartition('/')[2]}":
                row.getparent().remove(row)

    def add(self, like: str, values: Mapping[str, object], *, lead: str = "") -> None:
        """Add a row below all others of the sheet that has a path, with values by the keys of columns."""
        row = next(row for row, path, _, _ in self.rows() if path == like)
        sheet = row.getparent()
        keys = {self.text(cell): _column(cell) for cell in sheet[0] if self.text(cell)}
        number = int(sheet[-1].get("r")) + 1
        added = etree.SubElement(sheet, f"{_MAIN}row", r=str(number))
        named = {"B": lead} if lead else {}
        for at, value in sorted({**named, **{keys[key]: value for key, value in values.items()}}.items()):
            set_value(etree.SubElement(added, f"{_MAIN}c", r=f"{at}{number}"), value)

    def sheet(self, path: str) -> Any:
        """The sheet that has a cell."""
        return self.sheets[next(name for _, _, cells, name in self.rows() if path in cells)]

    def data(self) -> bytes:
        """The workbook with the edits."""
        for number, name in enumerate(self.names, 1):
            if name in self.sheets:
                self.parts[f"xl/worksheets/sheet{number}.xml"] = etree.tostring(
                    self.sheets[name], encoding="UTF-8"
                )
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, part in self.parts.items():
                packed.writestr(name, part)
        return made.getvalue()


def _column(cell: Any) -> str:
    return str(cell.get("r")).rstrip("0123456789")


def set_value(cell: Any, value: object) -> None:
    """Set the value of a cell."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, datetime.date):
        value = (value - _EPOCH).days
        cell.set("s", cell.get("s", "0"))
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t")
        text.text = value
    elif value is not None:
        etree.SubElement(cell, f"{_MAIN}v").text = repr(value)


def edited(data: bytes, values: Mapping[str, object]) -> bytes:
    """A workbook with other values in some cells."""
    book = EditableWorkbook(data)
    book.set(values)
    return book.data()
