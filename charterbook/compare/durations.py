"""Exact comparison of lengths of time with convertible units."""

from __future__ import annotations

from fractions import Fraction

from charterbook.diff import Data
from charterbook.exact_numbers import ratio

#: The base unit and factor of each unit. A month has no fixed number of days, and a working day none of hours.
_UNITS: dict[str, tuple[str, int]] = {
    "minutes": ("minutes", 1),
    "hours": ("minutes", 60),
    "days": ("minutes", 24 * 60),
    "weeks": ("minutes", 7 * 24 * 60),
    "months": ("months", 1),
    "years": ("months", 12),
    "working_hours": ("working_hours", 1),
    "working_days": ("working_days", 1),
}


def comparable(one: str, other: str) -> bool:
    """Whether lengths in these two units are comparable: equal units, or convertible units of time."""
    return one == other or (one in _UNITS and other in _UNITS and _UNITS[one][0] == _UNITS[other][0])


def size(value: float, unit: str) -> Fraction:
    """A value in its base unit."""
    return ratio(value) * (_UNITS[unit][1] if unit in _UNITS else 1)


def standard(value: float, unit: str) -> tuple[Fraction, str]:
    """A length of time in its base unit, with that unit."""
    return size(value, unit), _UNITS[unit][0]


def longer(old: Data, new: Data) -> int | None:
    """Compare two lengths (`within` and `unit`): 1 if the newer one is longer, -1 if shorter, 0 if equal.

    None if their units are not convertible.
    """
    if not comparable(old["unit"], new["unit"]):
        return None
    before, after = (size(length["within"], length["unit"]) for length in (old, new))
    return (after > before) - (after < before)
