"""The sources of papers, in memory, without git."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from charterbook.charter import Charter
from charterbook.charter.model_shape import walk
from charterbook.compare.severity import MARKS
from charterbook.diff.change import plain
from charterbook.load import load
from charterbook.papers.document import (
    Block,
    Code,
    Facts,
    HeadingBlock,
    LineChart,
    ListBlock,
    PaperDocument,
    ParagraphBlock,
    ShareBar,
    TableBlock,
    text_of,
)
from charterbook.papers.paper_source import PaperSource
from charterbook.settings import Settings
from charterbook.site.paper_data import paper_source
from tests.charters import minimal_charter
from tests.site.attacks import LINES, REFUSED, TEXTS, UNSEEN
from tests.site.editions import edition

#: Texts that would be code in one of the formats.
CODE = (
    "=1+1",
    "@SUM(A1)",
    '#eval("1+1") #import "@preview/x:1.0.0" $x^2$ *bold* _it_ <label> @ref \\ `raw`',
    "{ HYPERLINK \\l x } MERGEFIELD PAGE",
    "\\input{x} %comment",
)
HOSTILE = (*CODE, *(text for kind in (LINES, TEXTS, REFUSED, UNSEEN) for text in kind.values()))

SITE = Settings(site_url="https://example.org/charter/")


def charter(**changes: Any) -> Charter:
    """The minimal charter with changes."""
    found = load(minimal_charter(**changes).encode())
    assert found.charter is not None, found.problems
    return found.charter


def source(*changes: dict[str, Any], made: Charter | None = None) -> PaperSource:
    """The newest version of a history; `made` is its charter instead of the minimal one."""
    found = paper_source(edition(*(changes or ({},))), SITE)
    return found if made is None else PaperSource(made, found.version, base=found.base)


def hostile_charter() -> Charter:
    """A charter whose names and texts are attacks. It is made without the loader, which refuses some of them."""
    services = [
        {
            "id": f"s{place}",
            "name": (" ".join(text.split()) or "x")[:200],
            "summary": text,
            "contacts": [{"label": "x", "address": "javascript:attacked()"}],
        }
        for place, text in enumerate(HOSTILE)
    ]
    changes = {"services": services, "title": "=1+1 #eval(1)", "organisation": "<script>attacked()</script>"}
    return Charter.model_validate(plain(charter()) | changes)


def words(text: str) -> list[str]:
    """The words of a text, without Markdown, spaces and the invisible breaks of references."""
    return re.findall(r"\w+", text.replace("\N{WORD JOINER}", ""))


def texts(made: Charter) -> Iterator[str]:
    """All lines and texts of a charter. Names of units are translated, and ids are shown as names.

    Papers do not contain visibility marks.
    """
    for one in walk(plain(made)):
        is_text = one.shape.kind in ("line", "text") and isinstance(one.value, str)
        is_mark = not {"groups", "released", *MARKS}.isdisjoint(map(str, one.path))
        if is_text and one.path[-1] != "unit" and not one.shape.refers and not is_mark:
            yield one.value


def document_text(document: PaperDocument) -> str:
    """All words of a document, in reading order."""
    lines = [document.title, document.subtitle, *document.facts, *map(block_text, document.blocks)]
    return "\n".join(lines)


def block_text(block: Block) -> str:
    """All words of a block."""
    if isinstance(block, HeadingBlock | Code):
        return block.text
    if isinstance(block, ParagraphBlock):
        return f"{block.label} {text_of(block.runs)}"
    if isinstance(block, ListBlock):
        return "\n".join(block_text(one) for entry in block.entries for one in entry)
    if isinstance(block, Facts):
        return "\n".join(f"{label} {text_of(runs)}" for label, runs in block.pairs)
    if isinstance(block, TableBlock):
        return "\n".join([block.title, *block.head, *(text_of(cell) for row in block.rows for cell in row)])
    assert isinstance(block, LineChart | ShareBar)
    return block.alt
