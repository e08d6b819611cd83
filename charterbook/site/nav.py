"""The navigation of one version: only pages that it has, in the order of the charter.

A handbook that says nothing gets its sections in groups; one that has `nav:` in mkdocs.yml keeps its own
order, without the pages that this version lacks, and with a page for each item below its section.
"""

from __future__ import annotations

from typing import Any

from mkdocs.structure.nav import Navigation

from charterbook.charter import QUESTIONS
from charterbook.pages import Page
from charterbook.site.blocks import Desk
from charterbook.site.edition import CHANGES
from charterbook.site.labels import SECTION_TITLES
from charterbook.words import N_

#: Sections beyond the agreement itself, in groups.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("The agreement"), (*QUESTIONS, "review")),
    (N_("Working together"), ("intake", "scope", "roles", "partners", "platforms")),
    (N_("Where we are going"), ("maturity", "roadmap", "risks", "decisions")),
    (N_("Over time"), ()),
    (N_("Reference"), ("glossary",)),
)

#: The addresses of the pages that look at more than one version, in their order.
OVER_TIME = (CHANGES, "compare/", "sponsor/", "history/")

#: Longer lists of items are reached from their section's page: every page carries the navigation.
MOST_CHILDREN = 40


def navigation(given: list[Any] | None, desk: Desk) -> list[Any]:
    """The `nav` that MkDocs builds from: the one given, fitted to this version, or one of its own."""
    return _default(desk) if given is None else _fit(given, desk)


def _fit(entry: Any, desk: Desk) -> list[Any]:
    """What this version has of an entry of the author's own navigation, or of a list of entries."""
    if isinstance(entry, list):
        return [kept for child in entry for kept in _fit(child, desk)]
    if isinstance(entry, dict):
        title, content = next(iter(entry.items()))
        found = _fit(content, desk)
        return (
            [{title: found if isinstance(content, list) or found != [content] else content}] if found else []
        )
    if not isinstance(entry, str) or "://" in entry:
        return [entry]
    return [page.uri for page in desk.edition.pages.pages if entry in (page.uri, page.source)]


def _default(desk: Desk) -> list[Any]:
    pages = desk.edition.pages.pages
    by_section = desk.edition.pages.main
    listed = [page for page in pages if page.url == ""]
    entries: list[Any] = [{desk.words.gettext("At a glance"): page.uri} for page in listed]
    for title, sections in GROUPS:
        here = [by_section[section] for section in sections if section in by_section]
        children = [_section(page, desk) for page in here]
        if title == "Over time":
            children += _over_time(desk)
        if title == "Reference":
            children += _others(desk)
        if children:
            entries.append({desk.words.gettext(title): children})
    return entries


def keep_titles(nav: Navigation) -> None:
    """Keep the groups' own titles: Material would take an index page in a group for the group's page.

    So stands the page of a list that is too long for the navigation.
    """
    for group in nav.items:
        for page in group.children or ():
            if page.is_page and page.is_index:
                page.file.name = "list"


def _section(page: Page, desk: Desk) -> Any:
    """A section's page, with its items' pages below it where they are not too many."""
    children = [child.uri for child in desk.edition.pages.pages if child.kind == page.section]
    if not children or len(children) > MOST_CHILDREN:
        return page.uri
    assert page.section is not None
    return {desk.words.gettext(SECTION_TITLES[page.section]): [page.uri, *children]}


def _over_time(desk: Desk) -> list[Any]:
    """The pages that look at more than one version. The title of the changes is too long for a navigation."""
    by_url = {page.url: page.uri for page in desk.edition.pages.pages}
    uris = [by_url[url] for url in OVER_TIME if url in by_url]
    return [{desk.words.gettext("What changed"): uri} if uri == by_url.get(CHANGES) else uri for uri in uris]


def _others(desk: Desk) -> list[str]:
    """Pages for no section: sections of one's own first, then the author's pages."""
    pages = desk.edition.pages.pages
    own = [page.uri for page in pages if page.kind == "sections"]
    main = desk.edition.pages.main
    known = (*main.values(), *(page for page in pages if page.older or page.kind in {"sections", *main}))
    free = [page.uri for page in pages if page not in known and page.url not in ("", *OVER_TIME)]
    return own + free
