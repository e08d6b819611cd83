"""Replacement of MkDocs' default navigation, made from the folders of docs/, by Charterbook's.

Without `nav:`, plugins can sort, group or rename the pages that MkDocs offers. If a plugin has changed it, or
an author has written a file for such a plugin, the plugin's result is used. Otherwise Charterbook's navigation
replaces it, with the same pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from charterbook.folders import walk
from charterbook.site.pipeline.built_nav import clean_section_titles, keep_group_titles, link_neighbours

#: Plugins that do not arrange pages, besides Material's.
_OTHERS = frozenset({"charterbook", "macros"})


def may_be_arranged(config: MkDocsConfig) -> bool:
    """Whether a plugin can arrange the pages of a navigation that it is offered."""
    return any(True for _ in _arranging_plugins(config))


def _arranging_plugins(config: MkDocsConfig) -> Iterator[Any]:
    for name, plugin in config.plugins.items():
        if hasattr(plugin, "on_nav") and name not in _OTHERS and not name.startswith("material/"):
            yield plugin


def has_nav_file(config: MkDocsConfig) -> bool:
    """Whether docs/ has a file for a plugin that arranges pages, such as .nav.yml: one that a setting of the plugin names.

    Its author can have written the navigation that MkDocs makes by default.
    """
    settings = [getattr(plugin, "config", {}) for plugin in _arranging_plugins(config)]
    named = {value for values in settings for value in values.values() if isinstance(value, str)}
    folders = walk(config.docs_dir, followlinks=True) if named else ()
    return any(not named.isdisjoint(files) for _, _, files in folders)


def shape(items: Iterable[Any]) -> list[Any]:
    """The entries of a navigation with those below them; equal if no plugin has changed them."""
    return [
        (
            item.file.src_uri if item.is_page else (item.title, getattr(item, "url", "")),
            shape(item.children or ()),
        )
        for item in items
    ]


class OwnNav:
    """Charterbook's navigation of a version, in the form of `nav:` in mkdocs.yml; `titles` are those of its groups."""

    def __init__(self, entries: list[Any], config: MkDocsConfig, titles: Collection[str] = ()) -> None:
        self._entries, self._titles = entries, titles
        self.may_be_arranged = may_be_arranged(config)
        self._has_nav_file = self.may_be_arranged and has_nav_file(config)
        self._offered: Navigation | None = None
        self._shape: list[Any] = []

    def offer(self, nav: Navigation) -> None:
        """Record the navigation that plugins are offered."""
        self._offered, self._shape = nav, shape(nav.items) if self.may_be_arranged else []

    def is_unchanged(self, nav: Navigation) -> bool:
        """Whether plugins have left the navigation as it was, and no file says how they arrange it."""
        if self._has_nav_file:
            return False
        return shape(nav.items) == self._shape if self.may_be_arranged else nav is self._offered

    def place(self, nav: Navigation, files: Files) -> None:
        """Replace MkDocs' navigation, and restore the titles of groups."""
        if self.may_be_arranged:
            replace_items(nav, self._entries, files)
        keep_group_titles(nav, self._titles)
        clean_section_titles(nav.items)


def replace_items(nav: Navigation, entries: list[Any], files: Files) -> None:
    """Replace the entries of a navigation with others, in the form of `nav:` in mkdocs.yml, of the same pages.

    A home page that a plugin has set stays, for example one for each language.
    """
    for page in nav.pages:
        page.parent = None
    nav.pages.clear()
    nav.items[:] = [_item(entry, nav.pages, files) for entry in entries]
    link_neighbours(nav.pages)
    if nav.homepage not in nav.pages:
        nav.homepage = next((page for page in nav.pages if page.is_homepage), None)


def _item(entry: Any, pages: list[Page], files: Files) -> Section | Page:
    title, content = next(iter(entry.items())) if isinstance(entry, dict) else (None, entry)
    if isinstance(content, list):
        section = Section(str(title), [_item(child, pages, files) for child in content])
        for child in section.children:
            child.parent = section
        return section
    file = files.get_file_from_path(content)
    assert file is not None
    assert file.page is not None
    if title is not None:
        file.page.title = title
    pages.append(file.page)
    return file.page
