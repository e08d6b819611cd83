"""The changes for a new id of an item: the id, `was`, and all references to the item."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from charterbook.charter import ITEM_LISTS
from charterbook.charter.base import ID_PATTERN
from charterbook.charter.model_shape import Shape, walk
from charterbook.diff.change import key_name
from charterbook.errors import CharterbookError
from charterbook.identity import path_of
from charterbook.load.reserved_ids import is_reserved
from charterbook.load.schema_errors import slugify
from charterbook.load.text_links import readdressed, relinked
from charterbook.problems import escape_terminal
from charterbook.propose.paths import At, shortest, value_at
from charterbook.propose.proposal import ProposedChange
from charterbook.suggestions import closest

_MAX_ID_LENGTH = 64


def rename(option: str, data: dict[str, Any]) -> list[ProposedChange]:
    """The changes for `kind/old=new` in a charter's data: those of the item first.

    Raises CharterbookError for an unknown item, and for an unusable new id.
    """
    item, sign, new = option.partition("=")
    kind, slash, old = item.replace(".", "/").rpartition("/")
    kind = kind.rpartition("/")[2]
    if not (sign and slash and new):
        raise _refused(option, "expected KIND/ID=NEW-ID, such as services/training=certification")
    if kind not in ITEM_LISTS:
        raise _refused(option, f"there is no kind of items {kind!r}; {closest(kind, ITEM_LISTS)}")
    items = _Ids(data)
    found = items.find(kind, old)
    if found is None:
        raise _refused(option, f"there is no {kind}/{old}; {closest(old, items.of(kind))}".removesuffix("; "))
    if reason := _unusable(kind, new, items, found):
        raise _refused(option, reason)
    return [*_item_changes(kind, old, new, found), *_references(data, kind, old, new, items)]


class _Ids:
    """The items of a charter's data, by kind."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    def items(self, kind: str) -> list[dict[str, Any]]:
        return list(value_at(self._data, path_of(kind)) or ())

    def of(self, kind: str) -> list[str]:
        return [str(item.get("id")) for item in self.items(kind)]

    def find(self, kind: str, id_: str) -> dict[str, Any] | None:
        return next((item for item in self.items(kind) if item.get("id") == id_), None)


def _refused(option: str, reason: str) -> CharterbookError:
    return CharterbookError(f"--rename {escape_terminal(option)}: {escape_terminal(reason)}")


def _unusable(kind: str, new: str, items: _Ids, renamed: dict[str, Any]) -> str | None:
    """The reason why an item cannot get an id. Its own former id is allowed."""
    if not re.fullmatch(ID_PATTERN, new) or len(new) > _MAX_ID_LENGTH:
        return f"{new!r} cannot be an id; use lower-case letters, digits and single hyphens: {slugify(new)}"
    if is_reserved(kind, new):
        return f"the id {new!r} is reserved; choose another one"
    for item in items.items(kind):
        if item.get("id") == new:
            return f"the id {new!r} is taken"
        if item is not renamed and new in (item.get("was") or ()):
            return f"the id {new!r} was that of {item.get('id')!r} before; ids are never used again"
    return None


def _item_changes(kind: str, old: str, new: str, item: dict[str, Any]) -> Iterator[ProposedChange]:
    path = (*path_of(kind), old)
    former = item.get("was")
    yield ProposedChange(shortest((*path, "id")), old, new)
    was = [*(id_ for id_ in former or () if id_ != new), old]
    yield ProposedChange(shortest((*path, "was")), former or None, was)


def _references(data: dict[str, Any], kind: str, old: str, new: str, items: _Ids) -> Iterator[ProposedChange]:
    """The changes of references to the item, and of texts with links to it."""
    changed = copy.deepcopy(data)
    units: dict[At, None] = {}
    for found in walk(data):
        follow = _ReferenceRewriter(found.shape, kind, old, new, items)
        value = follow(found.value)
        if value != found.value:
            value_at(changed, found.path[:-1])[found.path[-1]] = value
            units[_unit(found.path, data)] = None
    for unit in units:
        yield ProposedChange(shortest(_steps(unit, data)), value_at(data, unit), value_at(changed, unit))


def _unit(path: At, data: dict[str, Any]) -> At:
    """The smallest changeable unit: the value, or the list around it if its elements have no names."""
    for end, step in enumerate(path):
        if isinstance(step, int):
            elements = value_at(data, path[:end])
            names = [
                element.get(key_name(str(path[end - 1]))) for element in elements if isinstance(element, dict)
            ]
            if len(set(names)) < len(elements):
                return path[:end]
    return path


class _ReferenceRewriter:
    """Replaces references and links to an item's old id by the new id."""

    def __init__(self, shape: Shape, kind: str, old: str, new: str, items: _Ids) -> None:
        self.text, self.address = shape.kind == "text", shape.key == "address"
        self.old, self.new, self.pages = old, new, {f"{kind}/{old}": f"{kind}/{new}"}
        kinds = shape.refers.kinds if shape.refers else ()
        before = kinds[: kinds.index(kind)] if kind in kinds else ()
        self.names = kind in kinds and not any(items.find(other, old) for other in before)

    def __call__(self, value: Any) -> Any:
        if self.names and value == self.old:
            return self.new
        if self.address and isinstance(value, str):
            return readdressed(value, self.pages)
        if self.text and isinstance(value, str):
            return relinked(value, self.pages)
        return value


def _steps(path: At, data: dict[str, Any]) -> tuple[str, ...]:
    """A path with the names of items instead of their positions."""
    steps: list[str] = []
    for end, step in enumerate(path):
        name = key_name(str(path[end - 1]))
        steps.append(str(value_at(data, path[: end + 1])[name]) if isinstance(step, int) else step)
    return tuple(steps)
