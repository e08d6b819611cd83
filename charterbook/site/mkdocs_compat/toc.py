"""Tables of contents and anchors of pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypedDict

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from charterbook.site.markdown_options import options_of


class TocHeading(TypedDict):
    """A heading in the form of Markdown's toc tokens."""

    level: int
    id: str
    name: str
    children: list[TocHeading]


def toc_of(page: Page, shown: Callable[[str], str]) -> list[TocHeading]:
    """A page's table of contents, with each title as it is shown."""
    return [_heading(entry, shown) for entry in page.toc]


def _heading(entry: AnchorLink, shown: Callable[[str], str]) -> TocHeading:
    return {
        "level": entry.level,
        "id": entry.id,
        "name": shown(entry.title),
        "children": [_heading(child, shown) for child in entry.children],
    }


def flat(found: Iterable[TocHeading]) -> Iterator[TocHeading]:
    """Nested headings in order, without those below them."""
    for heading in found:
        yield {**heading, "children": []}
        yield from flat(heading["children"])


def nested(found: Iterable[TocHeading]) -> list[TocHeading]:
    """Headings nested by level."""
    root: list[TocHeading] = []
    path: list[TocHeading] = []
    for heading in found:
        while path and path[-1]["level"] >= heading["level"]:
            path.pop()
        (path[-1]["children"] if path else root).append(heading)
        path.append(heading)
    return root


def toc_depths(config: MkDocsConfig) -> range:
    """The levels of headings that the Markdown extension `toc` lists."""
    depth = str((options_of(config, "toc") or {}).get("toc_depth", 6))
    top, _, bottom = depth.rpartition("-")
    return range(int(top or 1), int(bottom) + 1)


def set_toc(page: Page, headings: list[TocHeading], anchors: Collection[str]) -> None:
    """Replace a page's table of contents, and add the anchors that links to it can name."""
    page.toc = get_toc(headings)
    page.present_anchor_ids = (page.present_anchor_ids or set()) | set(anchors)
