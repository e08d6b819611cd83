"""A change, as data, and charters as plain data. Nothing is computed here."""

from __future__ import annotations

from typing import Any, Literal

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.frozen_dataclass import dataclass

#: The kinds of changes of a value, an item or an order.
Kind = Literal["added", "removed", "renamed", "split", "merged", "moved", "changed"]

#: Keys of the file and, inside a list, the id of the element: ("services", "onboarding", "name").
Path = tuple[str, ...]

#: A charter as mappings, lists, texts, numbers and dates.
Data = dict[str, Any]

#: Lists of elements without permanent names: any word of an element can change.
UNNAMED = ("contacts", "links", "details", "restricted", "released")

#: The identifying key of list elements, if it is not `id`.
_KEYS = {
    "service_levels": "request",
    "sign_offs": "role",
    "values": "date",
    "targets": "date",
    "holidays": "date",
    "rates": "currency",
    "contacts": "label",
    "links": "label",
    "details": "label",
    "restricted": "keys",
    "released": "paths",
}


@dataclass(frozen=True)
class Change:
    """One difference between two charters.

    `path` is the path in the newer charter; for a removal, the path in the older one. `old` and `new` are plain
    data, None if there is no value:

    - added, removed, changed: the values
    - renamed: the item's `id` and `was`, before and after; other fields that differ are separate changes
    - split, merged: tuples with all the items before and after
    - moved: the order before and after, as a tuple of the elements that are in both or as the list of values.
      For an item that moved to a different list, `source` is its former path, and `old` and `new` are the item

    A comparison adds edits inside a split, a merge or a move. Their `source` is the path of the value in the
    older charter. `diff` itself returns no such edits.

    `at` are the positions of new elements in their list (from 0), empty for removed ones, and None for a change
    that is not about an element.
    """

    kind: Kind
    path: Path
    old: Any = None
    new: Any = None
    at: tuple[int, ...] | None = None
    source: Path | None = None


#: Cache of sections and items as plain data, by object id; the reference to the object prevents reuse of its
#: id.
_plain_cache: dict[int, tuple[Part, Data]] = {}
_MAX_CACHED = 2_000


def plain(charter: Charter) -> Data:
    """A charter as plain data. Keys without a value are omitted, empty lists are included.

    Treat it as read-only: charters can share objects in their data.
    """
    return {
        field.alias or name: _plain(value)
        for name, field in Charter.model_fields.items()
        if (value := getattr(charter, name)) is not None and not is_absent(value)
    }


def is_absent(value: Any) -> bool:
    """Whether a section is only a substitute for a hidden one."""
    return isinstance(value, Part) and not bool(value)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(element) for element in value]
    if not isinstance(value, Part):
        return value
    if id(value) not in _plain_cache:
        if len(_plain_cache) >= _MAX_CACHED:
            _plain_cache.clear()
        _plain_cache[id(value)] = value, value.model_dump(mode="python", by_alias=True, exclude_none=True)
    return _plain_cache[id(value)][1]


def key_name(field: str) -> str:
    """The identifying key of the elements of a list."""
    return _KEYS.get(field, "id")


def key_of(element: Data, field: str) -> str:
    """The identifying value of a list element."""
    return str(element[key_name(field)])
