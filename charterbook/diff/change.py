"""A change, as data, and the plain data that charters are compared as. Nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from charterbook.charter import Charter

#: What can happen to a value, an item or an order.
Kind = Literal["added", "removed", "renamed", "split", "merged", "moved", "changed"]

#: Keys of the file and, inside a list, the id of the element: ("services", "onboarding", "name").
Path = tuple[str, ...]

#: A charter as mappings, lists, texts, numbers and dates.
Data = dict[str, Any]

#: What the elements of a list are known by, where it is not their `id`.
_KEYS = {"service_levels": "request", "sign_offs": "role"}


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

    `at` are the positions that new elements take in their list (from 0), empty for those that leave one, and
    None for a change that is not about an element.
    """

    kind: Kind
    path: Path
    old: Any = None
    new: Any = None
    at: tuple[int, ...] | None = None
    source: Path | None = None


def plain(charter: Charter) -> Data:
    """A charter as plain data. Keys without a value are left out, empty lists stay."""
    return charter.model_dump(mode="python", by_alias=True, exclude_none=True)


def key_name(field: str) -> str:
    """The key by which the elements of a list are known."""
    return _KEYS.get(field, "id")


def key_of(element: Data, field: str) -> str:
    """What an element of a list is known by."""
    return str(element[key_name(field)])
