"""Values for the sponsor's page: services over the versions, and their reach."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from charterbook.charter import Audience, Charter, Item, Service
from charterbook.charter.questions import Source
from charterbook.frozen_dataclass import dataclass
from charterbook.site.edition import Edition, VersionLineage
from charterbook.site.render.views.coverage import active_services, services_for, services_from
from charterbook.versions import bounds, is_version_name

#: Maximum number of version columns in a table.
MOST_COLUMNS = 12

_Kind = TypeVar("_Kind", bound=Item)


@dataclass(frozen=True)
class VersionColumn:
    """Version column of a table: its name and charter. `descent` maps its items to items of other versions."""

    name: str
    draft: bool
    charter: Charter
    descent: VersionLineage


def columns(edition: Edition) -> list[VersionColumn]:
    """All readable versions up to this one, oldest first."""
    known = edition.descent
    past = [
        VersionColumn(past.name, False, past.charter, known) for past in edition.readable_past if past.charter
    ]
    return [*past, VersionColumn(edition.name, edition.state == "draft", edition.charter, known)]


@dataclass(frozen=True)
class ItemRow(Generic[_Kind]):
    """An item over the versions, None if a version lacks it. `item` is the newest state."""

    item: _Kind
    cells: tuple[_Kind | None, ...]
    became: tuple[_Kind, ...] = ()

    @property
    def here(self) -> bool:
        """Whether the newest version has it."""
        return self.cells[-1] is not None


def rows(kind: str, shown: Sequence[VersionColumn], lists: Sequence[Sequence[_Kind]]) -> list[ItemRow[_Kind]]:
    """Rows of items of a kind, from their lists in each version, oldest first.

    A renamed item stays in its row. After a split or merge, the old row
    ends, and names the items that it became.
    """
    lines: list[dict[int, _Kind]] = []
    became: list[list[_Kind]] = []
    row_of: dict[str, int] = {}
    for index, items in enumerate(lists):
        for item in items:
            former = _former(kind, item.id, shown[: index + 1])
            row = row_of.get(item.id, _continued_row(kind, former, shown[: index + 1], row_of))
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


#: A version, and the ids of an item in it.
_Former = list[tuple[str, str]]


def _former(kind: str, id_: str, shown: Sequence[VersionColumn]) -> _Former:
    """Versions and ids of an item of the last version in the latest earlier version that has it."""
    own = shown[-1]
    for column in reversed(shown[:-1]):
        found = own.descent.counterparts((kind, id_), own.name, column.name)
        if found:
            return [(column.name, name) for _, name in found]
    return []


def _continued_row(
    kind: str, former: _Former, shown: Sequence[VersionColumn], row_of: Mapping[str, int]
) -> int | None:
    """Row of the single predecessor of this item, None if there is none."""
    if len(former) != 1:
        return None
    (version, id_), own = former[0], shown[-1]
    counterparts = own.descent.counterparts((kind, id_), version, own.name)
    return row_of.get(id_) if len(counterparts) == 1 else None


def _in_order(found: Sequence[ItemRow[_Kind]], newest: Sequence[_Kind]) -> list[ItemRow[_Kind]]:
    """Rows in the order of the newest version, followed by ended ones."""
    order = {item.id: index for index, item in enumerate(newest)}
    return sorted(found, key=lambda row: order[row.item.id] if row.here else len(order))


def service_rows(shown: Sequence[VersionColumn]) -> list[ItemRow[Service]]:
    """Rows of services over these versions."""
    return rows("services", shown, [column.charter.services for column in shown])


def audience_rows(shown: Sequence[VersionColumn]) -> list[ItemRow[Audience]]:
    """Rows of audiences over these versions."""
    return rows("audiences", shown, [column.charter.audiences for column in shown])


def source_rows(shown: Sequence[VersionColumn]) -> list[ItemRow[Source]]:
    """Rows of funding sources over these versions."""
    return rows("sources", shown, [column.charter.funding.sources for column in shown])


@dataclass(frozen=True)
class Reach:
    """Reach of services: the audiences that use a service, out of all that can, and their people, None if unknown."""

    served: int
    entitled: int
    heads: int | None


def reach(charter: Charter) -> Reach:
    """Reach of a charter's services. Audiences that only contribute are not counted."""
    entitled = [audience for audience in charter.audiences if audience.part != "contributes"]
    used = {name for service in active_services(charter.services) for name in service.audiences}
    served = [audience for audience in entitled if audience.id in used]
    heads = [audience.headcount for audience in served if audience.headcount is not None]
    return Reach(len(served), len(entitled), sum(heads) if served and len(heads) == len(served) else None)


def reach_by_version(shown: Sequence[VersionColumn]) -> list[Reach]:
    """Reach of services in each of these versions."""
    return [reach(column.charter) for column in shown]


def count_services(charter: Charter, audience: Audience) -> tuple[int, int]:
    """Number of services that an audience uses, and number that it contributes to."""
    return len(services_for(charter, audience)), len(services_from(charter, audience))


def services_by_status(charter: Charter) -> dict[str, int]:
    """Number of services by status, in the order of the model."""
    counts = dict.fromkeys(("live", "pilot", "sunset", "retired"), 0)
    for service in charter.services:
        counts[service.status] += 1
    return {status: count for status, count in counts.items() if count}


def year_ago(edition: Edition) -> VersionColumn | None:
    """The version for the same period of the previous year, None if there is none."""
    name = (edition.charter.version or "") if edition.state == "draft" else edition.name
    if not is_version_name(name):
        return None
    first, end = bounds(name)
    span = (_year_before(first), _year_before(end))
    return next((column for column in columns(edition)[:-1] if bounds(column.name) == span), None)


def _year_before(day: datetime.date) -> datetime.date:
    return day.replace(year=day.year - 1)
