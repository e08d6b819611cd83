"""The events of a published history: whom they touch, what names them, and what became of whom.

An event is named by the contents before and after it, so it keeps its name whatever becomes of words, settings
and other commits. A history is named by the commit with which it begins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from charterbook.charter import SECTIONS
from charterbook.compare import Severity, Statement
from charterbook.i18n import translator
from charterbook.log import Event, list_events, moments
from charterbook.pages import Pages
from charterbook.site.edition import Edition, PastVersion
from charterbook.site.feeds.feed_topic import ALL, FeedTopic, scopes

#: What a scope is at each event: nothing before it came, several after a split.
Line = Sequence[frozenset[FeedTopic]]


class FeedEvents:
    """All events of a published history, oldest first, each with its revision."""

    def __init__(self, newest: Edition, severity: Mapping[str, Severity], latest: str | None = None) -> None:
        self.latest = latest or newest.name
        self.charter, self.t = newest.charter, translator(newest.charter.language)
        self.versions: Sequence[PastVersion] = (*newest.past, newest.own)
        found = [moment for moment in moments(self.versions) if moment.revision]
        self.events = list_events(found, severity, newest.charter.language)
        self.revisions = [moment.revision for moment in found if moment.revision]
        self._there = [frozenset(scopes(event.moment.charter)) for event in self.events]

    @property
    def scopes(self) -> list[FeedTopic]:
        """Everything that has a feed, however long ago it vanished."""
        found = (scope for event in self.events for scope in scopes(event.moment.charter))
        return list(dict.fromkeys([ALL, *found])) if self.events else []

    def pages(self, version: str) -> Pages:
        """The pages of a version."""
        return next(past.pages for past in self.versions if past.name == version)

    @cached_property
    def readable(self) -> Sequence[tuple[PastVersion, frozenset[FeedTopic]]]:
        """The versions that have pages, that of latest/ and then the newest first, each with the scopes that it has."""
        newest_first = self.versions[::-1]
        ordered = sorted(newest_first, key=lambda past: past.name != self.latest)
        return [(past, frozenset(scopes(past.charter))) for past in ordered if past.charter]

    @cached_property
    def newest_first(self) -> list[int]:
        """The places of the events in the order in which a feed tells them."""
        dates = [revision.date for revision in self.revisions]
        return sorted(range(len(dates)), key=lambda index: (dates[index], index), reverse=True)

    @cached_property
    def origin(self) -> str:
        """What sets this history apart from all others: where it began."""
        revisions = [revision for version in self.versions for revision in version.revisions]
        first = min(revisions, key=lambda revision: (revision.date, revision.commit))
        return f"{first.commit} {first.path}"

    def name(self, index: int) -> tuple[str, ...]:
        """What names an event: the contents before and after it, and how often these two have met before."""
        revision = self.revisions[index]
        return self._names[revision.version, revision.commit]

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The names of all revisions, also of those that are not read: they may be read by another build."""
        revisions = [revision for version in self.versions for revision in version.revisions]
        contents = [self.origin, *(revision.blob for revision in revisions)]
        seen: Counter[tuple[str, str]] = Counter()
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for revision, pair in zip(revisions, pairwise(contents), strict=True):
            found[revision.version, revision.commit] = (*pair, str(seen[pair]))
            seen[pair] += 1
        return found

    @cached_property
    def touched(self) -> list[Mapping[FeedTopic, set[int]]]:
        """For each event the places of its statements by the scopes that they touch."""
        return [_touched(event) for event in self.events]

    def line(self, scope: FeedTopic) -> Line:
        """A scope through time: what it was before it had this name, and what became of it."""
        if scope == ALL:
            return [frozenset([scope])] * len(self.events)
        found = [frozenset([scope]) & there for there in self._there]
        came = next(index for index, now in enumerate(found) if now)
        for index in range(came, 0, -1):
            found[index - 1] |= _renamed(found[index], self.events[index].origins) & self._there[index - 1]
        for index in range(came + 1, len(found)):
            found[index] |= _renamed(found[index - 1], self.events[index].heirs) & self._there[index]
        return found


def _renamed(
    now: frozenset[FeedTopic], others: Mapping[tuple[str, str], Sequence[tuple[str, str]]]
) -> frozenset[FeedTopic]:
    """The same scopes by the names that they get a moment later, or had a moment before."""
    found = set()
    for scope in now:
        name = (scope.kind, scope.id)
        found.update([scope] if scope.built_in else [FeedTopic(*other) for other in others.get(name, [name])])
    return frozenset(found)


def _touched(event: Event) -> Mapping[FeedTopic, set[int]]:
    found: dict[FeedTopic, set[int]] = defaultdict(set)
    for place, statement in enumerate(event.comparison.statements if event.comparison else ()):
        for audience in statement.audiences:
            found[FeedTopic("audiences", audience)].add(place)
        for section in _sections(statement):
            found[FeedTopic("sections", section)].add(place)
    return found


def _sections(statement: Statement) -> set[str]:
    """The sections in which a statement is: one of every charter's, or those of the team's own that it is about."""
    if statement.section in SECTIONS:
        return {statement.section}
    if statement.section != "sections":
        return set()
    sides = [side for side in (statement.old, statement.new) if isinstance(side, list)]
    about = {element["id"] for side in sides for element in side if isinstance(element, dict)}
    return about | ({statement.item[1]} if statement.item else set())
