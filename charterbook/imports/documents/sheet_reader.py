"""Read all sheets of a workbook, or a CSV file, as headings and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from charterbook.imports.csv_reader import read_csv
from charterbook.imports.documents import document_messages
from charterbook.imports.documents.blocks import (
    Block,
    Heading,
    Paragraph,
    Phrase,
    ReadDocument,
    TableCell,
    squared,
)
from charterbook.imports.documents.sheet_texts import cell_text, words_beside
from charterbook.imports.table_messages import MERGED
from charterbook.imports.tables import CellFault, Limits, Note, Row, TableError
from charterbook.imports.xlsx_package import Package
from charterbook.imports.xlsx_reader import read_sheets
from charterbook.load.did_you_mean import quote
from charterbook.load.lazy_message import LazyMessage

#: The levels of the name of a sheet, and of a title above a table.
_SHEET, _TITLE = 1, 2
#: Hidden sheets of an exported charter.
_EXPORTED = {"charterbook", "base"}


def read_csv_file(path: Path, encoding: str | None, limits: Limits) -> ReadDocument:
    """The table in a CSV file, and the notes on it. Raises TableError."""
    table = read_csv(path, limits, encoding, None, None)
    folder = str(path).removesuffix(path.name)
    return ReadDocument(tuple(_blocks([table.header, *table.rows], folder)), notes=table.notes)


def read_workbook(path: Path, limits: Limits, error: type[TableError]) -> ReadDocument:
    """The tables of all sheets, and the notes on them. Raises TableError, and `error` for a workbook of a charter."""
    names = {sheet.name for sheet in Package(path, limits).sheets()}
    if names >= _EXPORTED:
        raise error(str(path), str(path), "exported")
    blocks: list[Block] = []
    notes: dict[tuple[str, str], Note] = {}
    for sheet, rows, on_sheet in read_sheets(path, limits):
        if not sheet.shown:
            phrase = LazyMessage(document_messages.HIDDEN_SHEET, sheet=quote(sheet.name))
            notes["", sheet.name] = Note(str(path), phrase)
        found = list(_blocks(rows))
        if found:
            blocks += [Heading(_SHEET, Phrase(sheet.name, sheet.name)), *found]
            notes |= {(note.place, note.phrase.message): note for note in on_sheet}
    beside = tuple(Paragraph(phrase) for phrase in words_beside(Package(path, limits)))
    return ReadDocument(tuple(blocks), beside, tuple(notes.values()))


def _blocks(rows: Iterable[Row], folder: str = "") -> Iterator[Block]:
    """The tables that empty rows separate. A single cell above a table is its title."""
    group: list[list[TableCell]] = []
    last = 0
    for row in rows:
        if group and row.number > last + 1:
            yield from _group(group, is_last=False)
            group = []
        group.append([_cell(row, index, folder) for index in range(len(row))])
        last = row.number
    if group:
        yield from _group(group, is_last=True)


def _cell(row: Row, index: int, folder: str) -> TableCell:
    cell = row[index]
    text = "" if _is_merged(cell.value) else cell_text(cell)
    place = cell.place.removeprefix(folder)
    return TableCell((Paragraph(Phrase(text, place)),) if text else ())


def _is_merged(value: object) -> bool:
    """Whether a cell is part of a merged cell, but not the part with the value."""
    return isinstance(value, CellFault) and value.phrase.message == MERGED


def _group(rows: list[list[TableCell]], *, is_last: bool) -> Iterator[Block]:
    """The blocks of rows without an empty one between them: a table, or texts."""
    filled = [[cell for cell in row if cell.blocks] for row in rows]
    is_table = any(len(row) > 1 for row in filled)
    start = 0
    for row in filled if is_table else ():
        if len(row) > 1:
            break
        start += 1
    is_title = is_table or (len(filled) == 1 and not is_last)
    for (cell,) in filter(None, filled[: start if is_table else None]):
        yield Heading(_TITLE, cell.phrase) if is_title else Paragraph(cell.phrase)
    found = squared(rows[start:]) if is_table else None
    if found is not None and found.rows:
        yield found
