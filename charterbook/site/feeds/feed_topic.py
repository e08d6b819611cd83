"""Topics of feeds, their addresses, and the feeds that a page links to."""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.charter import SECTIONS, Charter
from charterbook.compare import section_title
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator, translator
from charterbook.pages import Page
from charterbook.site.edition import CHANGES, Edition

#: Pages that link to the feed of all changes, besides the pages of audiences and sections.
_OFFERING = (CHANGES, "compare/", "history/")


@dataclass(frozen=True)
class FeedTopic:
    """The topic of a feed: an audience, a built-in or custom section, or all changes."""

    kind: str = ""
    id: str = ""

    @property
    def address(self) -> str:
        """Address of the feed, relative to the root of the site."""
        return f"feeds/{self.kind}/{self.id}.xml" if self.kind else "feed.xml"

    @property
    def built_in(self) -> bool:
        """Whether the topic is a built-in section. These are never renamed."""
        return self.kind == "sections" and self.id in SECTIONS


#: All changes.
ALL = FeedTopic()


@dataclass(frozen=True)
class FeedLink:
    """Link from a page to a feed."""

    scope: FeedTopic
    title: str


def scopes(charter: Charter) -> Iterator[FeedTopic]:
    """The audiences and sections of a charter."""
    yield from (FeedTopic("audiences", audience.id) for audience in charter.audiences)
    yield from (FeedTopic("sections", section) for section in SECTIONS if charter.has(section))
    yield from (
        FeedTopic("sections", section.id) for section in charter.sections if section.id not in SECTIONS
    )


def feeds_of(edition: Edition, page: Page | None) -> list[FeedLink]:
    """The feeds that a page links to: all changes first, then the topic of the page.

    Empty if nothing has been published from git.
    """
    published = [past.charter for past in (edition.own, *edition.past) if past.charter and past.revisions]
    if not published:
        return []
    found, about = [ALL], _about(page)
    if about and any(about in scopes(charter) for charter in published):
        found.append(about)
    t, charter = translator(edition.charter.language), edition.charter
    return [FeedLink(scope, title_of(scope, charter, label_of(scope, charter, t), t)) for scope in found]


def offered_feed(edition: Edition, page: Page | None) -> FeedLink | None:
    """The feed shown in the text of a page: its own, or all changes on pages about changes."""
    found = feeds_of(edition, page)
    t = len(found) > 1 or (page is not None and page.url in _OFFERING)
    return found[-1] if found and t else None


def _about(page: Page | None) -> FeedTopic | None:
    if page is None:
        return None
    if page.section:
        return FeedTopic("sections", page.section)
    scope = FeedTopic(page.kind or "", page.item or "")
    return scope if page.kind in ("audiences", "sections") and not scope.built_in else None


def label_of(scope: FeedTopic, charter: Charter, t: Translator) -> str:
    """Name of an audience or section; its id if the charter does not have it."""
    if scope == ALL:
        return charter.title
    if scope.built_in:
        return section_title(scope.id, t)
    return next((item.label for item in charter.items(scope.kind) if item.id == scope.id), scope.id)


def title_of(scope: FeedTopic, charter: Charter, name: str, t: Translator) -> str:
    """Title of a feed, with the name of its topic."""
    templates = {
        "": t.gettext("%(title)s: changes"),
        "audiences": t.gettext("%(title)s: changes for %(name)s"),
        "sections": t.gettext("%(title)s: changes in the section “%(name)s”"),
    }
    return templates[scope.kind] % {"title": charter.title, "name": name}
