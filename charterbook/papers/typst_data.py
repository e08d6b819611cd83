"""Blocks of a document as data for the Typst templates. A text is a JSON string there, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

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
    text_of,
)
from charterbook.papers.inert_text import inert

#: Words longer than this get places at which they may break.
_LONGEST_WORD = 28
_LONG = re.compile(rf"\S{{{_LONGEST_WORD},}}")
_STEP = re.compile(rf"\S{{{_LONGEST_WORD // 2}}}(?=\S)")
_BREAK = "\N{ZERO WIDTH SPACE}"

_NARROWEST, _WIDEST = 7, 44
#: Size of the text of a table, in points, by its number of columns.
_SIZES = ((4, 9.0), (6, 8.5), (8, 7.5))
_SMALLEST = 6.5
_CHARTS_BESIDE = 2
#: The most characters of a label and its value that fit in half a line.
_SHORT_PAIR = 44
#: The relative width of a column to fill in, and the most rows of a table that is kept on one page.
_BLANK, _MOST_ON_A_PAGE = 18.0, 12


def document_data(document: PaperDocument, scale: float = 1.0) -> dict[str, Any]:
    """All of a document. `scale` is for the text of tables."""
    found = {
        "title": breakable(document.title),
        "subtitle": breakable(document.subtitle),
        "language": document.language,
        "facts": [fact if fact == document.link else breakable(fact) for fact in document.facts],
        "footer": breakable(document.footer),
        "blocks": blocks_data(document.blocks, scale),
    }
    return found | ({"link": document.link} if document.link else {})


def blocks_data(blocks: Sequence[Block], scale: float = 1.0) -> list[dict[str, Any]]:
    """Blocks; consecutive charts are beside each other. `scale` is for the text of tables."""
    return list(_grouped(blocks, scale))


def _grouped(blocks: Sequence[Block], scale: float) -> Iterator[dict[str, Any]]:
    for is_chart, group in groupby(blocks, lambda block: isinstance(block, LineChart)):
        if is_chart:
            charts = [_line_chart(one) for one in group if isinstance(one, LineChart)]
            yield {"kind": "charts", "charts": charts, "columns": _CHARTS_BESIDE}
        else:
            yield from (_block(one, scale) for one in group)


def _block(block: Block, scale: float) -> dict[str, Any]:
    if isinstance(block, TableBlock):
        return _table(block, scale)
    if isinstance(block, ListBlock):
        entries = [blocks_data(entry, scale) for entry in block.entries]
        return {"kind": "list", "ordered": block.ordered, "entries": entries}
    return _simple_block(block)


def _simple_block(block: Block) -> dict[str, Any]:
    if isinstance(block, HeadingBlock):
        found = {"kind": "heading", "level": block.level, "text": breakable(block.text)}
        return found | ({"link": block.link} if block.link else {})
    if isinstance(block, Paragraph):
        label, runs = breakable(block.label), _runs(block.runs)
        return {"kind": "paragraph", "label": label, "style": block.style, "runs": runs}
    if isinstance(block, Code):
        return {"kind": "code", "text": breakable(block.text)}
    if isinstance(block, Facts):
        return {"kind": "facts", "pairs": list(_pairs(block))}
    assert isinstance(block, ShareBar)
    parts = [{"name": breakable(name), "share": share, "words": words} for name, share, words in block.parts]
    return {"kind": "share", "title": block.title, "alt": block.alt, "parts": parts}


def _pairs(block: Facts) -> Iterator[dict[str, Any]]:
    """Labels with values; two short ones after each other share a line of two columns."""
    is_second = False
    for place, (label, runs) in enumerate(block.pairs):
        shares = is_second or (_is_short(block, place) and _is_short(block, place + 1))
        is_second = shares and not is_second
        yield {"label": breakable(label), "runs": _runs(runs), "span": 1 if shares else 2}


def _is_short(block: Facts, place: int) -> bool:
    pair = block.pairs[place : place + 1]
    return any(len(label) + len(text_of(runs)) <= _SHORT_PAIR for label, runs in pair)


def _table(block: TableBlock, scale: float) -> dict[str, Any]:
    return {
        "kind": "table",
        "title": breakable(block.title),
        "head": [breakable(title) for title in block.head],
        "rows": [[{"runs": _runs(cell)} for cell in row] for row in block.rows],
        "numeric": sorted(block.numeric),
        "widths": _widths(block),
        "size": scale * next((size for most, size in _SIZES if len(block.head) <= most), _SMALLEST),
        "inset": 14 if block.to_fill_in else 4.5,
        "whole": block.to_fill_in and len(block.rows) <= _MOST_ON_A_PAGE,
    }


def _widths(block: TableBlock) -> list[float]:
    """Relative widths of the columns, from the lengths of their texts."""
    texts = [[title, *(text_of(row[place]) for row in block.rows)] for place, title in enumerate(block.head)]
    return [_width(column) if any(column[1:]) else _BLANK for column in texts]


def _width(texts: Sequence[str]) -> float:
    words = max((len(word) for text in texts for word in text.split()), default=0)
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    size: float = min(longest, _WIDEST) ** 0.9
    return max(_NARROWEST, min(1.15 * words + 2, _WIDEST / 2), size)


def _line_chart(block: LineChart) -> dict[str, Any]:
    return {
        "title": breakable(block.title),
        "alt": block.alt,
        "points": [{"name": one.name, "value": one.value, "words": one.words} for one in block.points],
        "target": block.target,
        "target_words": block.target_words,
    }


def _runs(runs: Inline) -> list[dict[str, Any]]:
    return [_run(run) for run in runs]


def _run(run: Run) -> dict[str, Any]:
    styles = {name: True for name in ("bold", "italic", "code") if getattr(run, name)}
    return {"text": breakable(run.text), **styles, **({"link": run.link} if run.link else {})}


def breakable(text: str) -> str:
    """The text without control characters; a very long word can break."""
    return _LONG.sub(lambda word: _STEP.sub(rf"\g<0>{_BREAK}", word[0]), inert(text))
