"""Workbooks for tests, written by XlsxWriter and spoilt by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[object]]

SHEET = "xl/worksheets/sheet1.xml"
HEADER = ("metric", "day", "value")


def workbook(
    rows: Rows = (),
    *,
    fill: Callable[[Any, Any], object] | None = None,
    names: Sequence[str] = ("Sheet1",),
    **options: Any,
) -> bytes:
    """A workbook with these rows in its first sheet, which `fill` can change."""
    made = io.BytesIO()
    book: Any = xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **options})
    sheets = [book.add_worksheet(name) for name in names]
    for number, row in enumerate(rows):
        sheets[0].write_row(number, 0, row)
    if fill:
        fill(book, sheets[0])
    book.close()
    return made.getvalue()


def _as_it_is(part: bytes) -> bytes:
    return part


def with_parts(data: bytes, changes: Mapping[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """A workbook with other parts: new bytes, none, or the result of a function."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            change = changes.get(name, _as_it_is)
            part = change if change is None or isinstance(change, bytes) else change(old.read(name))
            if part is not None:
                new.writestr(name, part)
    return made.getvalue()


def packed(**parts: bytes) -> bytes:
    """A ZIP file with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return made.getvalue()


def cells(xml: str) -> bytes:
    """A workbook whose sheet has this XML as its rows."""
    whole = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{xml}</sheetData></worksheet>'
    return with_parts(workbook([HEADER]), {SHEET: whole.encode()})


def text_cell(place: str, text: str) -> str:
    """A cell with text, as XML."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def headed(xml: str) -> bytes:
    """A workbook with the header of the long form, and this XML as its other rows."""
    head = "".join(text_cell(f"{letter}1", name) for letter, name in zip("ABC", HEADER, strict=True))
    return cells(f'<row r="1">{head}</row>{xml}')
