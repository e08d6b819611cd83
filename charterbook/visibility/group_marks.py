"""The groups that a reader belongs to, and the parts of a charter that its marks hide from that reader."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from charterbook.charter import ITEM_LISTS, Charter
from charterbook.charter.base import Item, MarkedPart, Part
from charterbook.diff.change import key_name
from charterbook.identity import path_of

#: Keys of the file and, inside a list, the key of the element.
Path = tuple[str, ...]

#: The keys that carry marks. No group sees them.
MARKS = frozenset({"visible_to", "restricted", "groups", "released"})


class HiddenPath(NamedTuple):
    """A path that is hidden. For a list of elements without ids, `visible` are the keys of the visible ones."""

    path: Path
    visible: frozenset[str] | None = None


def seen_groups(charter: Charter, group: str) -> frozenset[str]:
    """A group with all groups that it includes; empty if the charter does not declare it."""
    sees = {one.id: one.sees for one in charter.groups}
    found: set[str] = set()
    pending = [group] if group in sees else []
    while pending:
        one = pending.pop()
        if one not in found:
            found.add(one)
            pending += sees.get(one, ())
    return frozenset(found)


def restricted_paths(part: Part, seen: Set[str], path: Path = ()) -> Iterator[HiddenPath]:
    """The paths in a mapping that its own marks hide."""
    for mark in getattr(part, "restricted", ()):
        if not seen & set(mark.visible_to):
            yield from (HiddenPath((*path, *key.split("."))) for key in mark.keys)


def is_hidden(part: Part, seen: Set[str]) -> bool:
    """Whether the own mark of a mapping hides it."""
    groups = part.visible_to if isinstance(part, MarkedPart) else ()
    return bool(groups) and not seen & set(groups)


def element_key(element: Part, field: str) -> str:
    """The identifying value of a list element."""
    return str(getattr(element, key_name(field), ""))


def values_of(part: Part) -> Iterator[tuple[str, str, object]]:
    """Key, attribute and value of every field of a mapping with a value, without marks."""
    for name in type(part).model_fields:
        if name in part.model_fields_set:
            key = type(part).model_fields[name].alias or name
            if key not in MARKS:
                yield key, name, getattr(part, name)


def hidden_inside(part: Part, seen: Set[str], path: Path = ()) -> Iterator[HiddenPath]:
    """The hidden parts of a mapping, as paths inside it. Nested items are omitted: each has its own history."""
    if is_hidden(part, seen):
        yield HiddenPath(path)
    yield from restricted_paths(part, seen, path)
    for at, inner in _inner_parts(part, path):
        yield from hidden_inside(inner, seen, at)


def unnamed_elements(part: Part, path: Path = ()) -> Iterator[tuple[Path, MarkedPart]]:
    """The elements of lists without ids in a mapping, each with the path of its list."""
    for at, inner in _inner_parts(part, path):
        if len(at) > len(path) + 1 and isinstance(inner, MarkedPart):
            yield at[:-1], inner
        yield from unnamed_elements(inner, at)


def _inner_parts(part: Part, path: Path) -> Iterator[tuple[Path, Part]]:
    """The mappings in a mapping with their paths, and the elements of its lists without ids."""
    for key, _, value in values_of(part):
        if isinstance(value, Part):
            yield (*path, key), value
        elif isinstance(value, list):
            for element in value:
                if isinstance(element, Part) and not isinstance(element, Item):
                    yield (*path, key, element_key(element, key)), element


def listed_items(charter: Charter) -> Iterator[tuple[Path, Item]]:
    """All items with their paths."""
    for kind in ITEM_LISTS:
        for item in charter.items(kind):
            yield path_of(kind, item.id), item
