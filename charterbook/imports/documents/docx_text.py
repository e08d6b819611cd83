"""The words of a paragraph of a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_VALUES = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
#: Elements with text of other paragraphs, or of an older state of the document.
_SKIPPED = {
    qn(f"w:{tag}") for tag in ("pPr", "rPr", "instrText", "txbxContent", "del", "moveFrom", "delText")
}
_SKIPPED.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_TEXT = {qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_ELEMENTS = {qn(f"w:{tag}"): text for tag, text in _VALUES.items()}
_RUN, _LINK, _ON = qn("w:r"), qn("w:hyperlink"), ("1", "true", "on", None)


@dataclass
class ParagraphText:
    """Pieces of text, each with whether it is bold, and the labels and relationships of links."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


def paragraph_text(paragraph: Any, *, bold_style: bool = False) -> ParagraphText:
    """The words of a paragraph's XML element."""
    found = ParagraphText()
    _collect(paragraph, found, bold_style)
    return found


def _collect(element: Any, found: ParagraphText, bold: bool) -> None:
    """Walk an element in the order of the document, without recursion, since a file can nest to any depth."""
    stack: list[tuple[Any, bool, int | None]] = [(element, bold, None)]
    while stack:
        here, bold, start = stack.pop()
        if start is not None:
            label = "".join(text for text, _ in found.pieces[start:])
            found.links.append((label, here.get(qn("r:id")) or ""))
            continue
        if here.tag in _TEXT:
            found.pieces.append((here.text or "", bold))
        elif here.tag in _ELEMENTS:
            found.pieces.append((_ELEMENTS[here.tag], bold))
        bold = _is_bold(here, bold) if here.tag == _RUN else bold
        if here.tag == _LINK:
            stack.append((here, bold, len(found.pieces)))
        stack += [(child, bold, None) for child in reversed(here) if child.tag not in _SKIPPED]


def _is_bold(run: Any, inherited: bool) -> bool:
    setting = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return inherited if setting is None else setting.get(qn("w:val")) in _ON


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of the text boxes anchored in a paragraph, without their copies for older programs."""
    for box in paragraph.iter(qn("w:txbxContent")):
        above = [one.tag for one in box.iterancestors()]
        inner = above[: above.index(paragraph.tag)] if paragraph.tag in above else above
        if not any(tag in _SKIPPED for tag in inner):
            yield box
