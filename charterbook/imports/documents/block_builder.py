"""Build blocks from the events of a parser: text, and the start and end of paragraphs, lists and tables.

Tolerant of missing and misplaced ends: text is never lost. Time is linear, and nothing is recursive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from charterbook.imports.documents.blocks import (
    Block,
    Heading,
    ListItem,
    Paragraph,
    Phrase,
    Place,
    TableCell,
    squared,
)
from charterbook.imports.documents.document_messages import CELL, PARAGRAPH
from charterbook.load.lazy_message import LazyMessage

#: Tables nested deeper become paragraphs of their cell.
_MOST_TABLES = 5
_MOST_SPANNED = 60
_SPACE = re.compile(r"[^\S\n]+")


@dataclass
class _Text:
    """The text of a paragraph that is not finished."""

    place: Place | None = None
    parts: list[str] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    is_led: bool = True


@dataclass
class _Context:
    """The kind of the next paragraph."""

    level: int | None = None
    depth: int = 0
    is_item: bool = False


@dataclass
class _OpenTable:
    outer: _Context
    number: int
    rows: list[list[TableCell]] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)
    is_header: bool = False
    spanned: tuple[int, int] = (1, 1)


class BlockBuilder:
    """Collector of the blocks of one document."""

    def __init__(self) -> None:
        self._targets: list[list[Block]] = [[]]
        self._tables: list[_OpenTable] = []
        self._context = _Context()
        self._text = _Text()
        self._paragraphs = self._count = 0

    def text(self, text: str, place: Place | None = None, *, is_bold: bool = False) -> None:
        """Text of the current paragraph. Without a place, paragraphs and tables are counted."""
        now = self._text
        if now.place is None and text.strip():
            now.place = place
        now.parts.append(text)
        now.is_led = now.is_led and (is_bold or not text.strip())
        if now.is_led:
            now.lead.append(text)

    def link(self, label: str, address: str) -> None:
        """A link in the current paragraph, after its text."""
        self._text.links.append((clean(label), address))

    def end_paragraph(self) -> None:
        """End the current paragraph."""
        now, self._text = self._text, _Text()
        text = clean("".join(now.parts))
        if text:
            lead = clean("".join(now.lead))
            place = now.place or self._counted()
            self._targets[-1].append(self._block(Phrase(text, place, lead, tuple(now.links))))

    def _counted(self) -> Place:
        """The place by counting: paragraphs outside tables, and the cells of tables."""
        if not self._tables:
            self._paragraphs += 1
            return LazyMessage(PARAGRAPH, number=str(self._paragraphs))
        table = self._tables[-1]
        row, column = len(table.rows), len(table.rows[-1]) + 1 if table.rows else 1
        return LazyMessage(CELL, table=str(table.number), row=str(row), column=str(column))

    def _block(self, phrase: Phrase) -> Block:
        context = self._context
        if context.level is not None:
            return Heading(context.level, phrase)
        if context.is_item and context.depth:
            context.is_item = False
            return ListItem(phrase, context.depth)
        return Paragraph(phrase, context.depth)

    def start_heading(self, level: int) -> None:
        """Begin a heading."""
        self.end_paragraph()
        self._context.level = level

    def end_heading(self) -> None:
        self.end_paragraph()
        self._context.level = None

    def start_list(self) -> None:
        self.end_paragraph()
        self._context.depth += 1

    def end_list(self) -> None:
        self.end_paragraph()
        self._context.depth = max(self._context.depth - 1, 0)

    def start_item(self) -> None:
        self.end_paragraph()
        self._context.is_item = True

    def start_table(self) -> None:
        self.end_paragraph()
        if len(self._tables) < _MOST_TABLES:
            self._count += 1
            self._tables.append(_OpenTable(self._context, self._count))

    def start_row(self) -> None:
        if self._tables:
            self.end_cell()
            self._tables[-1].rows.append([])
            self._fill_spanned()

    def start_cell(self, *, is_header: bool, columns: int = 1, rows: int = 1) -> None:
        """Begin a cell, with the columns and rows that it spans."""
        if not self._tables:
            self.end_paragraph()
            return
        self.end_cell()
        table = self._tables[-1]
        if not table.rows:
            table.rows.append([])
        table.is_header = is_header
        table.spanned = min(max(columns, 1), _MOST_SPANNED), min(max(rows, 1), _MOST_SPANNED)
        self._context = _Context()
        self._targets.append([])

    def end_cell(self) -> None:
        """End the current cell, if one is open."""
        self.end_paragraph()
        if len(self._targets) <= len(self._tables):
            return
        table = self._tables[-1]
        row = table.rows[-1]
        columns, rows = table.spanned
        if rows > 1:
            table.spans |= {len(row) + column: rows - 1 for column in range(columns)}
        row.append(TableCell(tuple(self._targets.pop()), table.is_header))
        row += [TableCell(is_header=table.is_header)] * (columns - 1)
        self._fill_spanned()

    def _fill_spanned(self) -> None:
        """Add the empty cells that a cell of an earlier row spans."""
        table = self._tables[-1]
        row = table.rows[-1]
        while table.spans.get(len(row), 0):
            table.spans[len(row)] -= 1
            row.append(TableCell())

    def end_table(self) -> None:
        if not self._tables:
            return
        self.end_cell()
        table = self._tables.pop()
        self._context = table.outer
        found = squared(table.rows)
        if found.rows:
            self._targets[-1].append(found)

    def finish(self) -> tuple[Block, ...]:
        """All blocks, after closing any open one."""
        while self._tables:
            self.end_table()
        self.end_paragraph()
        return tuple(self._targets[0])


def clean(text: str) -> str:
    """A text without spaces at the ends of its lines, and without repeated ones."""
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
