"""A document as a Word file, with the styles of Word. Texts of a charter are text, never fields or markup.

The libraries that it needs are optional.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Cm

from charterbook.papers import word_elements as elements
from charterbook.papers.document import (
    Block,
    Code,
    Facts,
    HeadingBlock,
    Inline,
    LineChart,
    ListBlock,
    PaperDocument,
    ParagraphBlock,
    Run,
    ShareBar,
    TableBlock,
)
from charterbook.papers.inert_text import inert
from charterbook.papers.page_breaks import groups
from charterbook.papers.word_styles import set_styles
from charterbook.papers.workbook import EPOCH

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.text.paragraph import Paragraph as WordParagraph

#: The date of each file inside the file: no part depends on the clock.
_ZIP_DATE = (2000, 1, 1, 0, 0, 0)

_DEEPEST, _DEEPEST_HEADING = 3, 6


def as_docx(document: PaperDocument, made: datetime.datetime | None = None) -> bytes:
    """The document of a charter. The same document gives the same bytes."""
    file = docx.Document()
    _WordWriter(file, document).write((made or EPOCH).replace(tzinfo=None))
    target = io.BytesIO()
    file.save(target)
    return _without_clock(target.getvalue())


def _without_clock(data: bytes) -> bytes:
    """The same archive, with one date for all its files."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _ZIP_DATE), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


class _WordWriter:
    def __init__(self, file: WordFile, document: PaperDocument) -> None:
        self.file, self.document = file, document
        self.body: list[Any] = []
        self.relations: dict[str, str] = {}
        self.numbers = file.part.numbering_part.element

    def write(self, made: datetime.datetime) -> None:
        self._set_up(made)
        self._add((Run(self.document.title),), "Title")
        self._add((Run(self.document.subtitle),), "Subtitle")
        for fact in self.document.facts:
            self._add((Run(fact, link=fact if fact == self.document.link else None),))
        for group in groups(self.document.blocks):
            self._group(group)
        end = self.file.element.body.sectPr
        for one in self.body:
            end.addprevious(one)

    def _group(self, group: tuple[Block, ...]) -> None:
        """Blocks that are on one page."""
        *before, last = group
        start = len(self.body)
        for block in before:
            self._block(block, 0)
        elements.keep_with_next(self.body[start:])
        self._block(last, 0)

    def _set_up(self, made: datetime.datetime) -> None:
        """Properties of the file, page size and margins, styles, and the footer with page numbers."""
        properties = self.file.core_properties
        properties.title, properties.language = inert(self.document.title), self.document.language
        properties.author = properties.last_modified_by = "Charterbook"
        properties.comments = ""
        properties.created = properties.modified = made
        page = self.file.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.2)
        page.top_margin = page.bottom_margin = Cm(2)
        set_styles(self.file, self.document.language)
        self._footer(page.footer.paragraphs[0])

    def _footer(self, paragraph: WordParagraph) -> None:
        paragraph.add_run(inert(f"{self.document.footer} · "))
        paragraph._p.append(elements.element("fldSimple", instr="PAGE"))

    def _add(self, runs: Inline, style: str = "", **more: Any) -> None:
        format_ = elements.ParagraphFormat(style.replace(" ", ""), **more)
        self.body.append(elements.paragraph(runs, self._relate, format_))

    def _relate(self, address: str) -> str:
        if address not in self.relations:
            relations = self.file.part.rels
            self.relations[address] = relations.get_or_add_ext_rel(RELATIONSHIP_TYPE.HYPERLINK, address)
        return self.relations[address]

    def _block(self, block: Block, depth: int) -> None:
        if isinstance(block, HeadingBlock):
            self._add((Run(block.text, link=block.link),), f"Heading {min(block.level, _DEEPEST_HEADING)}")
        elif isinstance(block, ParagraphBlock):
            self._paragraph(block)
        elif isinstance(block, ListBlock):
            self._list(block, depth)
        elif isinstance(block, Code):
            self._add((Run(block.text, code=True),), "No Spacing")
        elif isinstance(block, TableBlock):
            self._table(block)
        elif isinstance(block, Facts):
            self.body.append(elements.facts(block, self._relate))
            self._add((), "No Spacing")
        else:
            self._chart(block)

    def _paragraph(self, block: ParagraphBlock, style: str = "", list_id: str = "") -> None:
        label = (Run(f"{block.label}. ", bold=True),) if block.label else ()
        self._add((*label, *block.runs), style, list_id=list_id, with_next=not block.runs)

    def _list(self, block: ListBlock, depth: int) -> None:
        level = f" {min(depth + 1, _DEEPEST)}" if depth else ""
        style = f"List Number{level}" if block.ordered else f"List Bullet{level}"
        list_id = self._new_numbers(style) if block.ordered else ""
        for entry in block.entries:
            for place, one in enumerate(entry):
                if not isinstance(one, ParagraphBlock):
                    self._block(one, depth + 1)
                elif place:
                    self._paragraph(one, f"List Continue{level}")
                else:
                    self._paragraph(one, style, list_id)

    def _new_numbers(self, style: str) -> str:
        """The id of a list that begins with 1. Without it, all lists of a style share one numbering."""
        shared = self.file.styles[style].element.pPr.numPr.numId.val
        kind = next(one.abstractNumId.val for one in self.numbers.num_lst if one.numId == shared)
        found = self.numbers.add_num(kind)
        found.add_lvlOverride(0).add_startOverride(1)
        return str(found.numId)

    def _table(self, block: TableBlock) -> None:
        if block.title:
            self._add((Run(block.title),), "Caption")
        self.body.append(elements.table(block, self._relate))
        self._add((), "No Spacing")

    def _chart(self, block: LineChart | ShareBar) -> None:
        """A chart in words: its description, as a screen reader would say it."""
        title = (Run(f"{block.title}. ", bold=True),) if isinstance(block, ShareBar) else ()
        self._add((*title, Run(block.alt)))
