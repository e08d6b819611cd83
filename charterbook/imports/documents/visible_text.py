"""Removal of invisible control characters, which charters do not allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from charterbook.i18n import translator
from charterbook.imports.documents import document_messages
from charterbook.imports.documents.block_builder import clean
from charterbook.imports.documents.blocks import Block, Document, DocumentTable, Phrase, TableCell
from charterbook.imports.tables import Note
from charterbook.load.decode import CONTROL
from charterbook.load.lazy_message import LazyMessage

#: Separators of lines and paragraphs.
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def visible(document: Document) -> Document:
    """The document without invisible characters, with a note on their number and first place."""
    cleaner = _Cleaner()
    blocks, beside = cleaner.blocks(document.blocks), cleaner.blocks(document.beside)
    document = replace(document, blocks=blocks, beside=beside)
    if not cleaner.count:
        return document
    place = cleaner.first.place_text(translator("en")) if cleaner.first else document.file
    note = Note(place, LazyMessage(document_messages.INVISIBLE, count=str(cleaner.count)))
    return replace(document, notes=(*document.notes, note))


class _Cleaner:
    def __init__(self) -> None:
        self.count = 0
        self.first: Phrase | None = None

    def blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """The blocks without invisible characters; blocks without other characters are omitted."""
        return tuple(found for block in blocks if (found := self._block(block)))

    def _block(self, block: Block) -> Block | None:
        if isinstance(block, DocumentTable):
            return DocumentTable(tuple(tuple(map(self._cell, row)) for row in block.rows))
        if not block.phrase.text.strip():
            return None
        if not CONTROL.search(_BREAKS.sub("\n", block.phrase.text)) and not _BREAKS.search(block.phrase.text):
            return block
        phrase = self._phrase(block.phrase)
        return replace(block, phrase=phrase) if phrase.text else None

    def _cell(self, cell: TableCell) -> TableCell:
        return replace(cell, blocks=self.blocks(cell.blocks))

    def _phrase(self, phrase: Phrase) -> Phrase:
        text = _BREAKS.sub("\n", phrase.text)
        self.count += len(CONTROL.findall(text))
        self.first = self.first or phrase
        links = tuple(
            (_cleaned(label), address) for label, address in phrase.links if not CONTROL.search(address)
        )
        return replace(phrase, text=_cleaned(text), lead=_cleaned(phrase.lead), links=links)


def _cleaned(text: str) -> str:
    return clean(CONTROL.sub("", text))
