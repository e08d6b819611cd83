"""What whoever pays wants to see over the versions: which services there are, and whom they reach."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from charterbook.charter import Audience, Charter, Item, Service
from charterbook.charter.questions import Source
from charterbook.site.edition import Edition
from charterbook.site.render.views.coverage import living, services_for, services_from
from charterbook.versions import bounds, is_version_name

#: How many versions stand side by side in a table; a wider one nobody can read.
MOST_COLUMNS = 12

_Kind = TypeVar("_Kind", bound=Item)


@dataclass(frozen=True)
class Column:
    """A version in a table: its name and its charter."""

    name: str
    draft: bool
    charter: Charter


def columns(edition: Edition) -> list[Column]:
    """All versions up to this one that can be read, oldest first."""
    past = [Column(past.name, False, past.charter) for past in edition.readable_past if past.charter]
    return [*past, Column(edition.name, edition.state == "draft", edition.charter)]


@dataclass(frozen=True)
class Row(Generic[_Kind]):
    """An item over the versions: what each says of it, None where it has none. `item` is the newest."""

    item: _Kind
    cells: tuple[_Kind | None, ...]
    became: tuple[_Kind, ...] = ()

    @property
    def here(self) -> bool:
        """Whether the newest version has it."""
        return self.cells[-1] is not None


def rows(lists: Sequence[Sequence[_Kind]]) -> list[Row[_Kind]]:
    """Items over versions, from a list of items for each version, oldest first.

    A renamed item goes on in its row. One that was split, or merged with another, has a row of its own that
    ends there, with what it became.
    """
    lines: list[dict[int, _Kind]] = []
    became: list[list[_Kind]] = []
    row_of: dict[str, int] = {}
    for index, items in enumerate(lists):
        going_on = _going_on(items, row_of)
        for item in items:
            if item.id not in going_on:
                going_on[item.id] = len(lines)
                lines.append({})
                became.append([])
                for ended in {row_of[name] for name in item.was if name in row_of}:
                    became[ended].append(item)
            lines[going_on[item.id]][index] = item
        row_of |= going_on
    count = range(len(lists))
    found = [
        Row(cells[max(cells)], tuple(cells.get(index) for index in count), tuple(became[number]))
        for number, cells in enumerate(lines)
    ]
    return _in_order(found, lists[-1])


def _going_on(items: Sequence[_Kind], row_of: Mapping[str, int]) -> dict[str, int]:
    """The row in which each of these items goes on: that of its id, else of the one id that only it had."""
    found = {item.id: row_of[item.id] for item in items if item.id in row_of}
    heirs = Counter(name for item in items for name in item.was)
    for item in items:
        former = [name for name in item.was if name in row_of]
        if item.id not in found and len(former) == 1 and heirs[former[0]] == 1 and former[0] not in found:
            found[item.id] = row_of[former[0]]
    return found


def _in_order(found: Sequence[Row[_Kind]], newest: Sequence[_Kind]) -> list[Row[_Kind]]:
    """The rows in the order of the newest version, those that ended after them."""
    order = {item.id: index for index, item in enumerate(newest)}
    return sorted(found, key=lambda row: order[row.item.id] if row.here else len(order))


def service_rows(shown: Sequence[Column]) -> list[Row[Service]]:
    """The services over these versions."""
    return rows([column.charter.services for column in shown])


def audience_rows(shown: Sequence[Column]) -> list[Row[Audience]]:
    """The audiences over these versions."""
    return rows([column.charter.audiences for column in shown])


def source_rows(shown: Sequence[Column]) -> list[Row[Source]]:
    """The sources of money over these versions."""
    return rows([column.charter.funding.sources for column in shown])


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


def reached(shown: Sequence[Column]) -> list[Reach]:
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


def year_ago(edition: Edition) -> Column | None:
    """The version for the same time of the year before, None where there is none."""
    name = (edition.charter.version or "") if edition.state == "draft" else edition.name
    if not is_version_name(name):
        return None
    first, end = bounds(name)
    span = (_year_before(first), _year_before(end))
    return next((column for column in columns(edition)[:-1] if bounds(column.name) == span), None)


def _year_before(day: datetime.date) -> datetime.date:
    return day.replace(year=day.year - 1)
