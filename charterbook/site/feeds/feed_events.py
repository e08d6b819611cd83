"""Events of a published history: the affected topics, their ids, and the renames of topics.

An event id is made from the contents before and after it, so it does not change with wording, settings
or other commits. The id of a history is its first commit.
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

#: The names of a topic at each event: none before its creation, several after a split.
Line = Sequence[frozenset[FeedTopic]]


class FeedEvents:
    """Events of a published history, oldest first, each with its revision."""

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
        """All topics with a feed, including removed ones."""
        found = (scope for event in self.events for scope in scopes(event.moment.charter))
        return list(dict.fromkeys([ALL, *found])) if self.events else []

    def pages(self, version: str) -> Pages:
        """The pages of a version."""
        return next(past.pages for past in self.versions if past.name == version)

    @cached_property
    def readable(self) -> Sequence[tuple[PastVersion, frozenset[FeedTopic]]]:
        """The versions with pages and their topics: the version of latest/ first, then the newest first."""
        newest_first = self.versions[::-1]
        latest_first = sorted(newest_first, key=lambda past: past.name != self.latest)
        return [(past, frozenset(scopes(past.charter))) for past in latest_first if past.charter]

    @cached_property
    def newest_first(self) -> list[int]:
        """Indexes of the events, newest first."""
        dates = [revision.date for revision in self.revisions]
        return sorted(range(len(dates)), key=lambda index: (dates[index], index), reverse=True)

    @cached_property
    def origin(self) -> str:
        """Id of this history: its first commit."""
        revisions = [revision for version in self.versions for revision in version.revisions]
        first = min(revisions, key=lambda revision: (revision.date, revision.commit))
        return f"{first.commit} {first.path}"

    def name(self, index: int) -> tuple[str, ...]:
        """Id of an event: the contents before and after it, and the number of earlier events with the same pair."""
        revision = self.revisions[index]
        return self._names[revision.version, revision.commit]

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Ids of all revisions, including unreadable ones, because a later build may be able to read them."""
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
        """For each event, the indexes of its statements by affected topic."""
        return [_touched(event) for event in self.events]

    def statements(self, line: Line, index: int) -> tuple[Statement, ...]:
        """The changes of an event that affect a topic, under its names before and after."""
        comparison = self.events[index].comparison
        if comparison is None:
            return ()
        both = line[index] | line[index - 1]
        places = sorted({place for topic in both for place in self.touched[index].get(topic, ())})
        return tuple(comparison.statements[place] for place in places)

    def line(self, scope: FeedTopic) -> Line:
        """Lineage of a topic: its earlier and later names at each event."""
        if scope == ALL:
            return [frozenset([scope])] * len(self.events)
        found = [frozenset([scope]) & there for there in self._there]
        came = next(index for index, now in enumerate(found) if now)
        for index in range(came, 0, -1):
            found[index - 1] |= _renamed(found[index], self.events[index].origins) & self._there[index - 1]
        for index in range(came + 1, len(found)):
            found[index] |= _renamed(found[index - 1], self.events[index].successors) & self._there[index]
        return found


def _renamed(
    now: frozenset[FeedTopic], others: Mapping[tuple[str, str], Sequence[tuple[str, str]]]
) -> frozenset[FeedTopic]:
    """The same topics by their names in the next revision, or in the previous one."""
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
    """The sections of a statement: a built-in section, or the custom sections that it concerns."""
    if statement.section in SECTIONS:
        return {statement.section}
    if statement.section != "sections":
        return set()
    sides = [side for side in (statement.old, statement.new) if isinstance(side, list)]
    about = {element["id"] for side in sides for element in side if isinstance(element, dict)}
    return about | ({statement.item[1]} if statement.item else set())
