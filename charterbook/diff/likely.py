"""Pairs that look like an undeclared rename. A guess, so it stands apart from the changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from charterbook.diff.change import Change, Data, Path

#: From how much likeness on (0 to 1) two items are named.
THRESHOLD = 0.7

#: Compared characters of a text: more cost time and tell nothing new.
_LENGTH = 300

#: What people call an item, and what it says of itself.
_LABELS = ("name", "term", "title", "request", "role")
_TEXTS = ("summary", "meaning", "definition", "text", "does", "why", "how", "purpose")


@dataclass(frozen=True)
class LikelyRename:
    """An item that was removed and one that was added, which look alike by `likeness` (0 to 1)."""

    old: Path
    new: Path
    likeness: float


def likely_renames(changes: Sequence[Change]) -> list[LikelyRename]:
    """The likely pairs among removed and added items, each item once, the most alike first."""
    gone = [change for change in changes if change.kind == "removed" and change.at is not None]
    come = [change for change in changes if change.kind == "added" and change.at is not None]
    pairs = [
        LikelyRename(before.path, after.path, round(_likeness(before.old, after.new), 2))
        for before in gone
        for after in come
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
    """Whether the newer one says that it has taken the older one's place: then it is another one."""
    label = _first(old, _LABELS)
    return bool(label) and label in str(new.get("replaces", "")).casefold()


def _likeness(old: Data, new: Data) -> float:
    """That of the labels or of the texts, whichever is greater."""
    return max(_of_keys(old, new, _LABELS), _of_keys(old, new, _TEXTS))


def _of_keys(old: Data, new: Data, keys: Sequence[str]) -> float:
    first, second = (_first(item, keys) for item in (old, new))
    return SequenceMatcher(None, first, second).ratio() if first and second else 0.0


def _first(item: Data, keys: Sequence[str]) -> str:
    return next((str(item[key])[:_LENGTH].casefold() for key in keys if item.get(key)), "")
