"""Paragraphs, links and tables as elements of WordprocessingML. Texts are text, never fields or markup.

python-docx is not used for them: it looks up a style for each paragraph and scans a table for each row, and a charter
has thousands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from lxml import etree

from charterbook.frozen_dataclass import dataclass
from charterbook.papers.column_widths import column_widths
from charterbook.papers.document import Facts, Inline, Run, TableBlock
from charterbook.papers.line_breaks import joined, typeset
from charterbook.papers.page_breaks import is_short

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

#: The ids of the styles that `word_styles` adds.
TABLE, FACTS, LINK = "CharterTable", "CharterFacts", "Hyperlink"
CELL, SMALL_CELL = "CharterCell", "CharterSmallCell"

#: The width of the text in twentieths of a point, and relative to the size of the text of tables with few and many columns.
_WIDTH, _LINE, _SMALL_LINE = 9411, 52.0, 62.0
_FEW_COLUMNS = 6
#: The widths of labels and values.
_FACTS = (2800, _WIDTH - 2800)

Element = Any
#: Maker of the id of a relation to an address.
Relate = Callable[[str], str]


@dataclass(frozen=True)
class ParagraphFormat:
    """The style of a paragraph, the list that it belongs to, and whether it stays on the page of the next one."""

    style: str = ""
    list_id: str = ""
    with_next: bool = False
    right: bool = False


_PLAIN = ParagraphFormat()


def element(name: str, *children: Element, **attributes: str) -> Element:
    """An element of WordprocessingML; attributes are of its namespace."""
    found = etree.Element(
        f"{{{_MAIN}}}{name}", {f"{{{_MAIN}}}{key}": value for key, value in attributes.items()}
    )
    found.extend(children)
    return found


def paragraph(runs: Inline, relate: Relate, format_: ParagraphFormat = _PLAIN) -> Element:
    """A paragraph. Links in headings look like other headings."""
    style = "" if format_.style.startswith("Heading") else LINK
    found = element("p", _properties(format_))
    for one in runs:
        found.append(_link(one, relate(one.link), style) if one.link else _run(one))
    return found


def _properties(format_: ParagraphFormat) -> Element:
    found = element("pPr")
    if format_.style:
        found.append(element("pStyle", val=format_.style))
    if format_.with_next:
        found.append(element("keepNext"))
    if format_.list_id:
        found.append(element("numPr", element("ilvl", val="0"), element("numId", val=format_.list_id)))
    if format_.right:
        found.append(element("jc", val="right"))
    return found


def _link(run: Run, relation: str, style: str) -> Element:
    found = element("hyperlink", _run(run, style))
    found.set(f"{{{_RELATIONS}}}id", relation)
    return found


def _run(run: Run, style: str = "") -> Element:
    looks = element("rPr")
    if style:
        looks.append(element("rStyle", val=style))
    if run.code:
        looks.append(element("rFonts", ascii="Courier New", hAnsi="Courier New", cs="Courier New"))
    looks.extend(element(name) for name, wanted in (("b", run.bold), ("i", run.italic)) if wanted)
    found = element("r", *([looks] if len(looks) else []))
    for number, line in enumerate(joined(run.text).split("\n")):
        if number:
            found.append(element("br"))
        text = element("t")
        text.text = line
        text.set(_SPACE, "preserve")
        found.append(text)
    return found


def table(block: TableBlock, relate: Relate) -> Element:
    """A table. Its heading row is marked, and repeated on each page; a short table is on one page."""
    block = typeset(block, joined)
    is_few = len(block.head) <= _FEW_COLUMNS
    widths = column_widths(block, _LINE if is_few else _SMALL_LINE)
    found = _table(TABLE, [round(_WIDTH * width / sum(widths)) for width in widths])
    whole = is_short([block])
    formats = [
        ParagraphFormat(CELL if is_few else SMALL_CELL, right=place in block.numeric)
        for place in range(len(block.head))
    ]
    titles = tuple((Run(title, bold=True),) for title in block.head)
    found.append(_row(titles, [replace(one, with_next=True) for one in formats], relate, is_head=True))
    for number, cells in enumerate(block.rows, 1):
        kept = [replace(one, with_next=whole and number < len(block.rows)) for one in formats]
        found.append(_row(cells, kept, relate))
    return found


def keep_with_next(found: Iterable[Element]) -> None:
    """Keep all paragraphs of some elements on the same page as the next element."""
    for one in found:
        for properties in one.iter(f"{{{_MAIN}}}pPr"):
            if properties.find(f"{{{_MAIN}}}keepNext") is None:
                is_styled = properties.find(f"{{{_MAIN}}}pStyle") is not None
                properties.insert(int(is_styled), element("keepNext"))


def facts(block: Facts, relate: Relate) -> Element:
    """Labels and values in a table without a heading row; the label is the heading of its row.

    A short table is on one page.
    """
    found = _table(FACTS, _FACTS)
    whole = is_short([block])
    for number, (label, runs) in enumerate(block.pairs, 1):
        format_ = ParagraphFormat(CELL, with_next=whole and number < len(block.pairs))
        found.append(_row(((Run(label, bold=True),), runs), (format_, format_), relate))
    return found


def _table(style: str, widths: Iterable[int]) -> Element:
    properties = element(
        "tblPr",
        element("tblStyle", val=style),
        element("tblW", w=str(_WIDTH), type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblLook", val="0420", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0"),
    )
    return element(
        "tbl", properties, element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
    )


def _row(
    cells: Iterable[Inline], formats: Iterable[ParagraphFormat], relate: Relate, *, is_head: bool = False
) -> Element:
    marks = [element("cantSplit"), *([element("tblHeader", val="true")] if is_head else [])]
    found = element("tr", element("trPr", *marks))
    for runs, format_ in zip(cells, formats, strict=True):
        found.append(element("tc", element("tcPr"), paragraph(runs, relate, format_)))
    return found
