"""The direction of a change: of promises, targets, results, money and time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import shapes
from charterbook.compare.comparison import Direction
from charterbook.compare.figure_directions import FIGURES
from charterbook.compare.lookup import Sides
from charterbook.compare.promise_directions import PROMISES
from charterbook.compare.severity import fits
from charterbook.compare.trend import Rule, added_or_removed
from charterbook.diff import Change, Path, key_of


def direction_of(change: Change, sides: Sides) -> Direction | None:
    """The direction of a change; None for a change without a direction, or if its values are not comparable.

    A whole section has the direction of its parts. A service that is not offered promises nothing, whatever it says.
    """
    rule = _rule_of(change.path)
    if rule is None and len(change.path) == 1 and change.kind in ("added", "removed"):
        return _section(change, sides)
    return None if rule is None or _is_about_retired(change, sides) else rule(change, sides)


@lru_cache(maxsize=16384)
def _rule_of(path: Path) -> Rule | None:
    """The first rule for a path."""
    return next((rule for pattern, rule in (*PROMISES, *FIGURES) if fits(pattern, path)), None)


def _section(change: Change, sides: Sides) -> Direction | None:
    """The direction of an added or removed section with promises or targets in it; None for any other section."""
    shape = shapes(Charter)[change.path[0]]
    if shape.part is None:
        return None
    promises = any(direction_of(part, sides) is not None for part in _parts(change, shape.part))
    return added_or_removed(change, sides) if promises else None


def _parts(change: Change, model: type[Part]) -> Iterator[Change]:
    """The items of a section that is a list; the keys of a mapping and the elements of its lists."""
    value = change.new or change.old
    if isinstance(value, list):
        yield from _elements(change)
        return
    for key in shapes(model):
        part = _part(change, key, value.get(key))
        if shapes(model)[key].is_list and shapes(model)[key].part:
            yield from _elements(part)
        elif value.get(key) is not None:
            yield part


def _elements(change: Change) -> Iterator[Change]:
    for element in change.new or change.old or ():
        yield _part(change, key_of(element, change.path[-1]), element)


def _part(change: Change, step: str, value: Any) -> Change:
    old, new = (value, None) if change.kind == "removed" else (None, value)
    return Change(change.kind, (*change.path, step), old, new)


def _is_about_retired(change: Change, sides: Sides) -> bool:
    """Whether a change is inside a service that one of the charters does not offer. Its status says so itself."""
    path = change.path
    if path[0] != "services" or len(path) < 3 or path[2] == "status":  # noqa: PLR2004
        return False
    if fits("services.*.service_levels.*.kept", path):
        return False
    both = sides.former(change, path[:2]), sides.after(path[:2])
    return any(service is not None and service["status"] == "retired" for service in both)
