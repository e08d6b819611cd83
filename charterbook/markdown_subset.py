"""Parser for the Markdown subset of charter texts. HTML in them is shown as text."""

from __future__ import annotations

from markdown_it import MarkdownIt


def subset_parser(*, with_headings: bool) -> MarkdownIt:
    """The parser for emphasis, links, lists, code and tables; for custom sections, also for headings."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    unknown = [] if with_headings else ["heading", "lheading"]
    return parser.disable(["image", "hr", "blockquote", "html_block", "html_inline", "reference", *unknown])
