"""A change, as data, and the plain data that charters are compared as. Nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from charterbook.charter import Charter
from charterbook.charter.base import Part

#: What can happen to a value, an item or an order.
Kind = Literal["added", "removed", "renamed", "split", "merged", "moved", "changed"]

#: Keys of the file and, inside a list, the id of the element: ("services", "onboarding", "name").
Path = tuple[str, ...]

#: A charter as mappings, lists, texts, numbers and dates.
Data = dict[str, Any]

#: Lists whose elements have no names that last: any word of them may change.
UNNAMED = ("contacts", "links", "details")

#: What the elements of a list are known by, where it is not their `id`.
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
}


@dataclass(frozen=True)
class Change:
    """One difference between two charters.

    `path` is the place in the newer charter; that of what was removed is its place in the older one. `old`
    and `new` are plain data, None where there is nothing:

    - added, removed, changed: the values
    - renamed: the item's `id` and `was`, before and after; other fields that differ are changes of their own
    - split, merged: tuples with all the items before and after
    - moved: the order before and after, as a tuple of the elements that are in both or as the list of values.
      Where an item went to another list, `source` is the path it had, and `old` and `new` are the item

    Inside a split, a merge or such a move, a comparison tells edits whose `source` is the path that the value had in
    the older charter. `diff` itself gives no such edits.

    `at` are the positions that new elements take in their list (from 0), empty for those that leave one, and
    None for a change that is not about an element.
    """

    kind: Kind
    path: Path
    old: Any = None
    new: Any = None
    at: tuple[int, ...] | None = None
    source: Path | None = None


#: Sections and items as plain data, by their identity; each with what keeps that identity from being given anew.
_known: dict[int, tuple[Part, Data]] = {}
_MOST = 2_000


def plain(charter: Charter) -> Data:
    """A charter as plain data. Keys without a value are left out, empty lists stay.

    It is there to be looked at: what charters have in common may be the same object in the data of both.
    """
    return {
        field.alias or name: _plain(value)
        for name, field in Charter.model_fields.items()
        if (value := getattr(charter, name)) is not None
    }


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(element) for element in value]
    if not isinstance(value, Part):
        return value
    if id(value) not in _known:
        if len(_known) >= _MOST:
            _known.clear()
        _known[id(value)] = value, value.model_dump(mode="python", by_alias=True, exclude_none=True)
    return _known[id(value)][1]


def key_name(field: str) -> str:
    """The key by which the elements of a list are known."""
    return _KEYS.get(field, "id")


def key_of(element: Data, field: str) -> str:
    """What an element of a list is known by."""
    return str(element[key_name(field)])
