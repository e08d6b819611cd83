"""Upgrade data of older formats: one step on plain data for each format. Format 2 only added keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from charterbook.charter import SCHEMA

#: Converts the data of one format to the next.
Step = Callable[[dict[str, Any]], dict[str, Any]]


def _unchanged(data: dict[str, Any]) -> dict[str, Any]:
    return data


#: Steps by the format from which they upgrade.
STEPS: dict[int, Step] = {1: _unchanged}


def format_of(data: dict[str, Any]) -> int:
    """The format in a charter's data; the current one if it is missing or invalid."""
    value = data.get("schema")
    return value if type(value) is int and value > 0 else SCHEMA


def only_numbered(data: dict[str, Any]) -> bool:
    """Whether an upgrade to the current format changes only the number of the format."""
    return all(STEPS.get(old) is _unchanged for old in range(format_of(data), SCHEMA))


def upgrade_data(
    data: dict[str, Any], steps: Mapping[int, Step] = STEPS, newest: int = SCHEMA
) -> dict[str, Any]:
    """The data in the newest format."""
    for old in range(format_of(data), newest):
        data = {**steps[old](data), "schema": old + 1}
    return data
