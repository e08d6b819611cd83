"""Values in force for keys that can be omitted: their defaults, from another key or from the model's description."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from charterbook.charter import Charter
from charterbook.charter.working_calendar import DEFAULT_CALENDAR, WEEKDAYS
from charterbook.compare.lookup import Sides
from charterbook.compare.severity import fits
from charterbook.diff import Change, Path

#: The working hours of a calendar that states none.
_WHOLE_DAY = ["00:00-24:00"]

#: The default of each key, from its charter.
_DEFAULTS: Mapping[str, Callable[[Charter], Any]] = {
    "funding.approver": lambda charter: charter.funding.owner,
    "funding.sources.*.currency": lambda charter: charter.funding.currency,
    "funding.sources.*.period": lambda charter: charter.funding.period,
    "metrics.*.currency": lambda charter: charter.funding.currency,
    "calendar.days": lambda _: list(DEFAULT_CALENDAR.working_days),
    "calendar.hours": lambda _: _WHOLE_DAY,
}


def in_force(path: Path, value: Any, charter: Charter) -> Any:
    """The value in force at a path: the stated one, else its default; None without either."""
    if value not in (None, []):
        return value
    return next((default(charter) for pattern, default in _DEFAULTS.items() if fits(pattern, path)), None)


def values_in_force(change: Change, sides: Sides) -> tuple[Any, Any] | None:
    """Both values in force if one side states none, and both have one; None for any other change."""
    if bool(change.old) == bool(change.new) or change.at is not None:
        return None
    old, new = in_force(change.path, change.old, sides.old), in_force(change.path, change.new, sides.new)
    return None if old is None or new is None else (old, new)


def is_default_in_words(change: Change, sides: Sides) -> bool:
    """Whether a default was written out, or is no longer."""
    values = values_in_force(change, sides)
    return values is not None and _canonical(values[0]) == _canonical(values[1])


def _canonical(value: Any) -> Any:
    """A value, with a list of days in the order of the week."""
    if isinstance(value, list):
        return sorted(value, key=lambda one: WEEKDAYS.index(one) if one in WEEKDAYS else 0)
    return value
