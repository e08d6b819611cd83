"""A document as a Word file, with the styles of Word. Texts of a charter are text, never fields or markup.

The library is imported on use: it is an optional one.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any

from charterbook.papers.document import (
    Block,
    Code,
    Facts,
    HeadingBlock,
    Inline,
    LineChart,
    ListBlock,
    PaperDocument,
    Paragraph,
    Run,
    ShareBar,
    TableBlock,
)
from charterbook.papers.inert_text import inert
from charterbook.papers.workbook import EPOCH

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.table import _Cell as WordCell
    from docx.text.paragraph import Paragraph as WordParagraph

#: The date of each file inside the file: the clock is in no part of it.
_ZIP_DATE = (2000, 1, 1, 0, 0, 0)

_LANGUAGES = {"en": "en-US", "ru": "ru-RU"}
_TABLE_STYLE, _ACCENT = "Table Grid", "E8EAF6"
_DEEPEST = 3


def as_docx(document: PaperDocument, made: datetime.datetime | None = None) -> bytes:
    """The document of a charter. The same document gives the same bytes."""
    import docx

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

    def write(self, made: datetime.datetime) -> None:
        self._set_up(made)
        self.file.add_heading(inert(self.document.title), 0)
        self.file.add_paragraph(inert(self.document.subtitle), style="Subtitle")
        for fact in self.document.facts:
            link = fact if fact == self.document.link else None
            self._runs(self.file.add_paragraph(), (Run(fact, link=link),))
        for block in self.document.blocks:
            self._block(block, 0)

    def _set_up(self, made: datetime.datetime) -> None:
        """Properties of the file, page size and margins, fonts, and the footer with page numbers."""
        from docx.shared import Cm, Pt

        properties = self.file.core_properties
        properties.title, properties.language = inert(self.document.title), self.document.language
        properties.author = properties.last_modified_by = "Charterbook"
        properties.comments = ""
        properties.created = properties.modified = made
        page = self.file.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.2)
        page.top_margin = page.bottom_margin = Cm(2)
        normal = self.file.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(10.5)
        self._set_language(normal)
        self._footer(page.footer.paragraphs[0])

    def _set_language(self, style: Any) -> None:
        """The language of all texts, for spelling and for screen readers."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        language = OxmlElement("w:lang")
        language.set(qn("w:val"), _LANGUAGES[self.document.language])
        style.element.get_or_add_rPr().append(language)

    def _footer(self, paragraph: WordParagraph) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self._runs(paragraph, (Run(f"{self.document.footer} · "),))
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)

    def _block(self, block: Block, depth: int) -> None:
        if isinstance(block, HeadingBlock):
            paragraph = self.file.add_heading("", min(block.level, 9))
            self._runs(paragraph, (Run(block.text, link=block.link),))
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, ListBlock):
            self._list(block, depth)
        elif isinstance(block, Code):
            self._runs(self.file.add_paragraph(style="No Spacing"), (Run(block.text, code=True),))
        elif isinstance(block, TableBlock):
            self._table(block)
        elif isinstance(block, Facts):
            self._facts(block)
        else:
            self._chart(block)

    def _paragraph(self, block: Paragraph, style: str | None = None) -> None:
        label = (Run(f"{block.label}. ", bold=True),) if block.label else ()
        self._runs(self.file.add_paragraph(style=style), (*label, *block.runs))

    def _list(self, block: ListBlock, depth: int) -> None:
        name = "List Number" if block.ordered else "List Bullet"
        style = name if not depth else f"{name} {min(depth + 1, _DEEPEST)}"
        for entry in block.entries:
            for place, one in enumerate(entry):
                if isinstance(one, Paragraph):
                    self._paragraph(
                        one,
                        style
                        if not place
                        else f"List Continue{'' if not depth else f' {min(depth + 1, _DEEPEST)}'}",
                    )
                else:
                    self._block(one, depth + 1)

    def _facts(self, block: Facts) -> None:
        """Labels and values in a table without a heading row; the label is the heading of its row."""
        table = self.file.add_table(rows=0, cols=2, style=_TABLE_STYLE)
        for label, runs in block.pairs:
            row = table.add_row().cells
            self._cell(row[0], (Run(label, bold=True),))
            self._cell(row[1], runs)
        self.file.add_paragraph(style="No Spacing")

    def _table(self, block: TableBlock) -> None:
        if block.title:
            self.file.add_paragraph(inert(block.title), style="Caption")
        table = self.file.add_table(rows=1, cols=len(block.head), style=_TABLE_STYLE)
        for cell, title in zip(table.rows[0].cells, block.head, strict=True):
            self._cell(cell, (Run(title, bold=True),))
        _mark_heading(table.rows[0])
        for row in block.rows:
            for cell, runs in zip(table.add_row().cells, row, strict=True):
                self._cell(cell, runs)
        self.file.add_paragraph(style="No Spacing")

    def _cell(self, cell: WordCell, runs: Inline) -> None:
        self._runs(cell.paragraphs[0], runs)

    def _chart(self, block: LineChart | ShareBar) -> None:
        """A chart in words: its description, as a screen reader would say it."""
        self._runs(self.file.add_paragraph(), (Run(f"{block.title}. ", bold=True), Run(block.alt)))

    def _runs(self, paragraph: WordParagraph, runs: Inline) -> None:
        for run in runs:
            if run.link:
                self._link(paragraph, run)
            else:
                _style(paragraph.add_run(inert(run.text)), run)

    def _link(self, paragraph: WordParagraph, run: Run) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        assert run.link is not None
        relation = paragraph.part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        shown = paragraph.add_run(inert(run.text))
        _style(shown, run)
        shown.font.underline = True
        link.append(shown._r)
        paragraph._p.append(link)


def _style(shown: Any, run: Run) -> None:
    if run.bold:
        shown.bold = True
    if run.italic:
        shown.italic = True
    if run.code:
        shown.font.name = "Courier New"


def _mark_heading(row: Any) -> None:
    """Repeat the row on each page, and mark it as the heading of its table."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
    for cell in row.cells:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), _ACCENT)
        cell._tc.get_or_add_tcPr().append(shade)
