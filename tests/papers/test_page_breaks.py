"""Blocks that a page break does not part."""

from __future__ import annotations

from charterbook.papers.charter_document import charter_document
from charterbook.papers.document import HeadingBlock, ListBlock, ParagraphBlock, TableBlock, plain_runs
from charterbook.papers.page_breaks import groups, is_short
from tests.papers.sources import hostile_charter, source


def test_nothing_is_lost_or_moved() -> None:
    """Groups are the blocks in their order; each has one heading, which is its first block."""
    blocks = charter_document(source(made=hostile_charter())).blocks
    found = list(groups(blocks))
    assert tuple(block for group in found for block in group) == blocks
    parted = [group for group in found if len(group) > 1]
    assert parted
    for first, *others in parted:
        assert isinstance(first, HeadingBlock)
        assert not [one for one in others if isinstance(one, HeadingBlock)]


def test_what_fills_a_page_can_be_parted() -> None:
    """A block that no page break may part would be cut off at the end of the page."""
    long = ParagraphBlock(plain_runs("word " * 2000))
    assert list(groups([HeadingBlock(2, "Item"), long])) == [(HeadingBlock(2, "Item"),), (long,)]
    assert not is_short([ListBlock(((long,),))])
    assert is_short([ParagraphBlock(plain_runs("short"))])


def test_a_sheet_to_sign_is_on_one_page() -> None:
    """Nobody signs below a row that stands alone on the last page; a sheet for a whole board can be parted."""
    words = "agreed to an older state (2026-Q1, 24 January 2026): 2 commitments have changed since"
    row = tuple(map(plain_runs, ("Chair of the works council", words, "", "", "")))
    for count, whole in ((4, True), (30, False)):
        assert is_short([TableBlock("", ("",) * 5, (row,) * count, to_fill_in=True)]) == whole
    assert not is_short([TableBlock("", ("",) * 5, (row,) * 4)])
