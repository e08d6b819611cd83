"""Tables of contents and anchors of pages."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict

from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc


class Heading(TypedDict):
    """A heading in the form of Markdown's toc tokens."""

    level: int
    id: str
    name: str
    children: list[Heading]


def set_toc(page: Page, headings: list[Heading], anchors: Collection[str]) -> None:
    """Replace a page's table of contents, and add the anchors that links to it may name."""
    page.toc = get_toc(headings)
    page.present_anchor_ids = (page.present_anchor_ids or set()) | set(anchors)
