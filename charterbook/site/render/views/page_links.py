"""What stands around a page: the same page elsewhere, and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from charterbook.charter import Charter
from charterbook.log import Story
from charterbook.pages import Page
from charterbook.site.edition import Edition, PastVersion


@dataclass(frozen=True)
class OtherVersionPage:
    """The same page in an earlier version; `url` is None where that version has no such page.

    `item` is what the item was there, by kind and id, and `label` its name where it had another one.
    """

    name: str
    url: str | None
    label: str | None = None
    item: tuple[str, str] | None = None


def elsewhere(edition: Edition, page: Page, story: Story | None) -> list[OtherVersionPage]:
    """The same page in all earlier versions, newest first; an item is followed by its story."""
    return [_same_page(past, page, story) for past in reversed(edition.readable_past)]


def _same_page(past: PastVersion, page: Page, story: Story | None) -> OtherVersionPage:
    if page.kind is None:
        return OtherVersionPage(past.name, page.url if page.url in past.pages.urls else None)
    if story is None or past.name not in story.places:
        return OtherVersionPage(past.name, None)
    there, name = story.places[past.name]
    return OtherVersionPage(
        past.name, past.pages.item_url(*there), name if name != story.name else None, there
    )


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
