"""The words of cells, and of comments and drawings in a workbook."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from xml.parsers import expat

from charterbook.i18n import translator
from charterbook.imports.documents.block_builder import clean
from charterbook.imports.documents.blocks import Phrase
from charterbook.imports.tables import Cell, CellFault
from charterbook.imports.xlsx_package import Package
from charterbook.imports.zip_package import ENCODING

_WITH_WORDS = re.compile(r"xl/(?:comments\d*|threadedComments/\w+|drawings/drawing\d+)\.xml")
#: Elements that end a text.
_ENDS = ("comment", "threadedComment", "txBody")


def cell_text(cell: Cell) -> str:
    """The words of a cell, approximately as a spreadsheet shows them; a placeholder for a faulty one."""
    value = cell.value
    if isinstance(value, CellFault):
        return f"‹{value.phrase.text(translator('en'))}›"
    if isinstance(value, Decimal):
        return _number(value, cell.sign)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, bool):
        return str(value).upper()
    return "" if value is None else clean(str(value))


def _number(value: Decimal, sign: str) -> str:
    number = value * 100 if sign == "%" else value
    digits = f"{number:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    if sign == "%":
        return f"{digits} %"
    return f"{digits} {sign}" if sign and sign != "month" else digits


def words_beside(package: Package) -> Iterator[Phrase]:
    """The comments and text boxes of all sheets, with the cell of a comment. Raises TableError."""
    for name in sorted(package.names):
        if _WITH_WORDS.fullmatch(name):
            yield from _Texts(package, name).found


class _Texts:
    def __init__(self, package: Package, name: str) -> None:
        self.found: list[Phrase] = []
        self._parts: list[str] = []
        self._place = name
        self._name = name
        self._is_text = False
        parser = expat.ParserCreate(ENCODING, namespace_separator="}")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        package.parse_with(parser, name)

    def _start(self, tag: str, values: dict[str, str]) -> None:
        self._is_text = tag.rpartition("}")[2] in ("t", "text")
        if "ref" in values:
            self._place = f"{self._name}!{values['ref']}"
        if tag.endswith("}p") and self._parts:
            self._parts.append("\n")

    def _data(self, data: str) -> None:
        if self._is_text:
            self._parts.append(data)

    def _end(self, tag: str) -> None:
        self._is_text = False
        if tag.rpartition("}")[2] in _ENDS:
            text, self._parts = clean("".join(self._parts)), []
            if text:
                self.found.append(Phrase(text, self._place))
