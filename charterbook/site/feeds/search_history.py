"""Former values and items in the versions of a site, each with its versions, for the search.

Search offers it if the shown version says something else. Facts common to all versions are omitted. A retired service
is not offered, and its promises are not in force: neither counts in the versions in which it is retired.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from markupsafe import escape

from charterbook.charter import Service
from charterbook.compare import Statement
from charterbook.compare.field_names import section_title
from charterbook.identity import Item, ItemLineage, path_of, section_of, state_of
from charterbook.log import Event
from charterbook.pages import Pages
from charterbook.site.feeds.feed_events import FeedEvents
from charterbook.site.list_format import FORMAT

log = logging.getLogger("mkdocs.plugins.charterbook")

_LEFT_OUT = (
    "%s: facts of %s and older versions are partly missing from the search; the file is limited to %s kB."
)

#: The address of the file, relative to the root.
PAST_FACTS = "search/past.json"

#: Former values are of these severities; texts that were only reworded are omitted.
_SEVERITIES = ("commitment", "meaning")

#: Maximum size of the file in bytes: it is loaded with a reader's first search.
LIMIT = 450_000

#: Maximum length of the text of a fact, in characters.
_LONGEST = 300


class PastFact(NamedTuple):
    """A text that was true from a first to a last version, as positions in the list of versions.

    `label` and `text` are HTML; `address` is the address of a page within the last version.
    """

    first: int
    last: int
    label: str
    text: str
    address: str


def past_facts(events: FeedEvents) -> str:
    """The newest facts as JSON, with the names of the versions, oldest first.

    `places` has the labels and addresses, to which facts refer by position. If the file would exceed its limit, the
    oldest facts are omitted, and the log says so.
    """
    facts = sorted(dict.fromkeys(_Reader(events).facts), key=lambda fact: -fact.last)
    versions = [past.name for past in events.versions]
    text = _json(versions, facts)
    if len(text.encode()) <= LIMIT:
        return text
    while len(text.encode()) > LIMIT:
        oldest = facts[len(facts) * 9 // 10]
        facts = facts[: len(facts) * 9 // 10]
        text = _json(versions, facts)
    log.info(_LEFT_OUT, PAST_FACTS, versions[oldest.last], LIMIT // 1000)
    return text


def _json(versions: list[str], facts: list[PastFact]) -> str:
    places = list(dict.fromkeys((fact.label, fact.address) for fact in facts))
    numbers = {place: number for number, place in enumerate(places)}
    listed = [[fact.first, fact.last, numbers[fact.label, fact.address], fact.text] for fact in facts]
    data = {"format": FORMAT, "versions": versions, "places": places, "facts": listed}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


class _Reader:
    def __init__(self, events: FeedEvents) -> None:
        self._events = events
        self._places = {past.name: place for place, past in enumerate(events.versions)}
        self._since: dict[object, int] = {}

    @property
    def facts(self) -> Iterator[PastFact]:
        """Items that some versions lack, and former values."""
        yield from self._items()
        for old, new in pairwise(self._events.events):
            for statement in new.comparison.statements if new.comparison else ():
                if statement.kind == "changed" and statement.severity in _SEVERITIES:
                    yield from self._former_value(old, new, statement)
                    yield from self._ended_promises(old, new, statement)
                    self._since[tuple(statement.path)] = self._place(new)

    def _place(self, event: Event) -> int:
        return self._places[event.moment.version]

    def _items(self) -> Iterator[PastFact]:
        for item, (first, last) in self._ranges.items():
            if (first, last) != (0, len(self._places) - 1):
                yield self._fact(first, last, self._name(item), self._section(item), item)

    @cached_property
    def _ranges(self) -> Mapping[Item, tuple[int, int]]:
        """The first and the last version of each item."""
        found: dict[Item, tuple[int, int]] = {}
        for event in self._events.events:
            place = self._place(event)
            retired = {("services", one.id) for one in event.moment.charter.services if one.is_retired}
            for item in event.items:
                if item in retired:
                    continue
                found[item] = (found.get(item, (place, place))[0], place)
        return found

    def _former_value(self, old: Event, new: Event, statement: Statement) -> Iterator[PastFact]:
        """The value before a change, since the last change of the same place, or since its item was added.

        An item that was renamed has the id, the name and the address that it had before. Promises of retired
        services are not in force, so they have no former values.
        """
        item, path = statement.item, tuple(statement.path)
        former = _before(old, new, item) if item else None
        label = statement.label or section_title(statement.section, self._events.t)
        sentence = statement.sentence.removeprefix(f"{label}: ")
        if item and former and former != item:
            path = (*path_of(*former), *path[len(path_of(*item)) :])
            label = old.items[former]
        begun = self._ranges.get(former, (0, 0))[0] if former else 0
        first, last = self._since.get(path, begun), self._place(old)
        if former and former[0] == "services" and "service_levels" in path and not _offered(old, former):
            return
        yield self._fact(min(first, last), last, label, sentence, former or statement.section)

    def _ended_promises(self, old: Event, new: Event, statement: Statement) -> Iterator[PastFact]:
        """The promises of a service that a change retires, each since its last change or the service's return."""
        item = statement.item
        if item is None or item[0] != "services" or statement.path[-1] != "status":
            return
        former, t = _before(old, new, item), self._events.t
        service = _offered(old, former)
        if service is None:
            self._since |= {path: self._place(new) for path in _promise_paths(_offered(new, item))}
        if service is None or statement.new != "retired":
            return
        for level in service.service_levels:
            path = ("services", former[1], "service_levels", level.request, "within")
            first = self._since.get(path, self._ranges.get(former, (0, 0))[0])
            words = {
                "name": service.name,
                "request": t.gettext("“%(text)s”") % {"text": level.request},
                "within": t.duration(level.within, level.unit),
            }
            sentence = t.gettext("%(name)s: promise removed: %(request)s within %(within)s") % words
            text = sentence.removeprefix(f"{service.name}: ")
            yield self._fact(min(first, self._place(old)), self._place(old), service.name, text, former)

    def _fact(self, first: int, last: int, label: str, text: str, place: Item | str) -> PastFact:
        pages = self._events.versions[last].pages
        return PastFact(first, last, str(escape(label)), str(escape(text[:_LONGEST])), _address(pages, place))

    def _name(self, item: Item) -> str:
        return next(event.items[item] for event in reversed(self._events.events) if item in event.items)

    def _section(self, item: Item) -> str:
        return section_title(section_of(item[0]), self._events.t)


def _offered(event: Event, item: Item) -> Service | None:
    """A service that a charter offers; None if it is retired or missing."""
    services = event.moment.charter.services
    return next((one for one in services if one.id == item[1] and not one.is_retired), None)


def _promise_paths(service: Service | None) -> Iterator[tuple[str, ...]]:
    """The paths of the promised times of a service."""
    if service is not None:
        for level in service.service_levels:
            yield "services", service.id, "service_levels", level.request, "within"


def _before(old: Event, new: Event, item: Item) -> Item:
    """The item as an older event has it, under a former id, if any."""
    if item in old.items:
        return item
    states = [state_of(event.moment.charter) for event in (old, new)]
    return next((one for one in ItemLineage(states).follow(item, 1, 0) if one in old.items), item)


def _address(pages: Pages, place: Item | str) -> str:
    url = pages.section_url(place) if isinstance(place, str) else pages.item_url(*place)
    return url or ""
