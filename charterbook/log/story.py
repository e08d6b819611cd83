"""From the events of a log to the story of an item or of a section.

An item is followed backwards through renames, splits, merges and moves: its story is that of all that it was.
What no longer exists has a story, too, up to where it ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from charterbook.charter import SECTIONS
from charterbook.compare import SEVERITIES, Statement, section_title
from charterbook.i18n import translator
from charterbook.identity import Item, section_of
from charterbook.log.item_history import Act, Event, Snapshot, Story, StoryEntry, ends_of

#: What has a story, though it is no section with a page: the document itself, and sections of one's own.
NO_PAGE = ("charter", "sections")

_IDENTITY: tuple[Act, ...] = ("split", "merged", "renamed", "moved")
_ENDED = "retired"


class ItemHistories:
    """The stories that the events of a log tell. Events are compared once; a story is quickly found in them."""

    def __init__(self, events: Sequence[Event], language: str) -> None:
        self._events = events
        self._own = translator(language)
        self._stories: dict[tuple[Item, int], Story] = {}
        self._sections: dict[str, Story] = {}

    @cached_property
    def items(self) -> frozenset[Item]:
        """All items that there ever were."""
        return frozenset().union(*(event.items.keys() for event in self._events))

    @property
    def last(self) -> Snapshot | None:
        """The moment of the last change of any kind, None where there is no moment at all."""
        told = (
            event for event in reversed(self._events) if not event.comparison or event.comparison.statements
        )
        return next((event.moment for event in told), None)

    def item(self, kind: str, id_: str) -> Story | None:
        """The story of an item, by any id that it ever had; None where there never was such an item."""
        found = self._newest((kind, id_))
        if found is None:
            return None
        if found not in self._stories:
            self._stories[found] = self._story(*found)
        return self._stories[found]

    def now(self, item: Item) -> Item:
        """What an item is by now, or was at last."""
        found = self._newest(item)
        return item if found is None else found[0]

    def _newest(self, item: Item) -> tuple[Item, int] | None:
        """The newest identity of an item, and the last event that has it."""
        seen = set[Item]()
        while (index := self._last_with(item)) is not None:
            seen.add(item)
            following = self._events[index + 1 : index + 2]
            heirs = following[0].heirs.get(item, ()) if following else ()
            if len(heirs) != 1 or heirs[0] in seen:
                return item, index
            item = heirs[0]
        return None

    def _last_with(self, item: Item) -> int | None:
        return next((i for i in range(len(self._events) - 1, -1, -1) if item in self._events[i].items), None)

    def _story(self, item: Item, last: int) -> Story:
        """The story of an item that was last seen at an event, with what ended it."""
        places: dict[str, tuple[Item, str]] = {}
        found = list(_walk(self._events[: last + 2], item, places))
        return Story(*item, self._events[last].items[item], _oldest_first(found), places)

    def section(self, key: str) -> Story:
        """The story of a section; `charter` is the document itself."""
        if key not in self._sections:
            self._sections[key] = self._section(key)
        return self._sections[key]

    def _section(self, key: str) -> Story:
        found: list[StoryEntry] = []
        title = section_title(key, self._own)
        there = False
        for event in self._events:
            here = key not in SECTIONS or event.moment.charter.has(key)
            act = _came_or_went(there, here)
            statements = sorted(event.by_section.get(key, ()), key=_gravity)
            if act or statements:
                found.append(StoryEntry(event.moment, act or "changed", title, tuple(statements)))
            there = here
        return Story(None, key, title, _oldest_first(reversed(found)), {})


def _walk(events: Sequence[Event], item: Item, places: dict[str, tuple[Item, str]]) -> Iterator[StoryEntry]:
    """The entries of an item, newest first; `places` gets what it was in each version."""
    now: tuple[Item, ...] = (item,)
    main = now  # those of them that the item has its id from
    for index in range(len(events) - 1, -1, -1):
        event, older = events[index], events[index - 1] if index else None
        if older and _is_unaffected(now, event, older):
            if _ends_version(events, index):
                places[event.moment.version] = now[0], event.items[now[0]]
            continue
        here = [one for one in now if one in event.items]
        before = _before(now, event)
        there = [one for one in before if older and one in older.items]
        if here and _ends_version(events, index):
            place = next((one for one in main if one in here), here[0])
            places[event.moment.version] = place, event.items[place]
        former = _main_before(main, event)
        entry = _entry(event, older, _named(here, main), _named(there, former))
        if entry:
            yield entry
        now, main = before, former


def _is_unaffected(now: Sequence[Item], event: Event, older: Event) -> bool:
    """Whether an event says nothing at all about an item, which was there before and still is: most say nothing."""
    (item, *others) = now
    told = others or item in event.by_item or item in event.origins
    return not told and item in event.items and item in older.items


def _ends_version(events: Sequence[Event], index: int) -> bool:
    following = events[index + 1 : index + 2]
    return not following or following[0].moment.version != events[index].moment.version


def _before(now: Sequence[Item], event: Event) -> tuple[Item, ...]:
    """What these items were a moment before."""
    return tuple(dict.fromkeys(old for one in now for old in event.origins.get(one, (one,))))


def _main_before(main: Sequence[Item], event: Event) -> tuple[Item, ...]:
    """What these items were a moment before: the item of the same id, else all that they come from."""
    found = (event.origins.get(one, (one,)) for one in main)
    return tuple(
        dict.fromkeys(old for origins in found for old in (origins[:1] if origins[0] in main else origins))
    )


@dataclass(frozen=True)
class _SnapshotItems:
    """The items that a subject is at one moment; `own` are those that it is named by."""

    all: Sequence[Item]
    own: Sequence[Item]


def _named(items: Sequence[Item], main: Sequence[Item]) -> _SnapshotItems:
    return _SnapshotItems(items, [item for item in items if item in main] or items)


def _entry(
    event: Event, older: Event | None, here: _SnapshotItems, there: _SnapshotItems
) -> StoryEntry | None:
    """The entry of an event, by the items that the subject is now and those that it was before."""
    if not here.all and not there.all:
        return None
    statements = _about(event, [*here.all, *there.all])
    came_or_went = _came_or_went(bool(there.all), bool(here.all))
    act = _identity(statements) if came_or_went == "removed" else None
    act = act or came_or_went or _act(statements)
    if act is None:
        return None
    if came_or_went and not statements:
        statements = _whole_section(event, (here.all or there.all)[0])
    known = event if here.all or older is None else older
    name = ", ".join(known.items[item] for item in here.own or there.own)
    return StoryEntry(event.moment, act, name, statements)


def _came_or_went(there: bool, here: bool) -> Act | None:
    if there == here:
        return None
    return "introduced" if here else "removed"


def _about(event: Event, items: Sequence[Item]) -> tuple[Statement, ...]:
    """The statements about these items: who they are now, then the gravest first.

    A changed order counts only where nothing else has changed.
    """
    by_item = event.by_item
    each = {one.fingerprint: one for item in items for one in by_item.get(item, ())}
    found = sorted(each.values(), key=_weight)
    return tuple([one for one in found if one.severity != "order"] or found)


def _weight(statement: Statement) -> tuple[bool, tuple[int, int]]:
    return not ends_of(statement)[0], _gravity(statement)


def _gravity(statement: Statement) -> tuple[int, int]:
    return SEVERITIES.index(statement.severity), statement.rank


def _whole_section(event: Event, item: Item) -> tuple[Statement, ...]:
    """The statement about the section, where the item came or went with all of it."""
    section = section_of(item[0])
    return tuple(one for one in event.by_section.get(section, ()) if one.path == (section,))


def _identity(statements: Sequence[Statement]) -> Act | None:
    found = next((one.kind for one in statements if ends_of(one)[0]), None)
    return found if found in _IDENTITY else None


def _act(statements: Sequence[Statement]) -> Act | None:
    """What the statements about an item that was and is come to; None without any."""
    states = [(one.old, one.new) for one in statements if one.path[2:] == ("status",)]
    if any(new == _ENDED for _, new in states):
        return "retired"
    if any(old == _ENDED for old, _ in states):
        return "reinstated"
    return _identity(statements) or ("changed" if statements else None)


def _oldest_first(entries: Iterable[StoryEntry]) -> tuple[StoryEntry, ...]:
    """The entries, of which all but the first introduction are returns."""
    found = list(entries)[::-1]
    first = next((entry for entry in found if entry.act == "introduced"), None)
    return tuple(
        replace(entry, act="returned") if entry.act == "introduced" and entry is not first else entry
        for entry in found
    )
