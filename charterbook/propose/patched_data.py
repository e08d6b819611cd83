"""The data of a charter after changes. List elements store their original positions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from charterbook.frozen_dataclass import dataclass
from charterbook.propose.list_edits import ListElement
from charterbook.propose.paths import At, ResolvedPath, value_at


@dataclass(frozen=True)
class ResolvedChange:
    """A change at a resolved place; an `order` is a permutation of positions."""

    found: ResolvedPath
    new: Any
    before: int | None = None
    order: tuple[int, ...] = ()

    @property
    def concerns_list(self) -> bool:
        """Whether elements are added, removed or reordered."""
        is_new = self.found.is_element and isinstance(self.found.at[-1], str)
        return bool(self.order) or is_new or (self.found.is_element and self.new is None)


def patched(data: dict[str, Any], tasks: Sequence[ResolvedChange]) -> dict[str, Any]:
    """A charter's data after these changes; all of them refer to the data before."""
    result: dict[str, Any] = _with_identity(data)
    lists: dict[At, list[ResolvedChange]] = defaultdict(list)
    for task in tasks:
        if task.concerns_list:
            lists[task.found.at if task.order else task.found.at[:-1]].append(task)
        else:
            _set(result, task)
    for at in sorted(lists, key=len, reverse=True):
        _parent(result, at)[at[-1]] = _changed(value_at(result, at) or [], lists[at])
    return result


def _with_identity(value: Any) -> Any:
    """A copy in which mappings in lists store their position."""
    if isinstance(value, dict):
        return {key: _with_identity(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_element(_with_identity(inner), index) for index, inner in enumerate(value)]
    return value


def _element(value: Any, origin: int) -> Any:
    if not isinstance(value, dict):
        return value
    element = ListElement(value)
    element.origin = origin
    return element


def _parent(data: Any, at: At) -> Any:
    """The container of the last step of a place; missing mappings on the way are created."""
    for step in at[:-1]:
        data = data.setdefault(step, {}) if isinstance(data, dict) else data[step]
    return data


def _set(data: dict[str, Any], task: ResolvedChange) -> None:
    at = task.found.at
    parent = _parent(data, at)
    if isinstance(at[-1], int):
        parent[at[-1]] = _element(task.new, at[-1])
    elif task.new is None:
        parent.pop(at[-1], None)
    else:
        parent[at[-1]] = task.new


def _changed(elements: list[Any], tasks: Sequence[ResolvedChange]) -> list[Any]:
    """A list after reordering, adding and removing elements."""
    elements = list(elements)
    for task in tasks:
        if task.order:
            chosen = {element.origin: element for element in elements if element.origin in task.order}
            turn = iter(task.order)
            elements = [chosen[next(turn)] if e.origin in chosen else e for e in elements]
    for task in tasks:
        if not task.order and task.new is not None:
            elements.insert(_position(elements, task), task.new)
    removed = {task.found.at[-1] for task in tasks if not task.order and task.new is None}
    return [element for element in elements if getattr(element, "origin", None) not in removed]


def _position(elements: Sequence[Any], task: ResolvedChange) -> int:
    """The position of a new element: before its neighbour, else at the end."""
    if task.before is None:
        return len(elements)
    return [getattr(element, "origin", None) for element in elements].index(task.before)
