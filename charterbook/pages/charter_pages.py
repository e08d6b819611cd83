"""The pages of a charter, made from pages of docs/, and their collisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from charterbook.charter import Charter
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import translator
from charterbook.identity import path_of
from charterbook.pages.docs_pages import KEPT, VERSIONS, DocsPage
from charterbook.pages.page import Page, Pages
from charterbook.problems import Problem
from charterbook.source_map import SourceMap


@dataclass(frozen=True)
class Collision:
    """Two pages with the same address: an item's, and one of docs/ or another item's."""

    kind: str
    item: str
    other: str


def has_promise_results(charter: Charter) -> bool:
    """Whether a charter says how often any promise was kept."""
    return any(level.kept for service in charter.services for level in service.service_levels)


def pages_of(
    charter: Charter, docs: Iterable[DocsPage], older: Sequence[str] = (), *, kept_before: bool = False
) -> Pages:
    """The pages of this charter; `older` are the names of previous versions.

    `kept_before` is true if an earlier charter has a result for a promise. Pages of docs/ take precedence over
    generated ones with the same address.
    """
    pages: dict[str, Page] = {}
    known = kept_before or has_promise_results(charter)
    for page in _in_order(charter, [page for page in docs if known or page.requires != KEPT], older):
        pages.setdefault(page.url, page)
    return Pages(tuple(pages.values()))


def collisions(charter: Charter, docs: Iterable[DocsPage]) -> list[Collision]:
    """The items with a page at the address of a different page."""
    taken: dict[str, str] = {}
    found = []
    for page in _in_order(charter, docs):
        other = taken.setdefault(page.url.casefold(), page.source)
        if other != page.source and page.kind and page.item:
            found.append(Collision(page.kind, page.item, f"docs/{other}"))
    return found


def page_problems(charter: Charter, places: SourceMap, docs: Iterable[DocsPage]) -> list[Problem]:
    """The collisions of a charter's items with pages of docs/, at the places of their ids."""
    _ = translator(charter.language).gettext
    return [
        Problem(
            *places.of((*path_of(found.kind), _index(charter, found), "id")),
            "page-collision",
            "error",
            _("the page of “%(item)s” would overwrite %(other)s")
            % {"item": found.item, "other": found.other},
            _("Give the item another id, or rename %(other)s.") % {"other": found.other},
        )
        for found in collisions(charter, docs)
    ]


def _index(charter: Charter, collision: Collision) -> int:
    return [item.id for item in charter.items(collision.kind)].index(collision.item)


def _in_order(charter: Charter, docs: Iterable[DocsPage], older: Sequence[str] = ()) -> list[Page]:
    """Pages written in docs/ before generated ones, so that they take precedence."""
    fixed, made = [], []
    for page in docs:
        if page.for_each:
            made += _expand(page, charter, older)
        elif page.section is None or charter.has(page.section):
            fixed.append(Page(page.source, page.source, page.section))
    return fixed + made


def _expand(page: DocsPage, charter: Charter, older: Sequence[str]) -> list[Page]:
    assert page.for_each is not None
    folder = page.source.rpartition("/")[0]
    before = f"{folder}/" if folder else ""
    if page.for_each == VERSIONS:
        return [Page(f"{before}{name}.md", page.source, older=name) for name in older]
    return [item_page(page, item.id) for item in charter.items(page.for_each)]


def item_page(page: DocsPage, id_: str) -> Page:
    """The page of an item, generated from a page of docs/ with `for_each`."""
    folder = page.source.rpartition("/")[0]
    return Page(f"{folder}/{id_}.md" if folder else f"{id_}.md", page.source, None, page.for_each, id_)
