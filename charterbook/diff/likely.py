"""Likely undeclared renames. These are guesses, so they are separate from the changes.

The rule `renamed-item` warns authors about items that are equal rather than similar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from charterbook.charter import Charter
from charterbook.diff.change import Change, Data, Path, key_of, plain
from charterbook.frozen_dataclass import dataclass

#: Minimum similarity (0 to 1) of a pair.
THRESHOLD = 0.7

#: Compared characters of a text; more cost time without a benefit.
_LENGTH = 300

#: Maximum numbers of pairs of items, and of texts that are compared letter by letter.
_MAX_PAIRS, _MAX_THOROUGH = 40_000, 4_000

#: A shorter text, in words, could belong to any item.
_FEWEST_WORDS = 3

#: Keys for the name and for the description of an item.
_LABELS = ("name", "term", "title", "what", "request", "role")
_TEXTS = ("summary", "meaning", "definition", "text", "does", "why", "how", "purpose")


@dataclass(frozen=True)
class LikelyRename:
    """A removed and an added item with similar content; `likeness` is from 0 to 1."""

    old: Path
    new: Path
    likeness: float


@dataclass(frozen=True)
class RenameGuesses:
    """Likely renames; `complete` says whether all removed items were compared with all added ones."""

    found: tuple[LikelyRename, ...]
    complete: bool = True


def likely_renames(changes: Sequence[Change], charters: Sequence[Charter] = ()) -> list[LikelyRename]:
    """The likely pairs of removed and added items, each item once, the most similar first.

    A text that also occurs in other items of these charters is boilerplate, and does not count.
    """
    return list(rename_guesses(changes, charters).found)


def rename_guesses(changes: Sequence[Change], charters: Sequence[Charter] = ()) -> RenameGuesses:
    """The likely renames, in bounded time."""
    removed = [change for change in changes if change.kind == "removed" and change.at is not None]
    added = [change for change in changes if change.kind == "added" and change.at is not None]
    similarity = _Similarity(charters)
    pairs = [(before, after) for before in removed for after in added if before.path[:-1] == after.path[:-1]]
    guesses = [
        LikelyRename(before.path, after.path, round(similarity.of(before, after), 2))
        for before, after in pairs[:_MAX_PAIRS]
        if not _replaces(after.new, before.old)
    ]
    complete = len(pairs) <= _MAX_PAIRS and similarity.left > 0
    return RenameGuesses(tuple(_each_once(guesses)), complete)


def _each_once(guesses: Iterable[LikelyRename]) -> Iterator[LikelyRename]:
    old, new = set[Path](), set[Path]()
    for pair in sorted(guesses, key=lambda pair: -pair.likeness):
        if pair.likeness >= THRESHOLD and pair.old not in old and pair.new not in new:
            old.add(pair.old)
            new.add(pair.new)
            yield pair


def _replaces(new: Data, old: Data) -> bool:
    """Whether the newer item declares that it replaces the older one, so that they are different items."""
    label = _first(old, _LABELS)
    return bool(label) and label in str(new.get("replaces", "")).casefold()


class _Similarity:
    """Similarity of items. `left` is the remaining number of thorough comparisons."""

    def __init__(self, charters: Sequence[Charter]) -> None:
        self._charters = charters
        self._texts: dict[Path, list[tuple[str, str]]] = {}
        self.left = _MAX_THOROUGH

    def of(self, before: Change, after: Change) -> float:
        """The greater similarity, of the labels or of the texts, without boilerplate; 0 below the minimum."""
        old, new = before.old, after.new
        labels, texts = (self._ratio(_first(old, keys), _first(new, keys)) for keys in (_LABELS, _TEXTS))
        if texts <= labels:
            return labels
        return labels if self._is_common(before.path[:-1], old, new) else texts

    def _is_common(self, items: Path, old: Data, new: Data) -> bool:
        """Whether a text is too short, or occurs in other items of the same list."""
        mine = {text: None for text in (_first(old, _TEXTS), _first(new, _TEXTS)) if text}
        if items not in self._texts:
            found = [other for charter in self._charters for other in _elements(charter, items)]
            self._texts[items] = [(other["id"], _first(other, _TEXTS)) for other in found]
        return _is_short(_first(old, _TEXTS)) or any(
            self._ratio(text, other)
            for id_, other in self._texts[items]
            if id_ not in (old["id"], new["id"])
            for text in mine
        )

    def _ratio(self, first: str, second: str) -> float:
        """The similarity of two texts; 0 below the minimum."""
        if not (first and second) or self.left <= 0:
            return 0.0
        matcher = SequenceMatcher(None, first, second)
        if matcher.real_quick_ratio() < THRESHOLD or matcher.quick_ratio() < THRESHOLD:
            return 0.0
        self.left -= 1
        ratio = matcher.ratio()
        return ratio if ratio >= THRESHOLD else 0.0


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


def _is_short(text: str) -> bool:
    return len(text.split()) < _FEWEST_WORDS


def _first(item: Data, keys: Sequence[str]) -> str:
    return next((str(item[key])[:_LENGTH].casefold() for key in keys if item.get(key)), "")
