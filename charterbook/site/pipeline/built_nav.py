"""Corrections of the navigation that MkDocs has built: pages of other versions, titles of groups, and neighbours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from charterbook.problems import escape_terminal
from charterbook.site.mkdocs_compat.inclusion import InclusionLevel
from charterbook.site.mkdocs_compat.index_pages import list_in_group


def silence_omitted_pages(files: Files, absent: Collection[str]) -> dict[str, InclusionLevel]:
    """Stop MkDocs from reporting pages of other versions as omitted; returns their previous inclusion levels."""
    found = [file for file in files if file.src_uri in absent and file.inclusion.is_in_nav()]
    levels = {file.src_uri: file.inclusion for file in found}
    for file in found:
        file.inclusion = InclusionLevel.NOT_IN_NAV
    return levels


def remove_absent_pages(nav: Navigation, files: Files, absent: Collection[str]) -> None:
    """Remove pages of other versions. Navigation plugins get them so that they do not warn."""
    for file in [file for file in files if file.src_uri in absent]:
        files.remove(file)
    nav.items[:] = _present(nav.items, absent)
    present = [page for page in nav.pages if page.file.src_uri not in absent]
    if len(present) < len(nav.pages):
        nav.pages[:] = present
        link_neighbours(present)


def _present(items: list[Any], absent: Collection[str]) -> list[Any]:
    found = []
    for item in items:
        had = bool(item.children)
        if had:
            item.children[:] = _present(item.children, absent)
        is_empty = had and not item.children and not item.is_page
        if not is_empty and not (item.is_page and item.file.src_uri in absent):
            found.append(item)
    return found


def keep_group_titles(nav: Navigation, titles: Collection[str]) -> None:
    """Keep these titles of Charterbook's groups: otherwise Material takes them from an index page."""
    groups = (group for group in nav.items if group.title in titles)
    for page in (page for group in groups for page in group.children or ()):
        if page.is_page and page.is_index:
            list_in_group(page)


def clean_section_titles(items: Iterable[Any]) -> None:
    """Remove invisible characters from the titles that MkDocs derives from names of folders."""
    for section in items:
        if section.is_section:
            section.title = escape_terminal(section.title)
            clean_section_titles(section.children)


def link_neighbours(pages: list[Page]) -> None:
    """Link each page to the ones before and after it."""
    for page, before, after in zip(pages, [None, *pages], [*pages[1:], None], strict=False):
        page.previous_page, page.next_page = before, after
