"""A document as Markdown, beside the same document as HTML."""

from __future__ import annotations

import re
from itertools import pairwise

from charterbook.papers.formats import render
from tests.papers.sources import hostile_charter, source

_HTML_HEADING = re.compile(r"<h([1-6])[ >]")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6}) ", re.MULTILINE)


def test_headings_have_the_levels_of_the_page() -> None:
    """The same ones in the same order: one title, and no level is skipped."""
    made = source(made=hostile_charter())
    html, markdown = (render(made, name).decode() for name in ("html", "md"))
    levels = [len(signs) for signs in _MARKDOWN_HEADING.findall(markdown)]
    assert levels == [int(level) for level in _HTML_HEADING.findall(html)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(set(levels)) > 2
