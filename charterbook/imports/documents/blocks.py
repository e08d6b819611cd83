"""The blocks of a document, each with its place. No input or output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator
from charterbook.imports.tables import Note
from charterbook.load.lazy_message import LazyMessage

#: A place in a document: a cell or a line, or words for the catalogs.
Place = str | LazyMessage


@dataclass(frozen=True)
class Phrase:
    """Words of a document with their place. Line breaks separate lines.

    `lead` is the bold text that it begins with; `links` are the labels and addresses of its links. `source` has the
    words of the document if the text is their meaning.
    """

    text: str
    place: Place
    lead: str = ""
    links: tuple[tuple[str, str], ...] = ()
    source: str = ""

    def line(self, text: str, number: int = 0) -> Phrase:
        """One line of the words with its links, this number of lines below the first one."""
        links = tuple(link for link in self.links if link[0] in text)
        return replace(self, text=text.strip(), lead="", links=links, place=_below(self.place, number))

    def part(self, text: str) -> Phrase:
        """A part of a line, with the whole line as its source."""
        return replace(self.line(text), source=self.source or self.text)

    def meaning(self, text: str) -> Phrase:
        """The meaning of these words, with the words as its source."""
        return Phrase(text, self.place, source=self.source or self.text)

    def place_text(self, words: Translator) -> str:
        """The place in words."""
        return self.place if isinstance(self.place, str) else self.place.text(words)


def _below(place: Place, number: int) -> Place:
    """The place this number of lines below a given place, if lines are counted."""
    if number and isinstance(place, LazyMessage) and "line" in place.facts:
        return LazyMessage(place.message, line=str(int(str(place.facts["line"])) + number))
    return place


@dataclass(frozen=True)
class Heading:
    """A heading. The title of a document has level 0; a paragraph in bold has its own level."""

    level: int
    phrase: Phrase


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; inside a list, `depth` is the depth of its item."""

    phrase: Phrase
    depth: int = 0


@dataclass(frozen=True)
class ListItem:
    """The first paragraph of an item; the depth of the outermost list is 1."""

    phrase: Phrase
    depth: int = 1


@dataclass(frozen=True)
class TableCell:
    """A cell with its blocks."""

    blocks: tuple[Block, ...] = ()
    is_header: bool = False

    @property
    def phrase(self) -> Phrase:
        """All words of the cell, one line for each block."""
        found = list(phrases(self.blocks))
        if len(found) == 1:
            return found[0]
        links = tuple(link for one in found for link in one.links)
        lines = "\n".join(one.text for one in found)
        return Phrase(lines, found[0].place if found else "", "", links)

    @property
    def text(self) -> str:
        """The words of the cell."""
        return self.phrase.text


@dataclass(frozen=True)
class DocumentTable:
    """A table; all rows have the same number of cells."""

    rows: tuple[tuple[TableCell, ...], ...]


Block = Heading | Paragraph | ListItem | DocumentTable


@dataclass(frozen=True)
class Document:
    """The blocks of a file, those outside its text such as footnotes, and notes on unread parts."""

    file: str
    blocks: tuple[Block, ...]
    beside: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()

    def phrases(self) -> Iterator[Phrase]:
        """All phrases."""
        yield from phrases(self.blocks)
        yield from phrases(self.beside)


@dataclass(frozen=True)
class ReadDocument:
    """The result of reading a document."""

    blocks: tuple[Block, ...]
    beside: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()


def phrases(blocks: Sequence[Block]) -> Iterator[Phrase]:
    """All phrases in order; tables row by row."""
    for block in blocks:
        if isinstance(block, DocumentTable):
            for row in block.rows:
                for cell in row:
                    yield from phrases(cell.blocks)
        else:
            yield block.phrase


def squared(rows: Sequence[Sequence[TableCell]]) -> DocumentTable:
    """A table with short rows padded with empty cells, and without empty rows and columns."""
    width = max(map(len, rows), default=0)
    filled = [[*row, *[TableCell()] * (width - len(row))] for row in rows]
    used = [column for column in range(width) if any(row[column].blocks for row in filled)]
    kept = [tuple(row[column] for column in used) for row in filled if any(cell.blocks for cell in row)]
    return DocumentTable(tuple(kept))
