"""Links from a page to the form for proposals: subject, form, and line in the charter."""

from __future__ import annotations

from charterbook.frozen_dataclass import dataclass
from charterbook.pages import Page
from charterbook.site.edition import Edition

#: Address of the form within a version.
FORM = "propose/"


@dataclass(frozen=True)
class ProposeLink:
    """Link to a proposal about a subject.

    `url` is the form's address within this version, None if its pages have no form; `key` names the
    subject as in lines.json, and is empty for the charter itself; `line` is its present line, if known.
    """

    url: str | None
    key: str
    line: int | None


def propose_link(
    edition: Edition, kind: str | None = None, item: str | None = None, section: str | None = None
) -> ProposeLink:
    """Link to propose a change to an item, a section, or the charter itself."""
    key = f"{kind}/{item}" if kind else section or ""
    return ProposeLink(_form(edition, key), key, edition.lines.get(key))


def propose_link_from(edition: Edition, page: Page | None) -> ProposeLink:
    """Link for the subject of a page."""
    return propose_link(edition, page.kind, page.item, page.section) if page else propose_link(edition)


def _form(edition: Edition, key: str) -> str | None:
    """Proposals apply to the charter in force: superseded pages link to its form."""
    if FORM not in edition.pages.urls:
        return None
    query = f"?{'item' if '/' in key else 'section'}={key}" if key else ""
    return f"{'../latest/' if edition.state == 'superseded' else ''}{FORM}{query}"
