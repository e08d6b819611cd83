"""Checks of groups of readers, restrictions and releases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from charterbook.charter import SECTIONS, Charter
from charterbook.charter.base import Item, MarkedPart, Part
from charterbook.charter.model_shape import VisitedValue, shape_at, shapes
from charterbook.load.did_you_mean import did_you_mean, quote
from charterbook.load.lazy_message import Fact, LazyMessage
from charterbook.source_map import Path

#: A rule, the path of its problem, its advice and its facts.
GroupProblem = tuple[str, Path, LazyMessage | None, dict[str, Fact]]

#: Top-level keys that can be restricted: sections, and facts about the document.
TOP_KEYS = (*SECTIONS, "sections", "organisation", "change_note")


def group_problems(data: Mapping[str, Any], marks: Sequence[VisitedValue]) -> Iterator[GroupProblem]:
    """Problems of groups and marks. `marks` are the restrictions and the empty marks, with their paths."""
    yield from _circles(data.get("groups"))
    for mark in marks:
        if not isinstance(mark.value, dict):
            yield "no-group", mark.path, None, {}
        elif isinstance(mark.value.get("keys"), list):
            yield from _restricted(mark.path, mark.value["keys"])
    for index, release in enumerate(_mappings(data.get("released"))):
        for at, name in enumerate(release.get("paths") or ()):
            if isinstance(name, str) and not _is_place(name.split(".")):
                yield "unknown-release", ("released", index, "paths", at), None, {"name": quote(name)}


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _circles(groups: Any) -> Iterator[GroupProblem]:
    """Groups that see themselves, perhaps through others."""
    sees = {one.get("id"): one.get("sees") for one in _mappings(groups)}
    for index, group in enumerate(_mappings(groups)):
        own = group.get("sees")
        for at, name in enumerate(own if isinstance(own, list) else ()):
            if isinstance(name, str) and group.get("id") in _reached(name, sees):
                circle: dict[str, Fact] = {"id": quote(group["id"]), "other": quote(name)}
                yield "group-circle", ("groups", index, "sees", at), None, circle


def _reached(start: str, sees: Mapping[Any, Any]) -> set[str]:
    found: set[str] = set()
    pending = [start]
    while pending:
        one = pending.pop()
        if one not in found:
            found.add(one)
            inner = sees.get(one)
            pending += [name for name in inner if isinstance(name, str)] if isinstance(inner, list) else []
    return found


def _restricted(path: Path, keys: Sequence[Any]) -> Iterator[GroupProblem]:
    """Restricted keys that their mapping does not have, or that it requires."""
    around = shape_at(path[:-2]) if len(path) > len(("restricted", 0)) else None
    model = around.part if around else Charter
    for index, key in enumerate(keys):
        at = (*path, "keys", index)
        if not isinstance(key, str) or model is None:
            continue
        known = _restrictable(model)
        first, *inner = key.split(".")
        if first not in shapes(model):
            yield "unknown-restricted", at, did_you_mean(first, known), {"key": quote(key)}
        elif first not in known or not _is_optional(model, [first, *inner]):
            yield "needed-key", at, None, {"key": quote(key)}


def _restrictable(model: type[Part]) -> list[str]:
    """The keys of a mapping that can be restricted."""
    if model is Charter:
        return [key for key in shapes(model) if key in TOP_KEYS]
    own = {"id", "was", *shapes(MarkedPart)} if issubclass(model, Item) else {*shapes(MarkedPart)}
    return [key for key in shapes(model) if key not in own and not _is_needed(model, key)]


def _is_needed(model: type[Part], key: str) -> bool:
    return any((one.alias or name) == key and one.is_required() for name, one in model.model_fields.items())


def _is_optional(model: type[Part], steps: Sequence[str]) -> bool:
    """Whether a path exists inside a mapping, and whether its last key is optional there."""
    for place, step in enumerate(steps):
        shape = shapes(model).get(step)
        if shape is None:
            return False
        if place == len(steps) - 1:
            return place == 0 or not _is_needed(model, step)
        if shape.part is None or shape.is_list:
            return False
        model = shape.part
    return False


def _is_place(steps: Sequence[str]) -> bool:
    """Whether a path leads to a place of the model; elements of lists are named by their ids."""
    if steps[0] not in TOP_KEYS:
        return False
    path: list[str | int] = []
    for step in steps:
        around = shape_at(tuple(path)) if path else None
        path.append(0 if around is not None and around.is_list and around.part else step)
    return shape_at(tuple(path)) is not None
