"""Old formats -> today's: one step on plain data for each format there was.

Format 2 adds keys to format 1 and changes none, so its step changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from charterbook.charter import SCHEMA

#: A step takes the data of one format and gives that of the next.
Step = Callable[[dict[str, Any]], dict[str, Any]]


def _unchanged(data: dict[str, Any]) -> dict[str, Any]:
    return data


#: The format that a step upgrades from -> the step.
STEPS: dict[int, Step] = {1: _unchanged}


def format_of(data: dict[str, Any]) -> int:
    """The format that a charter's data says it has; today's where it says nothing or nothing usable."""
    value = data.get("schema")
    return value if type(value) is int and value > 0 else SCHEMA


def only_numbered(data: dict[str, Any]) -> bool:
    """Whether nothing but the number of the format differs from data of today's."""
    return all(STEPS.get(old) is _unchanged for old in range(format_of(data), SCHEMA))


def upgrade_data(
    data: dict[str, Any], steps: Mapping[int, Step] = STEPS, newest: int = SCHEMA
) -> dict[str, Any]:
    """The data in the newest format."""
    for old in range(format_of(data), newest):
        data = {**steps[old](data), "schema": old + 1}
    return data
