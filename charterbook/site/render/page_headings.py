"""The headings and anchors in the HTML of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charterbook.site.mkdocs_compat.toc import TocHeading, nested

_HEADING = re.compile(r"<h([1-6])\b[^>]*?\sid=\"([^\"]+)\"[^>]*>(.*?)</h\1>", re.DOTALL)
_HEADERLINK = re.compile(r"<a class=\"headerlink\".*?</a>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r"<[a-z][a-z0-9]*\b[^>]*?\sid=\"([^\"]+)\"")
#: Possible id attributes: finding them is faster than finding tags.
_ID_VALUE = re.compile(r"id=(?<=\sid=)\"[^\"]+\"")


def anchors(content: str) -> set[str]:
    """Ids in a page's HTML: the targets of anchors."""
    found: set[str] = set()
    for place in _ID_VALUE.finditer(content):
        after_last_tag = content.rfind(">", 0, place.start()) + 1
        found.update(_ID.findall(content, after_last_tag, place.end()))
    return found


def headings(content: str) -> list[TocHeading]:
    """The headings in HTML that have an id, nested by level, in the form of Markdown's toc tokens."""
    return nested(flat_headings(content))


def flat_headings(content: str) -> Iterator[TocHeading]:
    """The headings in HTML that have an id, in order, without nesting."""
    for level, anchor, inner in _HEADING.findall(content):
        name = _TAG.sub("", _HEADERLINK.sub("", inner)).strip()
        yield {"level": int(level), "id": anchor, "name": name, "children": []}
