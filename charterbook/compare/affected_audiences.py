"""The audiences that a change affects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from charterbook.charter import Charter, Service
from charterbook.compare.comparison import Direction
from charterbook.compare.lookup import Sides, item_of
from charterbook.compare.severity import fits
from charterbook.diff import Change


def audiences_touched(change: Change, sides: Sides, direction: Direction | None = None) -> tuple[str, ...]:
    """Ids of the affected audiences, in the order of the charter; empty for a change without a specific audience.

    A weaker promise of a service does not affect audiences that the service is new to, and no promise of it affects
    audiences that it has left.
    """
    found = set(_touched(change, sides))
    if direction in ("weaker", "stronger"):
        newcomers, leavers = _joined_and_left(change, sides)
        found -= leavers if direction == "stronger" else newcomers | leavers
    known = [audience.id for charter in (sides.new, sides.old) for audience in charter.audiences]
    return tuple(dict.fromkeys(id_ for id_ in known if id_ in found))


def _touched(change: Change, sides: Sides) -> Iterable[str]:
    if any(fits(f"services.*.{key}", change.path) for key in ("audiences", "contributors")):
        return set(change.old or ()) ^ set(change.new or ())
    if fits("review.participants", change.path):
        return set(change.old or ()) ^ set(change.new or ())
    item, former = item_of(change.path), item_of(change.source or ())
    if former is not None and former != item:
        return _of_successor(replace(change, source=None), sides, former)
    if change.kind in ("split", "merged"):
        assert item is not None
        ids = [element["id"] for side in (change.old, change.new) for element in side]
        return [found for id_ in ids for found in _of_item(change, sides, item[0], id_)]
    if item is not None:
        return _of_item(change, sides, *item)
    return _users(sides) if change.path[0] in ("intake", "scope", "calendar") else ()


def _of_successor(change: Change, sides: Sides, former: tuple[str, str]) -> Iterable[str]:
    """The audiences of an edit between a former item and its successor.

    An edit of a service affects those that both serve: the others gained or lost the service itself.
    """
    item = item_of(change.path)
    if item is not None and former[0] == item[0] == "services":
        old, new = _served(change, sides.old, former[1]), _served(change, sides.new, item[1])
        return old & new
    return {*_touched(change, sides), *_of_item(change, sides, *former)}


def _joined_and_left(change: Change, sides: Sides) -> tuple[set[str], set[str]]:
    """The audiences that a changed service did not serve before, and those that it does not serve any more.

    Both are empty for a change of its audiences, and for a new, removed, split or merged service. Nobody leaves a
    retired service: its status says to all its users that it ended.
    """
    path = change.path
    if path[0] != "services" or len(path) < 3 or path[2] in ("audiences", "contributors"):  # noqa: PLR2004
        return set(), set()
    former = _former_services(change, sides, path[1])
    service = next((service for service in sides.new.services if service.id == path[1]), None)
    if not former or service is None:
        return set(), set()
    before = {audience for id_ in former for audience in _served(change, sides.old, id_)}
    after = _served(change, sides.new, path[1])
    return after - before, set() if service.is_retired else before - after


def _former_services(change: Change, sides: Sides, id_: str) -> list[str]:
    """The ids of the older services that a change of a service concerns."""
    if change.source is not None:
        return [change.source[1]]
    if any(service.id == id_ for service in sides.old.services):
        return [id_]
    return [old for (kind, old), new in sides.followed.items() if kind == "services" and id_ in new]


def _of_item(change: Change, sides: Sides, kind: str, id_: str) -> list[str]:
    rule = _BY_KIND.get(kind)
    return list(rule(change, sides, id_)) if rule else []


#: Fields of a service that affect only its users.
_FOR_USERS = ("service_levels", "asks", "hours_once", "intake", "for_seller")


def _service(change: Change, sides: Sides, id_: str) -> Iterable[str]:
    former = {new[0]: old for (kind, old), new in sides.followed.items() if kind == "services"}
    for charter in (sides.old, sides.new):
        for one in (id_, former.get(id_)):
            yield from _served(change, charter, one)


def _served(change: Change, charter: Charter, id_: str | None) -> set[str]:
    """The audiences of a service of a charter that an edit of it affects."""
    only_users = any(key in _FOR_USERS for key in change.path[2:3])
    return {
        audience
        for service in charter.services
        if service.id == id_
        for audience in (*service.audiences, *(() if only_users else service.contributors))
    }


def _users(sides: Sides) -> list[str]:
    """All audiences that use a service."""
    return [id_ for service in _services(sides, lambda _: True) for id_ in service.audiences]


def _services(sides: Sides, wanted: Callable[[Service], bool]) -> list[Service]:
    both: tuple[Charter, ...] = (sides.old, sides.new)
    return [service for charter in both for service in charter.services if wanted(service)]


def _of_services(sides: Sides, wanted: Callable[[Service], bool]) -> list[str]:
    return [id_ for service in _services(sides, wanted) for id_ in service.audiences]


def _role(change: Change, sides: Sides, id_: str) -> Iterable[str]:
    """The audiences that the role represents, and the audiences of services that lose or regain their owner."""
    managed = [
        audience.id
        for charter in (sides.old, sides.new)
        for audience in charter.audiences
        if audience.manager == id_
    ]
    if change.path[-1] == "vacant_since":
        return managed + _of_services(sides, lambda service: service.owner == id_)
    return managed


def _step(_: Change, sides: Sides, id_: str) -> Iterable[str]:
    steps = [step for charter in (sides.old, sides.new) for step in charter.roadmap if step.id == id_]
    named = {service for step in steps for service in step.services}
    return _of_services(sides, lambda service: service.id in named)


def _objective(_: Change, sides: Sides, id_: str) -> Iterable[str]:
    objectives = [one for charter in (sides.old, sides.new) for one in charter.objectives if one.id == id_]
    named = {service for one in objectives for service in one.services}
    return _of_services(sides, lambda service: service.id in named)


_BY_KIND: dict[str, Callable[[Change, Sides, str], Iterable[str]]] = {
    "services": _service,
    "audiences": lambda _, sides, id_: [id_, *sides.followed.get(("audiences", id_), ())],
    "partners": lambda _, __, id_: [id_],
    "metrics": lambda _, sides, id_: _of_services(sides, lambda service: id_ in service.metrics),
    "platforms": lambda _, sides, id_: _of_services(sides, lambda service: id_ in service.platforms),
    "routes": lambda _, sides, id_: _of_services(sides, lambda service: service.intake == id_),
    "priorities": lambda _, sides, __: _users(sides),
    "out": lambda _, sides, __: _users(sides),
    "later": lambda _, sides, __: _users(sides),
    "roles": _role,
    "shared": lambda _, sides, __: _users(sides),
    "roadmap": _step,
    "objectives": _objective,
}
