"""Blocks of a document as data for the Typst templates. A text is a JSON string there, never markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from charterbook.papers.column_widths import column_widths
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
    text_of,
)
from charterbook.papers.line_breaks import breakable, typeset
from charterbook.papers.page_breaks import groups, is_short, is_short_row

#: Size of the text of a table, relative to other text, by its number of columns.
_SIZES = ((4, 0.95), (6, 0.9), (8, 0.8))
_SMALLEST = 0.72
_CHARTS_BESIDE = 2
#: The most characters of a label and its value that fit in half a line.
_SHORT_PAIR = 44
#: The width of a line on A4 with usual margins, relative to the size of the text.
LINE = 50.0


def document_data(document: PaperDocument, line: float = LINE) -> dict[str, Any]:
    """All of a document. `line` is the width of a line, relative to the size of the text."""
    found = {
        "title": breakable(document.title),
        "subtitle": breakable(document.subtitle),
        "language": document.language,
        "facts": [fact if fact == document.link else breakable(fact) for fact in document.facts],
        "footer": breakable(document.footer),
        "blocks": blocks_data(document.blocks, line),
    }
    return found | ({"link": document.link} if document.link else {})


def blocks_data(blocks: Sequence[Block], line: float = LINE) -> list[dict[str, Any]]:
    """Blocks; consecutive charts are beside each other, and no page break divides a short item."""
    return list(_grouped(blocks, line))


def _grouped(blocks: Sequence[Block], line: float) -> Iterator[dict[str, Any]]:
    for is_chart, found in groupby(blocks, lambda block: isinstance(block, LineChart)):
        if is_chart:
            charts = [_line_chart(one) for one in found if isinstance(one, LineChart)]
            yield {"kind": "charts", "charts": charts, "columns": min(len(charts), _CHARTS_BESIDE)}
        else:
            yield from (_group(group, line) for group in groups(list(found)))


def _group(group: tuple[Block, ...], line: float) -> dict[str, Any]:
    shown = [_block(block, line) for block in group]
    return {"kind": "together", "blocks": shown} if len(shown) > 1 else shown[0]


def _block(block: Block, line: float) -> dict[str, Any]:
    if isinstance(block, TableBlock):
        return _table(typeset(block, breakable), line)
    if isinstance(block, ListBlock):
        entries = [blocks_data(entry, line) for entry in block.entries]
        return {"kind": "list", "ordered": block.ordered, "entries": entries, "whole": is_short([block])}
    return _simple_block(block)


def _simple_block(block: Block) -> dict[str, Any]:
    if isinstance(block, HeadingBlock):
        found = {"kind": "heading", "level": block.level, "text": breakable(block.text)}
        return found | ({"link": block.link} if block.link else {})
    if isinstance(block, ParagraphBlock):
        label, runs = breakable(block.label), _runs(block.runs)
        return {"kind": "paragraph", "label": label, "style": block.style, "runs": runs}
    if isinstance(block, Code):
        return {"kind": "code", "text": breakable(block.text)}
    if isinstance(block, Facts):
        return {"kind": "facts", "lines": list(_fact_lines(block)), "whole": is_short([block])}
    assert isinstance(block, ShareBar)
    parts = [{"name": breakable(name), "share": share, "words": words} for name, share, words in block.parts]
    return {"kind": "share", "title": block.title, "alt": block.alt, "parts": parts}


def _fact_lines(block: Facts) -> Iterator[list[dict[str, Any]]]:
    """Labels with values; two short ones after each other share a line."""
    place = 0
    while place < len(block.pairs):
        count = 2 if _is_short(block, place) and _is_short(block, place + 1) else 1
        yield [
            {"label": breakable(label), "runs": _runs(runs)}
            for label, runs in block.pairs[place : place + count]
        ]
        place += count


def _is_short(block: Facts, place: int) -> bool:
    pair = block.pairs[place : place + 1]
    return any(len(label) + len(text_of(runs)) <= _SHORT_PAIR for label, runs in pair)


def _table(block: TableBlock, line: float) -> dict[str, Any]:
    size = next((size for most, size in _SIZES if len(block.head) <= most), _SMALLEST)
    return {
        "kind": "table",
        "title": breakable(block.title),
        "head": block.head,
        "rows": [
            {"whole": is_short_row(row), "cells": [{"runs": _runs(cell)} for cell in row]}
            for row in block.rows
        ],
        "numeric": sorted(block.numeric),
        "widths": column_widths(block, line / size),
        "size": size,
        "inset": 1.5 if block.to_fill_in else 0.5,
        "whole": is_short([block]),
    }


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
