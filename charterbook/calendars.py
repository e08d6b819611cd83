"""Calendars of due dates: one for a whole charter, and one for each audience and each role.

A calendar depends on the published history alone, never on a draft or on the clock. Every audience or role that ever
existed has a calendar under each of its ids, because finished versions never change and still link to it.
"""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

from charterbook.charter import Charter
from charterbook.due_dates import SIGN_OFFS, DueDate, due_dates, has_due_day
from charterbook.frozen_dataclass import dataclass
from charterbook.history import Revision
from charterbook.identity import Item, ItemLineage, states_of
from charterbook.log import LoggedVersion, moments
from charterbook.pages import Pages
from charterbook.versions import FiscalYear

#: UUID namespace of events. It never changes: calendar programs identify events by it.
_NAMESPACE = uuid.UUID("0c1f6a4e-56b5-4bd0-8a52-8dcbd0c7a1f4")

#: The kinds of items with their own calendar.
KINDS = ("audiences", "roles")


@dataclass(frozen=True)
class CalendarTopic:
    """The topic of a calendar: an audience, a role, or the whole charter."""

    kind: str = ""
    id: str = ""

    @property
    def address(self) -> str:
        """Address of the calendar, relative to the root of the site."""
        return f"calendars/{self.kind}/{self.id}.ics" if self.kind else "calendar.ics"


#: The whole charter.
WHOLE = CalendarTopic()


@dataclass(frozen=True)
class CalendarEvent:
    """A due date as an all-day event with a permanent `uid`; `link` is an absolute URL or None."""

    uid: str
    day: datetime.date
    due: DueDate
    link: str | None = None


@dataclass(frozen=True)
class DueCalendar:
    """A calendar. `moment` is when its content was published, and `sequence` grows with each revision."""

    charter: Charter
    topic: CalendarTopic
    name: str | None
    moment: datetime.datetime
    sequence: int
    events: tuple[CalendarEvent, ...]


class Calendars:
    """The calendars of a published history, with the dates of the version named `latest`.

    `versions` are all published ones, oldest first. `link` finds the absolute address of the item or section
    that a date belongs to.
    """

    def __init__(
        self,
        versions: Sequence[LoggedVersion],
        latest: str,
        fiscal_year: FiscalYear,
        link: Callable[[DueDate], str | None] = lambda due: None,
    ) -> None:
        self._versions, self._fiscal_year, self._link = versions, fiscal_year, link
        self._moments = [moment for moment in moments(versions) if moment.revision]
        until = [place for place, moment in enumerate(self._moments) if moment.version == latest]
        self._sequence = until[-1] if until else -1

    @property
    def topics(self) -> list[CalendarTopic]:
        """All topics, including removed ones; empty without git or without any due date."""
        if self._sequence < 0 or not any(map(has_dates, self._versions)):
            return []
        ever = sorted(self._lineage.all_items)
        return [WHOLE, *(CalendarTopic(kind, id_) for kind, id_ in ever if kind in KINDS)]

    def calendar(self, topic: CalendarTopic) -> DueCalendar:
        """The calendar of a topic; without events if the charter in force lacks it."""
        ids = {id_ for _, id_ in self._now(topic)}
        events = tuple(event for event in self._events if _concerns(event.due, topic, ids))
        return DueCalendar(
            self._charter, topic, self._label(topic), self._published.date, self._sequence, events
        )

    @cached_property
    def _events(self) -> list[CalendarEvent]:
        seen: Counter[tuple[str, ...]] = Counter()
        found = []
        for due in due_dates(self._charter, self._fiscal_year):
            if due.day is not None:
                name = self._name(due)
                uid = uuid.uuid5(_NAMESPACE, "\n".join([self._origin, *name, *map(str, range(seen[name]))]))
                seen[name] += 1
                found.append(CalendarEvent(f"{uid}@charterbook", due.day, due, self._link(due)))
        return found

    def _name(self, due: DueDate) -> tuple[str, ...]:
        """The permanent name of a date: its kind, and the first id of its item, or of the role for a condition."""
        if due.item is None:
            return (due.kind,)
        kind, id_ = due.item
        return (due.kind, *self._first_name(("roles" if kind == SIGN_OFFS else kind, id_)))

    @cached_property
    def _lineage(self) -> ItemLineage:
        return ItemLineage(states_of(moment.charter for moment in self._moments))

    @cached_property
    def _place(self) -> int:
        """The position in the lineage of the charter in force."""
        return len(states_of(moment.charter for moment in self._moments[: self._sequence + 1])) - 1

    @property
    def _charter(self) -> Charter:
        return self._moments[self._sequence].charter

    @property
    def _published(self) -> Revision:
        revision = self._moments[self._sequence].revision
        assert revision is not None
        return revision

    @property
    def _origin(self) -> str:
        """Id of the history: its first commit."""
        revisions = [revision for version in self._versions for revision in version.revisions]
        first = min(revisions, key=lambda revision: (revision.date, revision.commit))
        return f"{first.commit} {first.path}"

    def _now(self, topic: CalendarTopic) -> tuple[Item, ...]:
        """The present ids of an audience or a role."""
        return self._lineage.nearest((topic.kind, topic.id), self._place) if topic.kind else ()

    def _label(self, topic: CalendarTopic) -> str | None:
        """The present name of an audience or a role, or its id if it was removed; None for the whole charter."""
        if topic == WHOLE:
            return None
        ids = [id_ for _, id_ in self._now(topic)]
        found = [item.label for item in self._charter.items(topic.kind) if item.id in ids]
        return ", ".join(found) or topic.id

    def _first_name(self, item: Item) -> Item:
        """The oldest name of an item since its last split: the event of a renamed item stays the same."""
        place = self._place
        for before in reversed(range(place)):
            names = self._lineage.follow(item, place, before)
            if not names:
                continue
            if len(self._lineage.follow(names[0], before, place)) > 1:
                return item
            item, place = names[0], before
        return item


def page_link(pages: Pages, base: str | None) -> Callable[[DueDate], str | None]:
    """The finder of the page of a date, in a version at the address `base`; None if the site has no address."""

    def link(due: DueDate) -> str | None:
        kind, id_ = due.item or (SIGN_OFFS, "")
        url = pages.section_url("review") if kind == SIGN_OFFS else pages.item_url(kind, id_)
        return None if base is None or url is None else f"{base}{url}"

    return link


def has_dates(version: LoggedVersion) -> bool:
    """Whether any published charter of a version has a due date with a day."""
    found = (version.charter, *version.charters)
    return bool(version.revisions) and any(charter is not None and has_due_day(charter) for charter in found)


def _concerns(due: DueDate, topic: CalendarTopic, ids: set[str]) -> bool:
    if topic == WHOLE:
        return True
    return not ids.isdisjoint(due.audiences if topic.kind == "audiences" else due.roles)
