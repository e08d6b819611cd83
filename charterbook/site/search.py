"""The search index of one version, made as Material makes it, without reading a page twice that has not changed.

Of one version's pages many say just what the next one's say. Reading their HTML takes longer than writing them.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache

from material.plugins.search.plugin import Parser, SearchIndex, Section
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page


class Index(SearchIndex):  # type: ignore[misc]
    """Material's index, whose sections are remembered by the content of their page."""

    def add_entry_from_context(self, page: Page) -> None:
        """Add the sections of a page, unless its front matter keeps it out."""
        if (page.meta.get("search") or {}).get("exclude"):
            return
        for section in _sections(page.content or ""):
            self.create_entry_for_section(copy(section), page.toc, page.url, page)


@lru_cache(maxsize=1024)
def _sections(content: str) -> tuple[Section, ...]:
    """The sections of a page's HTML that are to be found."""
    parser = Parser()
    parser.feed(content)
    parser.close()
    return tuple(section for section in parser.data if not section.is_excluded())


def share(config: MkDocsConfig) -> None:
    """Have Material's search, where the handbook has it, use this index. It has made its own by now."""
    search = config.plugins.get("material/search") or config.plugins.get("search")
    index = getattr(search, "search_index", None)
    if type(index) is SearchIndex:
        index.__class__ = Index
