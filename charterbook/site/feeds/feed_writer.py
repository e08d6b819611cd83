"""Content of the feed of an audience, a section or all changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import PurePosixPath

from charterbook.charter import ITEM_LISTS, SECTIONS, Charter
from charterbook.compare import Comparison, section_title
from charterbook.export.atom_feed import Feed, FeedEntry, html_lists, html_of, urn
from charterbook.identity import section_of
from charterbook.pages import Pages
from charterbook.problems import escape_terminal
from charterbook.site.edition import CHANGES
from charterbook.site.feeds.feed_events import FeedEvents
from charterbook.site.feeds.feed_topic import ALL, FeedTopic, label_of, title_of
from charterbook.versions import LATEST

#: Number of entries in a feed, newest first.
ENTRIES = 50

#: Number of sentences in the summary of an entry.
_SUMMED_UP = 3


class FeedWriter:
    """Writer of the feed of one topic."""

    def __init__(self, feed_events: FeedEvents, scope: FeedTopic, site_url: str | None) -> None:
        self._feed_events, self._own, self._scope = feed_events, feed_events.t, scope
        self._site_url = site_url
        self._line = feed_events.line(scope)

    def feed(self) -> Feed:
        """The feed, with its newest entries."""
        scope, feed_events = self._scope, self._feed_events
        entries = list(islice(self._entries(), ENTRIES))
        last = max(index for index, names in enumerate(self._line) if names)
        return Feed(
            id=urn("feed", feed_events.origin, scope.address),
            title=title_of(scope, feed_events.charter, self._label(last), self._own),
            author=feed_events.charter.organisation or feed_events.charter.title,
            language=self._own.language,
            date=max((entry.date for entry in entries), default=self._started_at),
            link=self._address(self._home()),
            own=self._address(scope.address) if self._site_url else PurePosixPath(scope.address).name,
            entries=entries,
        )

    @property
    def _started_at(self) -> datetime:
        return next(
            revision.date
            for revision, here in zip(self._feed_events.revisions, self._line, strict=True)
            if here
        )

    def _entries(self) -> Iterator[FeedEntry]:
        for index in self._feed_events.newest_first:
            comparison = self._feed_events.events[index].comparison
            if comparison is None:
                if self._line[index]:
                    yield self._first(index)
                continue
            narrowed = self._narrowed(comparison, index)
            if narrowed.statements:
                yield self._later(index, narrowed)

    def _narrowed(self, comparison: Comparison, index: int) -> Comparison:
        """The part of a comparison that affects the topic, under its names before and after."""
        if self._scope == ALL:
            return comparison
        statements = self._feed_events.statements(self._line, index)
        return replace(comparison, statements=statements, narrowed=True)

    def _first(self, index: int) -> FeedEntry:
        """Entry of the first charter. There is no predecessor to compare it with."""
        charter, version = self._charter(index), self._version(index)
        title = self._own.gettext("%(version)s: the first charter") % {"version": version}
        lists = self._contents(charter)
        names = [name for _, found in lists for name in found]
        return self._entry(index, title, f"{version}/", ", ".join(names), html_lists(title, lists))

    def _contents(self, charter: Charter) -> list[tuple[str, list[str]]]:
        """Contents of the first charter: sections and services, an audience's services, or a section's items."""
        scope, t = self._scope, self._own
        if scope == ALL:
            sections = [section_title(section, t) for section in SECTIONS if charter.has(section)]
            services = [service.label for service in charter.services]
            return [(t.gettext("Sections"), sections), (section_title("services", t), services)]
        if scope.kind == "audiences":
            services = [service.label for service in charter.services if scope.id in service.audiences]
            return [(section_title("services", t), services)]
        kinds = [kind for kind in ITEM_LISTS if section_of(kind) == scope.id]
        return [(section_title(kind, t), [item.label for item in charter.items(kind)]) for kind in kinds]

    def _later(self, index: int, comparison: Comparison) -> FeedEntry:
        ahead, statements = self._ahead(index), comparison.statements
        named = [one for one in statements if ahead and one.path == ("effective",)]
        first = [one for one in comparison.important or statements if one not in named][:_SUMMED_UP]
        more = [] if len(statements) == len(first) + len(named) else ["…"]
        title = self._title(index, len(statements))
        summary = [*ahead, *(one.sentence for one in first), *more]
        return self._entry(index, title, self._changes(index), " · ".join(summary), html_of(comparison))

    def _ahead(self, index: int) -> list[str]:
        """The effective date of a charter that was committed before that day."""
        begins, landed = self._charter(index).effective, self._feed_events.revisions[index].date.date()
        if begins is None or begins <= landed:
            return []
        return [self._own.gettext("In force from %(day)s") % {"day": self._own.date(begins)}]

    def _title(self, index: int, number: int) -> str:
        """One-line title; the author's own words in the feed of all changes."""
        t, subject = self._own, escape_terminal(self._feed_events.revisions[index].subject).strip()
        values = {"version": self._version(index), "n": t.number(number), "name": self._label(index)}
        if self._scope.kind == "audiences":
            message = t.ngettext(
                "%(version)s: %(n)s change for %(name)s", "%(version)s: %(n)s changes for %(name)s", number
            )
        elif self._scope.kind:
            message = t.ngettext(
                "%(version)s: %(n)s change in the section “%(name)s”",
                "%(version)s: %(n)s changes in the section “%(name)s”",
                number,
            )
        elif subject:
            return t.gettext("%(version)s: %(subject)s") % {**values, "subject": subject}
        else:
            message = t.ngettext("%(version)s: %(n)s change", "%(version)s: %(n)s changes", number)
        return message % values

    def _entry(self, index: int, title: str, page: str, summary: str, content: str) -> FeedEntry:
        revision = self._feed_events.revisions[index]
        return FeedEntry(
            id=urn("entry", self._scope.address, *self._feed_events.name(index)),
            title=title,
            date=revision.date,
            author=escape_terminal(revision.author).strip() or self._charter(index).title,
            link=self._address(page),
            summary=summary,
            content=content,
        )

    def _version(self, index: int) -> str:
        return self._feed_events.events[index].moment.version

    def _charter(self, index: int) -> Charter:
        return self._feed_events.events[index].moment.charter

    def _known(self, index: int) -> tuple[FeedTopic, Charter]:
        """The topic at an event, or before its removal, with the charter that names it."""
        at = index if self._line[index] else index - 1
        here = self._line[at]
        return (self._scope if self._scope in here else min(here, key=lambda one: one.id)), self._charter(at)

    def _label(self, index: int) -> str:
        return label_of(*self._known(index), self._own)

    def _address(self, page: str) -> str:
        """Link to a page: absolute if the address of the site is known, else relative to the feed."""
        return (self._site_url or "../" * self._scope.address.count("/")) + page

    def _changes(self, index: int) -> str:
        """The page of changes of the event's version, filtered by topic if possible; else the version."""
        version, (scope, _) = self._version(index), self._known(index)
        if CHANGES not in self._feed_events.pages(version).urls:
            return f"{version}/"
        parameter = {"audiences": "audience", "sections": "section"}.get(scope.kind)
        value = scope.kind if scope.kind == "sections" and not scope.built_in else scope.id
        return f"{version}/{CHANGES}" + (f"?{parameter}={value}" if parameter else "")

    def _home(self) -> str:
        """Page of the topic in the charter in force, or in the newest version that has it; else the home page."""
        if self._scope == ALL:
            return f"{LATEST}/"
        ever = frozenset[FeedTopic]().union(*self._line)
        for past, known in self._feed_events.readable:
            url = _url(past.pages, ever & known, self._scope)
            if url is not None:
                return f"{LATEST if past.name == self._feed_events.latest else past.name}/{url}"
        return f"{LATEST}/"


def _url(pages: Pages, known: frozenset[FeedTopic], scope: FeedTopic) -> str | None:
    """Page of a topic, under any of its names, in a version; None if there is no such page."""
    here = sorted(known, key=lambda one: (one != scope, one.id))
    found = (pages.section_url(one.id) if one.built_in else pages.item_url(one.kind, one.id) for one in here)
    return next((url for url in found if url is not None), None)
