"""The calendars of a site, beside its versions, and the calendars that a page links to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from charterbook.calendars import KINDS, WHOLE, Calendars, CalendarTopic, page_link
from charterbook.frozen_dataclass import dataclass
from charterbook.pages import Page
from charterbook.site.edition import Edition, PastVersion
from charterbook.site.feeds.calendar_cache import cached_calendars
from charterbook.versions import LATEST, FiscalYear


@dataclass(frozen=True)
class CalendarLink:
    """Link from a page to a calendar; `name` is the name of its topic if the page has several."""

    topic: CalendarTopic
    name: str = ""


def calendar_files(
    found: Sequence[Edition], site_url: str | None, fiscal_year: FiscalYear, cache: Path | None = None
) -> Mapping[str, str]:
    """The content of each calendar of a site by its address, relative to the root. `cache` is a folder."""
    published = [edition for edition in found if edition.state != "draft"]
    latest = next((edition for edition in published if edition.is_latest), None)
    if latest is None:
        return {}
    link = page_link(latest.pages, f"{site_url}{LATEST}/" if site_url else None)
    versions = (*published[-1].past, published[-1].own)
    calendars = Calendars(versions, latest.name, fiscal_year, link)
    return cached_calendars([calendars.calendar(topic) for topic in calendars.topics], cache)


def calendars_of(edition: Edition, page: Page | None) -> list[CalendarLink]:
    """The calendars that a page links to: the whole one on the home page and on the page of the review.

    Empty if nothing that was published has a date.
    """
    if page is None or not any(version.has_dates for version in _published(edition)):
        return []
    if page.url == "" or page.section == "review":
        return [CalendarLink(WHOLE)]
    if page.kind in KINDS and page.item:
        return [CalendarLink(CalendarTopic(page.kind, page.item))] * _exists(edition, page.kind, page.item)
    roles = edition.charter.roles if page.section == "roles" else ()
    return [
        CalendarLink(CalendarTopic("roles", role.id), role.label)
        for role in roles
        if _exists(edition, "roles", role.id)
    ]


def _published(edition: Edition) -> Sequence[PastVersion]:
    return edition.past if edition.state == "draft" else (*edition.past, edition.own)


def _exists(edition: Edition, kind: str, id_: str) -> bool:
    """Whether an audience or a role was ever published, and so has a calendar."""
    charters = (version.charter for version in reversed(_published(edition)))
    return any(item.id == id_ for charter in charters if charter for item in charter.items(kind))
