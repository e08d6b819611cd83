"""What stands around a page: the same page elsewhere, who answers for it, when it last changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from charterbook.charter import Charter
from charterbook.history import Revision
from charterbook.pages import Page
from charterbook.site.changed import Subject
from charterbook.site.edition import Edition, Past
from charterbook.site.views.numbers import same_item


@dataclass(frozen=True)
class Elsewhere:
    """The same page in an earlier version; `url` is None where that version has no such page."""

    name: str
    url: str | None
    label: str | None


def elsewhere(edition: Edition, page: Page) -> list[Elsewhere]:
    """The same page in all earlier versions, newest first; an item is followed through its renames."""
    return [_same_page(past, edition, page) for past in reversed(edition.readable_past)]


def _same_page(past: Past, edition: Edition, page: Page) -> Elsewhere:
    if page.kind is None or past.charter is None:
        return Elsewhere(past.name, page.url if page.url in past.pages.urls else None, None)
    item = next((item for item in edition.charter.items(page.kind) if item.id == page.item), None)
    was = same_item(past.charter.items(page.kind), item) if item else None
    if was is None:
        return Elsewhere(past.name, None, None)
    url = past.pages.item_url(page.kind, was.id)
    return Elsewhere(past.name, url, was.label if item and was.label != item.label else None)


def introduced(edition: Edition, page: Page) -> str | None:
    """The version in which the page first was, None if it has always been there or only is here.

    A comparison is introduced by the version that it compares with: that says nothing.
    """
    if page.older is not None:
        return None
    found = elsewhere(edition, page)
    if not found or all(other.url is not None for other in found):
        return None
    with_page = [other.name for other in found if other.url is not None]
    return with_page[-1] if with_page else edition.name


def last_change(edition: Edition, page: Page) -> Revision | None:
    """The revision in which what the page is about last changed, None where git does not know."""
    return edition.own.changed.get(_subject(page))


def _subject(page: Page) -> Subject:
    if page.kind and page.item:
        return (page.kind, page.item)
    return (page.section,) if page.section else ()


def _about(charter: Charter, page: Page) -> Any:
    """What a page is about: an item, a section, or nothing in particular."""
    if page.kind:
        return next((item for item in charter.items(page.kind) if item.id == page.item), None)
    return getattr(charter, page.section) if page.section else None


def owners(charter: Charter, page: Page) -> list[str]:
    """The roles that answer for what the page is about."""
    about = _about(charter, page)
    named = [getattr(about, name, None) for name in ("owner", "manager", "approver")]
    return list(dict.fromkeys(name for name in named if name))
