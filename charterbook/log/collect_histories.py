"""The history of an item or a section, from the events of a log.

An item is followed backwards through renames, splits, merges and moves: its history includes that of its
predecessors. Removed items also have a history, up to their end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from charterbook.charter import SECTIONS
from charterbook.compare import SEVERITIES, Severity, Statement, compare, section_title
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import translator
from charterbook.identity import Item, section_of
from charterbook.log.item_history import Act, Event, HistoryEntry, ItemHistory, Snapshot, ends_of

#: Subjects with a history that are not sections with a page: the document itself, and custom sections.
NO_PAGE = ("charter", "sections")

_IDENTITY: tuple[Act, ...] = ("split", "merged", "renamed", "moved")
_ENDED = "retired"


class ItemHistories:
    """The item histories of a log's events. Events are compared once; a history is looked up in them.

    `severity` are the severities from mkdocs.yml, for what changed while an item was removed.
    """

    def __init__(
        self, events: Sequence[Event], language: str, severity: Mapping[str, Severity] | None = None
    ) -> None:
        self._events, self._severity = events, severity or {}
        self._translator = translator(language)
        self._stories: dict[tuple[Item, int], ItemHistory] = {}
        self._sections: dict[str, ItemHistory] = {}

    @cached_property
    def items(self) -> frozenset[Item]:
        """All items of any event."""
        return frozenset().union(*(event.items.keys() for event in self._events))

    @property
    def last(self) -> Snapshot | None:
        """The snapshot of the last change of any kind, None if there are no events."""
        changed = (
            event for event in reversed(self._events) if not event.comparison or event.comparison.statements
        )
        return next((event.moment for event in changed), None)

    def item(self, kind: str, id_: str) -> ItemHistory | None:
        """The history of an item, by any of its ids; None if there never was such an item."""
        found = self._newest((kind, id_))
        if found is None:
            return None
        if found not in self._stories:
            self._stories[found] = self._history_of_item(*found)
        return self._stories[found]

    def now(self, item: Item) -> Item:
        """The current or last identity of an item."""
        found = self._newest(item)
        return item if found is None else found[0]

    def _newest(self, item: Item) -> tuple[Item, int] | None:
        """The newest identity of an item, and the index of the last event with it."""
        seen = set[Item]()
        while (index := self._last_with(item)) is not None:
            seen.add(item)
            following = self._events[index + 1 : index + 2]
            successors = following[0].successors.get(item, ()) if following else ()
            if len(successors) != 1 or successors[0] in seen:
                return item, index
            item = successors[0]
        return None

    def _last_with(self, item: Item) -> int | None:
        return next((i for i in range(len(self._events) - 1, -1, -1) if item in self._events[i].items), None)

    def _history_of_item(self, item: Item, last: int) -> ItemHistory:
        """The history of an item that was last present at an event, including its end."""
        places: dict[str, tuple[Item, str]] = {}
        found = list(_walk(self._events[: last + 2], item, places))
        entries = [self._with_changes(entry, item) for entry in _oldest_first(found)]
        return ItemHistory(*item, self._events[last].items[item], tuple(entries), places)

    def _with_changes(self, entry: HistoryEntry, item: Item) -> HistoryEntry:
        """An entry; if the item returned, with the changes since its last state."""
        if entry.act != "returned":
            return entry
        index = next(i for i, event in enumerate(self._events) if event.moment is entry.moment)
        ids = {item, *(one.item for one in entry.statements if one.item)}
        last = next((one for one in self._events[index - 1 :: -1] if ids & one.items.keys()), None)
        if last is None:
            return entry
        charters = last.moment.charter, entry.moment.charter
        language = self._translator.language
        since = Event(entry.moment, compare(*charters, language=language, severity=self._severity))
        return replace(entry, statements=(*entry.statements, *_about(since, sorted(ids))))

    def section(self, key: str) -> ItemHistory:
        """The history of a section; `charter` is the document itself."""
        if key not in self._sections:
            self._sections[key] = self._section(key)
        return self._sections[key]

    def _section(self, key: str) -> ItemHistory:
        found: list[HistoryEntry] = []
        title = section_title(key, self._translator)
        there = False
        for event in self._events:
            here = key not in SECTIONS or event.moment.charter.has(key)
            act = _added_or_removed(there, here)
            statements = sorted(event.by_section.get(key, ()), key=_severity_rank)
            if act or statements:
                found.append(HistoryEntry(event.moment, act or "changed", title, tuple(statements)))
            there = here
        return ItemHistory(None, key, title, _oldest_first(reversed(found)), {})


def _walk(events: Sequence[Event], item: Item, places: dict[str, tuple[Item, str]]) -> Iterator[HistoryEntry]:
    """The entries of an item, newest first; fills `places` with its identity in each version."""
    current: tuple[Item, ...] = (item,)
    main = current  # the identities with the item's own id
    for index in range(len(events) - 1, -1, -1):
        event, older = events[index], events[index - 1] if index else None
        if older and _is_unaffected(current, event, older):
            if _ends_version(events, index):
                places[event.moment.version] = current[0], event.items[current[0]]
            continue
        present = [one for one in current if one in event.items]
        before = _before(current, event)
        previous = [one for one in before if older and one in older.items]
        if present and _ends_version(events, index):
            place = next((one for one in main if one in present), present[0])
            places[event.moment.version] = place, event.items[place]
        former = _main_before(main, event)
        entry = _entry(event, older, _named(present, main), _named(previous, former))
        if entry:
            yield entry
        current, main = before, former


def _is_unaffected(current: Sequence[Item], event: Event, older: Event) -> bool:
    """Whether an event has no statement about an item that exists before and after it, as is usual."""
    (item, *others) = current
    affected = others or item in event.by_item or item in event.origins
    return not affected and item in event.items and item in older.items


def _ends_version(events: Sequence[Event], index: int) -> bool:
    following = events[index + 1 : index + 2]
    return not following or following[0].moment.version != events[index].moment.version


def _before(current: Sequence[Item], event: Event) -> tuple[Item, ...]:
    """The identities of these items before an event."""
    return tuple(dict.fromkeys(old for one in current for old in event.origins.get(one, (one,))))


def _main_before(main: Sequence[Item], event: Event) -> tuple[Item, ...]:
    """The main identities before an event: the item with the same id, else all predecessors."""
    found = (event.origins.get(one, (one,)) for one in main)
    return tuple(
        dict.fromkeys(old for origins in found for old in (origins[:1] if origins[0] in main else origins))
    )


@dataclass(frozen=True)
class _SnapshotItems:
    """The identities of a subject at one snapshot; `own` are those that name it."""

    all: Sequence[Item]
    own: Sequence[Item]


def _named(items: Sequence[Item], main: Sequence[Item]) -> _SnapshotItems:
    return _SnapshotItems(items, [item for item in items if item in main] or items)


def _entry(
    event: Event, older: Event | None, after: _SnapshotItems, before: _SnapshotItems
) -> HistoryEntry | None:
    """The entry of an event, from the identities of the subject after and before it."""
    if not after.all and not before.all:
        return None
    statements = _about(event, [*after.all, *before.all])
    added_or_removed = _added_or_removed(bool(before.all), bool(after.all))
    act = _identity(statements) if added_or_removed == "removed" else None
    act = act or added_or_removed or _act(statements)
    if act is None:
        return None
    if added_or_removed and not statements:
        statements = _whole_section(event, (after.all or before.all)[0])
    known = event if after.all or older is None else older
    name = ", ".join(known.items[item] for item in after.own or before.own)
    return HistoryEntry(event.moment, act, name, statements)


def _added_or_removed(before: bool, after: bool) -> Act | None:
    if before == after:
        return None
    return "introduced" if after else "removed"


def _about(event: Event, items: Sequence[Item]) -> tuple[Statement, ...]:
    """The statements about these items: changes of identity, then the most severe first.

    A changed order is included only if nothing else has changed.
    """
    by_item = event.by_item
    each = {one.fingerprint: one for item in items for one in by_item.get(item, ())}
    found = sorted(each.values(), key=_sort_key)
    return tuple([one for one in found if one.severity != "order"] or found)


def _sort_key(statement: Statement) -> tuple[bool, tuple[int, int]]:
    return not ends_of(statement)[0], _severity_rank(statement)


def _severity_rank(statement: Statement) -> tuple[int, int]:
    return SEVERITIES.index(statement.severity), statement.rank


def _whole_section(event: Event, item: Item) -> tuple[Statement, ...]:
    """The statement about the section, for an item that was added or removed with all of it."""
    section = section_of(item[0])
    return tuple(one for one in event.by_section.get(section, ()) if one.path == (section,))


def _identity(statements: Sequence[Statement]) -> Act | None:
    found = next((one.kind for one in statements if ends_of(one)[0]), None)
    return found if found in _IDENTITY else None


def _act(statements: Sequence[Statement]) -> Act | None:
    """The kind of entry for an item that exists before and after an event; None without statements."""
    states = [(one.old, one.new) for one in statements if one.path[2:] == ("status",)]
    if any(new == _ENDED for _, new in states):
        return "retired"
    if any(old == _ENDED for old, _ in states):
        return "reinstated"
    return _identity(statements) or ("changed" if statements else None)


def _oldest_first(entries: Iterable[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    """The entries, oldest first; introductions after the first one become returns."""
    found = list(entries)[::-1]
    first = next((entry for entry in found if entry.act == "introduced"), None)
    return tuple(
        replace(entry, act="returned") if entry.act == "introduced" and entry is not first else entry
        for entry in found
    )
