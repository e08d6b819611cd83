"""Files made from a site's history: Atom feeds, calendars, and past facts for the search.

There is a feed of all changes, and one for each audience and each section. Feeds are at the root, beside the
versions. Finished versions never change and link to them, so every audience or section that ever existed has a feed.
A feed depends on the published history alone, never on a draft or on the clock.

- `feed_topic`: the topic of a feed, its address, and the feeds that a page offers
- `feed_events`: the changes of a history with their ids and audiences
- `feed_writer`: the text of a feed
- `audience_json`: the changes for each audience as JSON
- `search_history`: former values and items for the search of a site
- `site_calendars`: the calendars of a site, and the ones that a page links to
- `calendar_cache`: the calendars of an earlier build
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from charterbook.compare import Severity
from charterbook.export.atom_feed import as_atom
from charterbook.site.edition import Edition
from charterbook.site.feeds.audience_json import audience_address, audience_files
from charterbook.site.feeds.feed_events import FeedEvents
from charterbook.site.feeds.feed_topic import FeedLink, feeds_of, offered_feed
from charterbook.site.feeds.feed_writer import FeedWriter
from charterbook.site.feeds.search_history import PAST_FACTS, past_facts
from charterbook.site.feeds.site_calendars import CalendarLink, calendar_files, calendars_of

#: The latest files, by the cache key of their newest version: they rarely change while serving.
_made: dict[object, tuple[tuple[str, str], ...]] = {}


def feeds(
    newest: Edition, site_url: str | None, severity: Mapping[str, Severity], latest: str | None = None
) -> Iterator[tuple[str, str]]:
    """Each feed of a site as its address, relative to the root, and its text.

    `latest` names the version that latest/ shows, if that is not the newest.
    """
    return _feeds(FeedEvents(newest, severity, latest), site_url)


def _feeds(feed_events: FeedEvents, site_url: str | None) -> Iterator[tuple[str, str]]:
    for scope in feed_events.scopes:
        yield scope.address, as_atom(FeedWriter(feed_events, scope, site_url).feed())


def history_files(
    newest: Edition, key: str, site_url: str | None, severity: Mapping[str, Severity], latest: str
) -> tuple[tuple[str, str], ...]:
    """The feeds, the changes for each audience, and the past facts for the search, by their addresses.

    They come from the cache if `key`, a hash of all inputs of the newest version, and all addresses are unchanged.
    """
    known = (key, latest, *(version.pages.urls for version in (*newest.past, newest.own)))
    if known not in _made:
        _made.clear()
        feed_events = FeedEvents(newest, severity, latest)
        past = (PAST_FACTS, past_facts(feed_events))
        _made[known] = (*_feeds(feed_events, site_url), *audience_files(feed_events), past)
    return _made[known]


__all__ = [
    "CalendarLink",
    "FeedLink",
    "audience_address",
    "audience_files",
    "calendar_files",
    "calendars_of",
    "feeds",
    "feeds_of",
    "history_files",
    "offered_feed",
]
