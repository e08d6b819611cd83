"""How a page leads to a proposal: what it is about, the form for it, and its line in the charter."""

from __future__ import annotations

from dataclasses import dataclass

from charterbook.pages import Page
from charterbook.site.edition import Edition

#: The address of the form within a version.
FORM = "propose/"


@dataclass(frozen=True)
class ProposeLink:
    """Where a proposal about something is made.

    `url` is the form's address within this version, None where its pages have no form; `key` names the
    subject as lines.json does, and is empty for the charter itself; `line` is its line today, where known.
    """

    url: str | None
    key: str
    line: int | None


def propose_link(
    edition: Edition, kind: str | None = None, item: str | None = None, section: str | None = None
) -> ProposeLink:
    """The way to propose a change to an item, a section, or the charter itself."""
    key = f"{kind}/{item}" if kind else section or ""
    return ProposeLink(_form(edition, key), key, edition.lines.get(key))


def propose_link_from(edition: Edition, page: Page | None) -> ProposeLink:
    """The way for what a page is about."""
    return propose_link(edition, page.kind, page.item, page.section) if page else propose_link(edition)


def _form(edition: Edition, key: str) -> str | None:
    """Proposals are for the charter in force: superseded pages lead to the form there."""
    if FORM not in edition.pages.urls:
        return None
    query = f"?{'item' if '/' in key else 'section'}={key}" if key else ""
    return f"{'../latest/' if edition.state == 'superseded' else ''}{FORM}{query}"
