"""Likely undeclared renames. These are guesses, so they are separate from the changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from charterbook.charter import Charter
from charterbook.diff.change import Change, Data, Path, key_of, plain

#: Minimum similarity (0 to 1) of a pair.
THRESHOLD = 0.7

#: Compared characters of a text; more cost time without a benefit.
_LENGTH = 300

#: A shorter text, in words, could belong to any item.
_FEWEST_WORDS = 3

#: Keys with the name of an item, and with its description.
_LABELS = ("name", "term", "title", "what", "request", "role")
_TEXTS = ("summary", "meaning", "definition", "text", "does", "why", "how", "purpose")


@dataclass(frozen=True)
class LikelyRename:
    """A removed and an added item with similar content; `likeness` is from 0 to 1."""

    old: Path
    new: Path
    likeness: float


def likely_renames(changes: Sequence[Change], charters: Sequence[Charter] = ()) -> list[LikelyRename]:
    """The likely pairs of removed and added items, each item once, the most similar first.

    A text that also occurs in other items of these charters is boilerplate, and does not count.
    """
    removed = [change for change in changes if change.kind == "removed" and change.at is not None]
    added = [change for change in changes if change.kind == "added" and change.at is not None]
    pairs = [
        LikelyRename(before.path, after.path, round(_similarity(before, after, charters), 2))
        for before in removed
        for after in added
        if before.path[:-1] == after.path[:-1] and not _replaces(after.new, before.old)
    ]
    found: list[LikelyRename] = []
    for pair in sorted(pairs, key=lambda pair: -pair.likeness):
        if pair.likeness >= THRESHOLD and not any(
            pair.old == other.old or pair.new == other.new for other in found
        ):
            found.append(pair)
    return found


def _replaces(new: Data, old: Data) -> bool:
    """Whether the newer item declares that it replaces the older one, so that they are different items."""
    label = _first(old, _LABELS)
    return bool(label) and label in str(new.get("replaces", "")).casefold()


def _similarity(before: Change, after: Change, charters: Sequence[Charter]) -> float:
    """The similarity of the labels or of the texts, whichever is greater, without boilerplate."""
    old, new = before.old, after.new
    labels, texts = (_ratio(_first(old, keys), _first(new, keys)) for keys in (_LABELS, _TEXTS))
    if texts <= labels or texts < THRESHOLD:
        return labels
    common = _is_short(_first(old, _TEXTS)) or any(
        _is_like(_first(other, _TEXTS), text)
        for charter in charters
        for other in _elements(charter, before.path[:-1])
        if other["id"] not in (old["id"], new["id"])
        for text in (_first(old, _TEXTS), _first(new, _TEXTS))
    )
    return labels if common else texts


def _elements(charter: Charter, path: Path) -> Sequence[Data]:
    """The items of a list in a charter, also of a list that is inside an item."""
    value: Any = plain(charter)
    name = ""
    for key in path:
        if isinstance(value, list):
            value = next((element for element in value if key_of(element, name) == key), {})
        else:
            value = value.get(key, {})
        name = key
    return [element for element in value or () if "id" in element]


def _is_like(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other)
    return (
        bool(one)
        and matcher.real_quick_ratio() >= THRESHOLD <= matcher.quick_ratio()
        and _ratio(one, other) >= THRESHOLD
    )


def _is_short(text: str) -> bool:
    return len(text.split()) < _FEWEST_WORDS


def _ratio(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second).ratio() if first and second else 0.0


def _first(item: Data, keys: Sequence[str]) -> str:
    return next((str(item[key])[:_LENGTH].casefold() for key in keys if item.get(key)), "")
