"""Blocks that are on one page: a short item with its heading, a short list, a small table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charterbook.papers.document import (
    Block,
    Code,
    Facts,
    HeadingBlock,
    Inline,
    ListBlock,
    ParagraphBlock,
    TableBlock,
    text_of,
)

#: About as many characters fit in a line, and in a line of one of the columns of a table.
_LINE, _TABLE_LINE = 95, 80
#: Maximum number of lines that a page break never divides. A page has about 60.
_MOST_LINES = 18
#: The same for a table to fill in by hand: a sheet to sign is on one page unless it fills most of it.
_MOST_LINES_TO_FILL_IN = 45
#: Lines of a chart, and of a heading with the space around it.
_CHART_LINES, _HEADING_LINES = 10.0, 2.5


def is_short(blocks: Sequence[Block]) -> bool:
    """Whether blocks are so short that no page break has to divide them."""
    is_to_fill_in = any(isinstance(block, TableBlock) and block.to_fill_in for block in blocks)
    return sum(map(_lines, blocks)) <= (_MOST_LINES_TO_FILL_IN if is_to_fill_in else _MOST_LINES)


def is_short_row(cells: Sequence[Inline]) -> bool:
    """Whether a row of a table is so short that no page break has to divide it."""
    return _row_lines(cells) <= _MOST_LINES


def groups(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """The blocks, with short items as one group: a heading below the first level, and the block after it."""
    item: list[Block] = []
    for block in blocks:
        if isinstance(block, HeadingBlock):
            yield from _parted(item)
            item = []
        item.append(block)
    yield from _parted(item)


def _parted(item: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    is_item = bool(item) and isinstance(item[0], HeadingBlock) and item[0].level > 1
    if is_item and len(item) > 1 and is_short(item):
        yield tuple(item)
    else:
        yield from ((block,) for block in item)


def _lines(block: Block) -> float:
    """About how many lines a block has."""
    if isinstance(block, HeadingBlock):
        return _HEADING_LINES
    if isinstance(block, ParagraphBlock):
        return _text_lines(text_of(block.runs), _LINE) + 0.5
    if isinstance(block, ListBlock):
        return sum(_lines(one) for entry in block.entries for one in entry)
    if isinstance(block, Facts):
        return sum(_text_lines(text_of(runs), _LINE) for _, runs in block.pairs)
    if isinstance(block, TableBlock):
        return _table_lines(block)
    return float(block.text.count("\n") + 1) if isinstance(block, Code) else _CHART_LINES


def _table_lines(block: TableBlock) -> float:
    each = 4 if block.to_fill_in else 1.7
    return sum(_row_lines(row) + each - 1 for row in block.rows) + 4


def _row_lines(cells: Sequence[Inline]) -> int:
    width = _TABLE_LINE // max(len(cells), 1)
    return max((_text_lines(text_of(cell), width) for cell in cells), default=1)


def _text_lines(text: str, width: int) -> int:
    return sum(1 + len(line) // width for line in text.split("\n"))
