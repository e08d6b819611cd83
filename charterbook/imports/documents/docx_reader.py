"""Read Word documents with python-docx: body, text boxes, notes, comments, headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from charterbook.imports.documents import document_messages
from charterbook.imports.documents.block_builder import clean
from charterbook.imports.documents.blocks import (
    Block,
    Heading,
    ListItem,
    Paragraph,
    Phrase,
    Place,
    ReadDocument,
    TableCell,
    squared,
)
from charterbook.imports.documents.docx_package import DocxPackage
from charterbook.imports.documents.docx_text import paragraph_text, text_boxes
from charterbook.imports.tables import Limits, Note, TableError
from charterbook.load.did_you_mean import quote
from charterbook.load.lazy_message import LazyMessage

_HEADING = re.compile(r"(?:heading|заголовок|überschrift|titre) ?(\d)", re.IGNORECASE)
_TITLE = ("title", "название", "заголовок")
_LIST = re.compile(r"list|список|маркирован|нумерован", re.IGNORECASE)
_P, _TABLE, _ROW, _CELL, _BOX = (qn(f"w:{tag}") for tag in ("p", "tbl", "tr", "tc", "txbxContent"))
#: Parts other than the body: the end of the relationship's type, and the elements with text.
_NOTES = {
    "footnotes": ("w:footnote", document_messages.FOOTNOTE),
    "endnotes": ("w:endnote", document_messages.FOOTNOTE),
    "comments": ("w:comment", document_messages.COMMENT),
    "header": ("w:hdr", document_messages.HEADER),
    "footer": ("w:ftr", document_messages.HEADER),
}
_MOST_TABLES = 5
_MOST_SPANNED = 60


def read_docx(path: Path, limits: Limits, error: type[TableError]) -> ReadDocument:
    """The blocks of a document, and the notes on it. Raises `error` for a damaged one."""
    package = DocxPackage(path, limits, error)
    try:
        document: Any = docx.Document(package.repacked())
        reader = _Reader(document)
        blocks, beside = tuple(reader.body()), tuple(reader.beside())
    except TableError:
        raise
    except Exception as failure:
        raise package.refused("broken-xml", part=quote("word/document.xml")) from failure
    return ReadDocument(blocks, beside, tuple(_notes(package, document)))


def _notes(package: DocxPackage, document: Any) -> Iterator[Note]:
    body = document.element.body
    count = {
        document_messages.PICTURES: len(body.findall(f".//{qn('a:blip')}")),
        document_messages.REMOVED: len(body.findall(f".//{qn('w:delText')}")),
        document_messages.OBJECTS: sum(1 for name in package.names if _is_object(name)),
    }
    for message, number in count.items():
        if number:
            yield Note(package.file, LazyMessage(message, count=str(number)))
    if package.has_macros:
        yield Note(package.file, LazyMessage(document_messages.MACROS))


def _is_object(name: str) -> bool:
    return name.startswith(("word/embeddings/", "word/charts/chart", "word/diagrams/data", "word/afchunk"))


class _Reader:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.paragraphs = self.tables = 0
        self.depth = 0
        self.styles = {style.style_id: style for style in document.styles}
        self.links: Any = document.part.rels

    def body(self) -> Iterator[Block]:
        """The blocks of the body."""
        return self.blocks(self.document.element.body, None)

    def beside(self) -> Iterator[Block]:
        """The blocks of notes, comments, headers and footers."""
        for relation in list(self.document.part.rels.values()):
            kind = relation.reltype.rpartition("/")[2]
            if kind in _NOTES and not relation.is_external:
                yield from self._beside(kind, relation.target_part)

    def _beside(self, kind: str, part: Any) -> Iterator[Block]:
        tag, message = _NOTES[kind]
        root = parse_xml(part.blob)
        self.links = part.rels
        found = [root] if root.tag == qn(tag) else root.findall(qn(tag))
        for number, element in enumerate(found, 1):
            yield from self.blocks(element, LazyMessage(message, number=str(number)))

    def blocks(self, parent: Any, place: Place | None) -> Iterator[Block]:
        """The blocks below an element; content controls and the like are transparent."""
        stack = list(reversed(parent))
        while stack:
            element = stack.pop()
            if element.tag == _P:
                yield from self._paragraph(element, place)
            elif element.tag == _TABLE:
                yield from self._table(element)
            elif element.tag not in (qn("w:sectPr"), qn("w:sdtPr"), qn("w:tblPr")):
                stack += reversed(element)

    def _paragraph(self, element: Any, place: Place | None) -> Iterator[Block]:
        if place is None:
            self.paragraphs += 1
            place = LazyMessage(document_messages.PARAGRAPH, number=str(self.paragraphs))
        if phrase := self._phrase(element, place):
            yield self._block(element, phrase)
        for box in text_boxes(element):
            where = LazyMessage(document_messages.TEXT_BOX, number=str(self.paragraphs))
            yield from self.blocks(box, where)

    def _phrase(self, element: Any, place: Place) -> Phrase | None:
        found = paragraph_text(element)
        text = clean("".join(piece for piece, _ in found.pieces))
        if not text:
            return None
        lead: list[str] = []
        for piece, bold in found.pieces:
            if not bold and piece.strip():
                break
            lead.append(piece)
        links = ((clean(label), self._address(relation)) for label, relation in found.links)
        return Phrase(text, place, clean("".join(lead)), tuple(link for link in links if all(link)))

    def _address(self, relation: str) -> str:
        found = self.links.get(relation)
        address = found.target_ref if found is not None and found.is_external else ""
        return address if re.fullmatch(r"(?:https?://|mailto:)[^\s<>\"\\]{1,190}", address) else ""

    def _block(self, element: Any, phrase: Phrase) -> Block:
        level = self._level(element)
        if level is not None:
            return Heading(level, phrase)
        depth = self._list_depth(element)
        return ListItem(phrase, depth) if depth else Paragraph(phrase)

    def _level(self, element: Any) -> int | None:
        """The level of a heading: by its outline level, its style, or a base of this style."""
        outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        for style in self._styles(element):
            name = (style.name or "").casefold()
            if match := _HEADING.fullmatch(name):
                return int(match[1])
            if name in _TITLE:
                return 0
            if outline is None:
                outline = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        level = outline.get(qn("w:val"), "") if outline is not None else ""
        return int(level) + 1 if level in set("012345678") else None

    def _styles(self, element: Any) -> Iterator[Any]:
        found = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = self.styles.get(found.get(qn("w:val"))) if found is not None else None
        seen: set[str] = set()
        while style is not None and style.style_id not in seen:
            seen.add(style.style_id)
            yield style
            style = getattr(style, "base_style", None)

    def _list_depth(self, element: Any) -> int:
        numbering = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        names = [style.name or "" for style in self._styles(element)]
        if numbering is None and not any(
            _LIST.search(name) and "paragraph" not in name.lower() for name in names
        ):
            return 0
        level = numbering.find(qn("w:ilvl")) if numbering is not None else None
        value = level.get(qn("w:val"), "") if level is not None else ""
        named = re.search(r"[2-9]$", names[0]) if names and not value else None
        return int(named[0]) if named else min(int(value), 9) + 1 if value.isdecimal() else 1

    def _table(self, element: Any) -> Iterator[Block]:
        if self.depth >= _MOST_TABLES:
            yield from self._flat(element)
            return
        self.tables += 1
        self.depth += 1
        table = self.tables
        rows = [self._row(row, table, number) for number, row in enumerate(_below(element, _ROW), 1)]
        self.depth -= 1
        found = squared(rows)
        if found.rows:
            yield found

    def _flat(self, element: Any) -> Iterator[Block]:
        """The paragraphs of a table that is nested too deep for a table."""
        where = LazyMessage(document_messages.PARAGRAPH, number=str(self.paragraphs))
        for paragraph in element.iter(_P):
            if phrase := self._phrase(paragraph, where):
                yield Paragraph(phrase)

    def _row(self, row: Any, table: int, number: int) -> list[TableCell]:
        cells: list[TableCell] = []
        is_header = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        for cell in _below(row, _CELL):
            where = LazyMessage(
                document_messages.CELL, table=str(table), row=str(number), column=str(len(cells) + 1)
            )
            cells.append(TableCell(tuple(self.blocks(cell, where)), is_header))
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            width = span.get(qn("w:val"), "1") if span is not None else "1"
            cells += [TableCell()] * (min(int(width), _MOST_SPANNED) - 1 if width.isdecimal() else 0)
        return cells


def _below(element: Any, tag: str) -> Iterator[Any]:
    """The elements with a tag below an element, including those in content controls, but not those in inner tables."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in (_P, _TABLE, _BOX):
            yield from _below(child, tag)
