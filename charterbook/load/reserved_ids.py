"""Ids that items cannot have, because of page addresses, or because Windows reserves these names."""

from __future__ import annotations

from charterbook.charter import ITEM_LISTS, SECTIONS
from charterbook.charter.base import RESERVED_IDS

#: Ids that would make a page the index page of its folder.
INDEX_IDS = frozenset({"index", "readme"})

#: Addresses of the site that belong to no section.
PAGES = frozenset(
    {"404", "assets", "changes", "compare", "draft", "history", "index", "javascripts", "latest"}
)
PAGES |= {"propose", "search", "sitemap", "stylesheets"}
#: Sections and kinds of items that came with format 2. Until then, custom sections could have these names.
NEWER_NAMES = frozenset({"objectives", "calendar", "capacity", "shared", "meetings", "actions"})


def is_reserved(kind: str, name: str) -> bool:
    """Whether an id is forbidden for items of this kind."""
    is_page = kind == "sections" and (name in PAGES or name in SECTIONS or name in ITEM_LISTS)
    return is_page or name in RESERVED_IDS or name in INDEX_IDS
