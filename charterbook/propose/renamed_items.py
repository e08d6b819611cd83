"""The names of items after a set of changes, so that changes can be matched when applied again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from charterbook.propose.paths import text_of
from charterbook.propose.proposal import ProposedChange

#: The identifying keys of items.
_NAMES = ("id", "request", "role")


class NewNames:
    """Renamed and removed items of a set of changes, by their former paths."""

    def __init__(self, changes: Sequence[ProposedChange]) -> None:
        self._renamed: dict[str, str] = {}
        self._removed: set[str] = set()
        self._added: set[str] = set()
        for change in changes:
            path = text_of(change.path)
            item, _, key = path.rpartition(".")
            if key in _NAMES and item.endswith(f".{change.old}") and isinstance(change.new, str):
                self._renamed[item] = item.removesuffix(str(change.old)) + change.new
            if change.new is None:
                self._removed.add(path)
            if change.old is None:
                self._added.add(path)

    def clash(self, path: str | Sequence[str]) -> bool:
        """Whether a second change uses the same new name as the change at this path."""
        new = self._renamed.get(text_of(path).rpartition(".")[0])
        return new in self._added or list(self._renamed.values()).count(str(new)) > 1

    def path(self, path: str | Sequence[str]) -> str:
        """A path with the new names of its items, the innermost first."""
        text = text_of(path)
        for item in sorted(self._renamed, key=len, reverse=True):
            if text.startswith(f"{item}."):
                text = self._renamed[item] + text.removeprefix(item)
        return text

    def items(self, path: str | Sequence[str], ids: Sequence[str], present: Collection[str]) -> Iterator[str]:
        """Ids of a list's items that are present, by their new names, without removed ones."""
        for id_ in ids:
            item = f"{text_of(path)}.{id_}"
            new = self._renamed.get(item, item).removeprefix(f"{text_of(path)}.")
            if id_ in present or item not in self._removed:
                yield id_ if id_ in present else new
