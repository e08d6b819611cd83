"""Whether a value increased or decreased, as a direction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from charterbook.compare.comparison import Direction
from charterbook.compare.lookup import Sides
from charterbook.diff import Change

#: The direction of a change at the paths of one pattern.
Rule = Callable[[Change, Sides], Direction | None]


def trend(old: Any, new: Any, up: Direction, down: Direction) -> Direction | None:
    """The direction of an increase or decrease; None for equal values."""
    return None if old == new else up if new > old else down


def also_new(rule: Rule) -> Rule:
    """The rule of a changed commitment, applied also to one that is added or removed."""
    return lambda change, sides: (rule if change.kind == "changed" else added_or_removed)(change, sides)


def added_or_removed(change: Change, _: Sides) -> Direction | None:
    """The direction of a commitment that was added or removed; None for a changed one."""
    return {"added": "stronger", "removed": "weaker"}.get(change.kind)  # type: ignore[return-value]
