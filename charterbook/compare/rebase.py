"""Rebase of the older charter to the newer one's ids, so that a rename causes no other changes.

References and links follow an item with a new id without being changes themselves. So does an owner in plain words
that became an item of that name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from charterbook.charter import Charter, all_items
from charterbook.charter.base import Part, Reference
from charterbook.charter.model_shape import Shape, shapes
from charterbook.diff import Change, Data, Lineage, plain, successor_positions
from charterbook.diff.rebuild import with_data
from charterbook.load.text_links import readdressed, relinked

#: The new ids of items of a kind, by their old ids.
NewIds = Mapping[tuple[str, str], tuple[str, ...]]


def new_ids(changes: Sequence[Change], lineage: Lineage) -> NewIds:
    """The new ids of items that were renamed, split or merged."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for change in changes:
        kind = change.path[-2] if len(change.path) > 1 else ""
        if change.kind == "renamed":
            found[kind, change.old["id"]] = (change.new["id"],)
        elif change.kind in ("split", "merged"):
            for before, after in successor_positions(change, lineage):
                key = kind, change.old[before]["id"]
                found[key] = (*found.get(key, ()), change.new[after]["id"])
    return found


def rebased(new: Charter, old: Charter, followed: NewIds) -> Charter:
    """The older charter with the references of the newer one; the same object if nothing differs."""
    if not followed and _kinds(new) <= _kinds(old):
        return old
    by_label: dict[tuple[str, str], str] = {}
    for kind, item in all_items(new):
        by_label.setdefault((kind, item.label.casefold()), item.id)
    known = {(kind, item.id) for kind, item in all_items(old)}
    return with_data(old, _Rebaser(followed, by_label, known).mapping(Charter, plain(old)))


def _kinds(charter: Charter) -> set[str]:
    """The kinds of items in a charter."""
    return {kind for kind, _ in all_items(charter)}


class _Rebaser:
    def __init__(
        self, followed: NewIds, by_label: Mapping[tuple[str, str], str], known: set[tuple[str, str]]
    ) -> None:
        self._followed, self._by_label, self._known = followed, by_label, known
        self._pages = {
            f"{kind}/{old}": f"{kind}/{ids[0]}" for (kind, old), ids in followed.items() if len(ids) == 1
        }

    def mapping(self, model: type[Part], data: Data) -> Data:
        expected = shapes(model)
        return {key: self._value(expected[key], value) for key, value in data.items()}

    def _value(self, shape: Shape, value: Any) -> Any:
        if shape.part and shape.is_list:
            return [self.mapping(shape.part, element) for element in value]
        if shape.part:
            return self.mapping(shape.part, value)
        if shape.refers is None:
            return (
                [self._linked(shape, one) for one in value] if shape.is_list else self._linked(shape, value)
            )
        if not shape.is_list:
            ids = self._ids(shape.refers, value)
            return ids[0] if len(ids) == 1 else value
        followed = [id_ for old in value for id_ in self._ids(shape.refers, old)]
        return value if followed == value else list(dict.fromkeys(followed))

    def _linked(self, shape: Shape, value: Any) -> Any:
        """A text with links to the new addresses of items, or such an address."""
        if shape.kind == "text":
            return relinked(value, self._pages)
        return readdressed(value, self._pages) if shape.key == "address" else value

    def _ids(self, refers: Reference, value: str) -> tuple[str, ...]:
        for kind in refers.kinds:
            if (kind, value) in self._known:
                return self._followed.get((kind, value), (value,))
        had = {kind for kind, _ in self._known}
        new = [kind for kind in refers.kinds if refers.if_any and kind not in had]
        names = (self._by_label.get((kind, value.casefold())) for kind in new)
        return (next((name for name in names if name), value),)
