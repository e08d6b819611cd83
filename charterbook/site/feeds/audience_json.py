"""The changes for each audience as JSON, beside its feed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from charterbook.compare import Statement
from charterbook.export.audience_changes import AudienceStep, as_audience_changes
from charterbook.site.feeds.feed_events import FeedEvents, Line
from charterbook.site.feeds.feed_topic import FeedTopic, label_of


def audience_files(feed_events: FeedEvents) -> Iterator[tuple[str, str]]:
    """The file of each audience that ever existed: its address, relative to the root, and its text."""
    for topic in feed_events.scopes:
        if topic.kind == "audiences":
            yield audience_address(topic.id), _text(feed_events, topic)


def audience_address(audience: str) -> str:
    """The address of an audience's file, relative to the root."""
    return FeedTopic("audiences", audience).address.removesuffix(".xml") + ".json"


def _text(feed_events: FeedEvents, topic: FeedTopic) -> str:
    line = feed_events.line(topic)
    last = max(index for index, names in enumerate(line) if names)
    known = topic if topic in line[last] else min(line[last], key=lambda one: one.id)
    name = label_of(known, feed_events.events[last].moment.charter, feed_events.t)
    return as_audience_changes(topic.id, name, feed_events.t.language, _steps(feed_events, line))


def _steps(feed_events: FeedEvents, line: Line) -> list[AudienceStep]:
    """The published versions, the newest first."""
    changes: dict[str, list[tuple[date, Statement]]] = defaultdict(list)
    for index, event in enumerate(feed_events.events):
        day = feed_events.revisions[index].date.date()
        changes[event.moment.version] += [(day, one) for one in feed_events.statements(line, index)]
    return [AudienceStep(version, found) for version, found in reversed(changes.items())]
