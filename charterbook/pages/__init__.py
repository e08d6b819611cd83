"""The pages of docs/ and their addresses for a charter.

The front matter of a page of docs/ can have `section: funding` (the page exists only if the charter has that
section), `for_each: services` (it is generated for each service), `for_each: versions` (it is generated for each
earlier version), or `requires: kept` (it exists only if this charter or an earlier one says how often a promise was
kept). All other pages of docs/ exist in every version. The package does not depend on MkDocs: a page is a source and
an address.

- `front_matter_keys`: the front matter of a page of docs/, and its keys
- `docs_pages`: the Markdown files of docs/, with the settings of their front matter
- `page`: a page of a version and its address, and all pages of a version
- `charter_pages`: the pages of a charter, and their collisions
"""

from __future__ import annotations

from charterbook.pages.charter_pages import (
    Collision,
    collisions,
    has_promise_results,
    item_page,
    page_problems,
    pages_of,
)
from charterbook.pages.docs_pages import KEPT, VERSIONS, DocsPage, read_docs
from charterbook.pages.front_matter_keys import front_matter
from charterbook.pages.page import Page, Pages

__all__ = [
    "KEPT",
    "VERSIONS",
    "Collision",
    "DocsPage",
    "Page",
    "Pages",
    "collisions",
    "front_matter",
    "has_promise_results",
    "item_page",
    "page_problems",
    "pages_of",
    "read_docs",
]
