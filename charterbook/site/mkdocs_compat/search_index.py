"""Fast extraction of page sections for Material's search index, in a tenth of the time.

Material's HTML parser checks the whole path to an element for each of its parts: this takes longer than rendering the
page. The result is the same, except that an element with `data-search-exclude` is excluded completely, including its
headings. Material then removes such attributes from each page, also from those without any.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from material.plugins.search import plugin
from material.plugins.search.plugin import SearchIndex, void
from mkdocs.plugins import BasePlugin
from mkdocs.structure.pages import Page

from charterbook.site.mkdocs_compat.registry import is_on

#: HTML comment or declaration, or tag with its attributes.
_TAG = re.compile(
    r"<!--.*?-->|<[!?][^>]*>|<(/?)([A-Za-z][^\s/>]*)([^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*)>",
    re.DOTALL,
)
_ID = re.compile(r"\sid=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LEFT_OUT = re.compile(r"\sdata-search-exclude(?=[\s=/]|\Z)|class=\"(?:linenodiv|headerlink)\"")
#: Elements with content other than HTML.
_RAW = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
#: Charterbook's charts: they are excluded, and contain most of the elements of a metric's page.
_CHART = re.compile(r"(<figure class=\"cb-chart\" data-search-exclude>).*?(?=</figure>)", re.DOTALL)
#: How Material's attributes for the search begin.
_ATTRIBUTES = "data-search-"
_SKIPPED = frozenset({"object", "script", "style"})
_KEPT = frozenset({"p", "code", "pre", "li", "ol", "ul", "sub", "sup"})
_READ = _HEADINGS | _SKIPPED | _KEPT


@dataclass
class IndexedSection:
    """Section below one heading. `depth` is the nesting depth of the heading in the page."""

    depth: float = 0
    id: str | None = None
    left_out: bool = False
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def copied(self) -> IndexedSection:
        """A copy for Material, which replaces its title and text; `copy.copy` takes ten times as long."""
        return IndexedSection(self.depth, self.id, self.left_out, self.title, self.text)


class Index(SearchIndex):  # type: ignore[misc]
    """Material's index with the sections of `sections_of`."""

    def add_entry_from_context(self, page: Page) -> None:
        """Add the sections of a page, unless its front matter excludes it."""
        if (page.meta.get("search") or {}).get("exclude"):
            return
        for section in sections_of(page.content or ""):
            self.create_entry_for_section(section.copied(), page.toc, page.url, page)


def install(search: BasePlugin[Any] | None) -> None:
    """Replace the index of Material's search, if the handbook has it, after its creation."""
    index = getattr(search, "search_index", None)
    if type(index) is SearchIndex and is_on("search-index"):
        index.__class__ = Index
        plugin.re = _Patterns()


class _Patterns:
    """Python's `re` for Material's search, without searches for attributes in pages that have none."""

    @staticmethod
    def sub(pattern: str, replacement: str, text: str, **options: Any) -> str:
        """The same as `re.sub`."""
        is_in_vain = _ATTRIBUTES in pattern and _ATTRIBUTES not in text
        return text if is_in_vain else re.sub(pattern, replacement, text, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(re, name)


@lru_cache(maxsize=512)
def sections_of(content: str) -> tuple[IndexedSection, ...]:
    """Searchable sections of a page's HTML."""
    lower = content.lower()
    if "<script" in lower or "<style" in lower:
        content = _RAW.sub(r"<\1></\1>", content)
    reader = _SectionReader(preformatted="<pre" in lower)
    reader.read(_TAG.split(_CHART.sub(r"\1", content)))
    return tuple(section for section in reader.sections if not section.left_out)


def _is_left_out(attributes: str) -> bool:
    """Whether an element is excluded. A search for plain text is faster than for the pattern."""
    may_be = "data-search-exclude" in attributes or "headerlink" in attributes or "linenodiv" in attributes
    return may_be and _LEFT_OUT.search(attributes) is not None


class _SectionReader:
    """Collector of sections from the parts of a page in document order; `preformatted` if the page has a `<pre>`."""

    def __init__(self, *, preformatted: bool) -> None:
        self.sections: list[IndexedSection] = []
        self._section: IndexedSection | None = None
        self._open: list[str] = []
        self._hidden = self._heading = 0
        self._has_preformatted = preformatted

    def read(self, pieces: Sequence[str]) -> None:
        """Read the pieces of a page: text, then a slash in closing tags, tag name and attributes, and so on."""
        for text, closing, tag, attributes in zip(*[iter([*pieces, "", "", ""])] * 4, strict=True):
            if text and not self._hidden:
                self._text(text)
            if not tag or tag in void:
                continue
            name = tag if tag.islower() else tag.lower()
            if not closing:
                self._open.append(name)
                if not self._hidden and (attributes or name in _READ or self._section is None):
                    self._start(name, attributes)
            if (closing or attributes.endswith("/")) and self._open and self._open[-1] == name:
                self._end(name)

    def _start(self, tag: str, attributes: str) -> None:
        left_out = _is_left_out(attributes)
        if tag in _HEADINGS and (found := _ID.search(attributes)):
            self._begin(tag, html.unescape(next(filter(None, found.groups()), "")), left_out)
        elif self._section is None:
            self._add(IndexedSection())
        if left_out or tag in _SKIPPED:
            self._hidden = len(self._open)
        elif tag in _KEPT:
            self._target.append(f"<{tag}>")

    def _begin(self, tag: str, name: str, left_out: bool) -> None:
        """Begin a section at a heading; text before the first heading, except the title, has its own section."""
        if tag != "h1" and not self.sections:
            self._add(IndexedSection())
        self._heading = len(self._open)
        self._add(IndexedSection(self._heading, name if self.sections else None, left_out))

    def _add(self, section: IndexedSection) -> None:
        self._section = section
        self.sections.append(section)

    def _end(self, tag: str) -> None:
        depth = len(self._open)
        assert self._section is not None
        if self._section.depth > depth:
            self._return(depth)
        self._open.pop()
        if self._hidden:
            self._hidden = 0 if self._hidden == depth else self._hidden
        elif tag in _KEPT:
            self._close(tag)
        self._heading = 0 if self._heading == depth else self._heading

    def _return(self, depth: int) -> None:
        """Return to the previous section at the end of the heading's parent element."""
        assert self._section is not None
        before = next((section for section in reversed(self.sections) if section.depth <= depth), None)
        if before is not None:
            self._section.depth = math.inf
            self._section = before

    def _close(self, tag: str) -> None:
        target, opening = self._target, f"<{tag}>"
        if opening not in target:
            return
        begin = target.index(opening)
        if all(part.isspace() for part in target[begin + 1 :]):
            del target[begin:]
        else:
            target.append(f"</{tag}>")

    @property
    def _target(self) -> list[str]:
        assert self._section is not None
        return self._section.title if self._heading else self._section.text

    def _text(self, data: str) -> None:
        if self._section is None:
            self._add(IndexedSection())
        target = self._target
        preformatted = self._has_preformatted and "pre" in self._open
        if "&" in data:
            data = html.unescape(data)
        if data.isspace():
            if not preformatted:
                data = " "
            if self._heading or preformatted or not target or not target[-1].isspace():
                target.append(data)
            return
        if not preformatted:
            data = data.replace("\n", " ")
        if "&" in data or "<" in data or ">" in data:
            data = html.escape(data, quote=False)
        target.append(data)
