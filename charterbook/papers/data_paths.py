"""Values in the plain data of a charter, by the paths of a workbook's cells."""

from __future__ import annotations

from typing import Any


def steps_of(path: str) -> list[str]:
    """The steps of a path."""
    return path.split("/")


def value_at(data: Any, steps: list[str]) -> Any:
    """The value at a path; None if there is none."""
    for step in steps:
        data = _inside(data, step)
        if data is None:
            return None
    return data


def _inside(data: Any, step: str) -> Any:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list):
        index = _index(data, step)
        return None if index is None else data[index]
    return None


def _index(data: list[Any], step: str) -> int | None:
    """The position of the item with an id, or of an element by its number."""
    for index, element in enumerate(data):
        if isinstance(element, dict) and element.get("id") == step:
            return index
    return int(step) if step.isdigit() and int(step) < len(data) else None


def put(data: Any, steps: list[str], value: Any) -> None:
    """Set the value at a path; None removes it, and mappings that have become empty."""
    inner = _inside(data, steps[0])
    if len(steps) > 1:
        if inner is None:
            if value is None or value == []:
                return
            inner = data[steps[0]] = {}
        put(inner, steps[1:], value)
        if inner == {}:
            remove(data, steps[:1])
    elif value is None:
        remove(data, steps)
    elif isinstance(data, list):
        data[_index(data, steps[0]) or 0] = value
    else:
        data[steps[0]] = value


def remove(data: Any, steps: list[str]) -> None:
    """Remove the value at a path, if there is one."""
    for step in steps[:-1]:
        data = _inside(data, step)
    if isinstance(data, dict):
        data.pop(steps[-1], None)
    elif isinstance(data, list):
        index = _index(data, steps[-1])
        if index is not None:
            del data[index]
