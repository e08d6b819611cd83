"""What whoever pays wants to see over the versions: which services there are, and whom they reach."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from charterbook.charter import Audience, Charter, Item, Service
from charterbook.charter.questions import Source
from charterbook.site.edition import Edition, VersionLineage
from charterbook.site.render.views.coverage import living, services_for, services_from
from charterbook.versions import bounds, is_version_name

#: How many versions stand side by side in a table; a wider one nobody can read.
MOST_COLUMNS = 12

_Kind = TypeVar("_Kind", bound=Item)


@dataclass(frozen=True)
class VersionColumn:
    """A version in a table: its name and its charter. `descent` tells which of its items is which in others."""

    name: str
    draft: bool
    charter: Charter
    descent: VersionLineage


def columns(edition: Edition) -> list[VersionColumn]:
    """All versions up to this one that can be read, oldest first."""
    known = edition.descent
    past = [
        VersionColumn(past.name, False, past.charter, known) for past in edition.readable_past if past.charter
    ]
    return [*past, VersionColumn(edition.name, edition.state == "draft", edition.charter, known)]


@dataclass(frozen=True)
class ItemRow(Generic[_Kind]):
    """An item over the versions: what each says of it, None where it has none. `item` is the newest."""

    item: _Kind
    cells: tuple[_Kind | None, ...]
    became: tuple[_Kind, ...] = ()

    @property
    def here(self) -> bool:
        """Whether the newest version has it."""
        return self.cells[-1] is not None


def rows(kind: str, shown: Sequence[VersionColumn], lists: Sequence[Sequence[_Kind]]) -> list[ItemRow[_Kind]]:
    """Items of a kind over versions, from a list of them for each version, oldest first.

    A renamed item goes on in its row. One that was split, or merged with another, has a row of its own that
    ends there, with what it became.
    """
    lines: list[dict[int, _Kind]] = []
    became: list[list[_Kind]] = []
    row_of: dict[str, int] = {}
    for index, items in enumerate(lists):
        for item in items:
            former = _former(kind, item.id, shown[: index + 1])
            row = row_of.get(item.id, _going_on(kind, former, shown[: index + 1], row_of))
            if row is None:
                row = len(lines)
                lines.append({})
                became.append([])
                for ended in {row_of[id_] for _, id_ in former if id_ in row_of}:
                    became[ended].append(item)
            lines[row][index] = item
            row_of[item.id] = row
    count = range(len(lists))
    found = [
        ItemRow(cells[max(cells)], tuple(cells.get(index) for index in count), tuple(became[number]))
        for number, cells in enumerate(lines)
    ]
    return _in_order(found, lists[-1])


#: A version, and the ids that an item had there.
_Former = list[tuple[str, str]]


def _former(kind: str, id_: str, shown: Sequence[VersionColumn]) -> _Former:
    """What an item of the last of these versions was in the last version before that has it, by versions and ids."""
    own = shown[-1]
    for column in reversed(shown[:-1]):
        found = own.descent.became((kind, id_), own.name, column.name)
        if found:
            return [(column.name, name) for _, name in found]
    return []


def _going_on(
    kind: str, former: _Former, shown: Sequence[VersionColumn], row_of: Mapping[str, int]
) -> int | None:
    """The row of the one item that became this one alone, None where there is none."""
    if len(former) != 1:
        return None
    (version, id_), own = former[0], shown[-1]
    heirs = own.descent.became((kind, id_), version, own.name)
    return row_of.get(id_) if len(heirs) == 1 else None


def _in_order(found: Sequence[ItemRow[_Kind]], newest: Sequence[_Kind]) -> list[ItemRow[_Kind]]:
    """The rows in the order of the newest version, those that ended after them."""
    order = {item.id: index for index, item in enumerate(newest)}
    return sorted(found, key=lambda row: order[row.item.id] if row.here else len(order))


def service_rows(shown: Sequence[VersionColumn]) -> list[ItemRow[Service]]:
    """The services over these versions."""
    return rows("services", shown, [column.charter.services for column in shown])


def audience_rows(shown: Sequence[VersionColumn]) -> list[ItemRow[Audience]]:
    """The audiences over these versions."""
    return rows("audiences", shown, [column.charter.audiences for column in shown])


def source_rows(shown: Sequence[VersionColumn]) -> list[ItemRow[Source]]:
    """The sources of money over these versions."""
    return rows("sources", shown, [column.charter.funding.sources for column in shown])


@dataclass(frozen=True)
class Reach:
    """Whom the services reach: audiences that use one, of those that may; their people, None if not known."""

    served: int
    entitled: int
    heads: int | None


def reach(charter: Charter) -> Reach:
    """Whom the services of a charter reach. Those who only contribute are not counted."""
    entitled = [audience for audience in charter.audiences if audience.part != "contributes"]
    used = {name for service in living(charter.services) for name in service.audiences}
    served = [audience for audience in entitled if audience.id in used]
    heads = [audience.headcount for audience in served if audience.headcount is not None]
    return Reach(len(served), len(entitled), sum(heads) if served and len(heads) == len(served) else None)


def reached(shown: Sequence[VersionColumn]) -> list[Reach]:
    """Whom the services reach in each of these versions."""
    return [reach(column.charter) for column in shown]


def uses(charter: Charter, audience: Audience) -> tuple[int, int]:
    """How many services an audience uses, and to how many it contributes."""
    return len(services_for(charter, audience)), len(services_from(charter, audience))


def offer(charter: Charter) -> dict[str, int]:
    """How many services have each status, in the order of the model."""
    counts = dict.fromkeys(("live", "pilot", "sunset", "retired"), 0)
    for service in charter.services:
        counts[service.status] += 1
    return {status: count for status, count in counts.items() if count}


def year_ago(edition: Edition) -> VersionColumn | None:
    """The version for the same time of the year before, None where there is none."""
    name = (edition.charter.version or "") if edition.state == "draft" else edition.name
    if not is_version_name(name):
        return None
    first, end = bounds(name)
    span = (_year_before(first), _year_before(end))
    return next((column for column in columns(edition)[:-1] if bounds(column.name) == span), None)


def _year_before(day: datetime.date) -> datetime.date:
    return day.replace(year=day.year - 1)
