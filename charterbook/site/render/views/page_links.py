"""Context of a page: the same page in other versions, its owners, and the changes of a version."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from charterbook.charter import Charter
from charterbook.frozen_dataclass import dataclass
from charterbook.log import ItemHistory
from charterbook.pages import Page
from charterbook.site.edition import CHANGES, Edition, PastVersion, Successor, label_in

#: Number of older versions that each page offers for a comparison.
_OFFERED = 6


@dataclass(frozen=True)
class OtherVersionPage:
    """The same page in an earlier version; `url` is None if that version has no such page.

    `item` is the item's kind and id there, and `label` its name if it differs.
    """

    name: str
    url: str | None
    label: str | None = None
    item: tuple[str, str] | None = None


def other_version_pages(
    edition: Edition, page: Page, item_history: ItemHistory | None
) -> list[OtherVersionPage]:
    """The same page in all earlier versions, newest first; one for each of several items that were merged."""
    return [
        one
        for past in reversed(edition.readable_past)
        for one in _same_page(edition, past, page, item_history)
    ]


def recent_versions(edition: Edition) -> Sequence[PastVersion]:
    """The versions that each page offers for a comparison, newest first."""
    return edition.readable_past[: -_OFFERED - 1 : -1]


def previous_page(edition: Edition, page: Page, item_history: ItemHistory | None) -> OtherVersionPage | None:
    """The same page in the previous version, None if there is no such version; the first of several merged items."""
    if not edition.readable_past or page.older is not None:
        return None
    return _same_page(edition, edition.readable_past[-1], page, item_history)[0]


def page_in_later(edition: Edition, page: Page, later: Successor) -> Mapping[str, str]:
    """Addresses of the page in a later version, each with a label if there are several; none if it lacks the page."""
    return later.urls.get(page.url, {}) if _is_of_charter(edition, page) else {page.url: ""}


def _is_of_charter(edition: Edition, page: Page) -> bool:
    """Whether the charter decides about a page. Plugins make other pages from the present docs/, for all versions."""
    return page.uri in edition.pages.by_uri


def changes_of_version(edition: Edition, version: PastVersion) -> tuple[str, str] | None:
    """The version before this or an older one, and the address of the changes since; None if there is none."""
    readable = [one for one in (*edition.past, edition.own) if one.charter is not None]
    before = next((old for old, new in itertools.pairwise(readable) if new is version), None)
    if before is None or CHANGES not in version.pages.urls:
        return None
    return before.name, CHANGES if version is edition.own else f"../{version.name}/{CHANGES}"


def _same_page(
    edition: Edition, past: PastVersion, page: Page, item_history: ItemHistory | None
) -> list[OtherVersionPage]:
    if page.kind is None:
        is_there = page.url in past.pages.urls or not _is_of_charter(edition, page)
        return [OtherVersionPage(past.name, page.url if is_there else None)]
    if item_history is None or page.item is None:
        return [OtherVersionPage(past.name, None)]
    former = edition.descent.counterparts((page.kind, page.item), edition.name, past.name)
    found = [_as_it_was(past, item, item_history.name, several=len(former) > 1) for item in former]
    return found or [OtherVersionPage(past.name, None)]


def _as_it_was(past: PastVersion, item: tuple[str, str], name: str, *, several: bool) -> OtherVersionPage:
    label = label_in(past, item)
    return OtherVersionPage(
        past.name, past.pages.item_url(*item), label if several or label != name else None, item
    )


def _about(charter: Charter, page: Page) -> Any:
    """Subject of a page: an item, a section, or None."""
    if page.kind:
        return next((item for item in charter.items(page.kind) if item.id == page.item), None)
    return getattr(charter, page.section) if page.section else None


@dataclass(frozen=True)
class Answerer:
    """The role that answers for the subject of a page: its owner, or the representative of an audience."""

    role: str
    owns: bool


def answers_for(charter: Charter, page: Page) -> Answerer | None:
    """The role that answers for the subject of the page; None if the charter names none."""
    about = _about(charter, page)
    owner, manager = (getattr(about, name, None) for name in ("owner", "manager"))
    role = owner or manager
    return Answerer(role, owns=bool(owner)) if role else None
