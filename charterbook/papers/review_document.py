"""The pre-read of a review as a document, with the sheet to sign."""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.errors import CharterbookError
from charterbook.export.review_parts import Entry, ReviewPart, review_facts, review_parts, review_title
from charterbook.papers.document import (
    Block,
    HeadingBlock,
    ListBlock,
    PaperDocument,
    ParagraphBlock,
    TableBlock,
    plain_runs,
)
from charterbook.papers.document_facts import footer, link_of, subtitle
from charterbook.papers.inert_text import inert_line
from charterbook.papers.paper_source import PaperSource

#: The part with the sheet to sign.
_SHEET = "sheet"


def review_document(source: PaperSource) -> PaperDocument:
    """The pre-read of the review of a version."""
    if source.pre_read is None:
        raise CharterbookError("review: there is no review of this version.")
    read = source.pre_read()
    return PaperDocument(
        inert_line(review_title(read)),
        subtitle(source),
        read.language,
        tuple(map(inert_line, review_facts(read))),
        footer(source),
        tuple(block for part in review_parts(read) for block in _part(part)),
        link_of(source),
    )


def _part(part: ReviewPart) -> Iterator[Block]:
    yield HeadingBlock(1, part.title)
    if part.note:
        yield ParagraphBlock(plain_runs(inert_line(part.note)))
    if part.entries:
        yield ListBlock(tuple(map(_entry, part.entries)), part.numbered)
    if part.table:
        rows = tuple(tuple(plain_runs(inert_line(cell)) for cell in row) for row in part.table.rows)
        yield TableBlock("", part.table.head, rows, to_fill_in=part.key == _SHEET)


def _entry(entry: Entry) -> tuple[Block, ...]:
    first = ParagraphBlock(plain_runs(inert_line(entry.text)))
    below = ListBlock(tuple((ParagraphBlock(plain_runs(inert_line(line))),) for line in entry.below))
    return (first, below) if entry.below else (first,)
