"""Lookup in two charters: a value by path, an item by kind and id, the former value of a change."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from charterbook.charter import ITEM_LISTS, Charter, Item, all_items
from charterbook.charter.review_section import Meeting
from charterbook.compare.rebase import NewIds
from charterbook.diff import Change, Data, Lineage, Path, key_of, plain
from charterbook.i18n import Translator
from charterbook.identity import section_of


class Sides:
    """The older charter, rebased to the newer one's ids, and the newer one; `followed` maps old ids to new ones."""

    def __init__(
        self, old: Charter, new: Charter, followed: NewIds | None = None, lineage: Lineage | None = None
    ) -> None:
        self.old, self.new, self.followed, self.lineage = old, new, followed or {}, lineage or {}
        self._before, self._after = plain(old), plain(new)
        self._items = _items(old) | _items(new)
        self._former = _former(self.followed)
        self._groups = {one.id: one.name for side in (old, new) for one in side.groups if one.name}

    def before(self, path: Path) -> Any:
        """The older charter's value at a path of the newer one, None if there is none."""
        steps = [self._former.get((path[index - 1], step), step) for index, step in enumerate(path)]
        return value_at(self._before, steps)

    def former(self, change: Change, path: Path) -> Any:
        """The older value at a path that contains a change or leads to it, at the change's own source."""
        if change.source is None:
            return self.before(path)
        return value_at(self._before, change.source[: len(path)])

    def after(self, path: Path) -> Any:
        """The newer charter's value at a path, None if there is none."""
        return value_at(self._after, path)

    def item(self, kind: str, id_: str) -> Item | None:
        """The newer item, else the older one; None if neither charter has it."""
        return self._items.get((kind, id_))

    def name(self, kind: str, id_: str, t: Translator) -> str:
        """The name of an item inside a sentence or as its heading; the id itself if there is no such item."""
        found = self.item(kind, id_)
        return item_name(found, t) if found else id_

    def label(self, kinds: Sequence[str], id_: str) -> str:
        """The name of the item or group of readers of one of these kinds; the id itself if there is none."""
        found = (self.item(kind, id_) for kind in kinds)
        label = self._groups.get(id_, id_) if "groups" in kinds else id_
        return next((item.label for item in found if item), label)


def item_name(item: Item, t: Translator) -> str:
    """The name of an item; a review that was held has none but its day."""
    if isinstance(item, Meeting):
        return t.gettext("Review of %(date)s") % {"date": t.date(item.date)}
    return item.label


def _former(followed: NewIds) -> dict[tuple[str, str], str]:
    """Old ids by new ids. Splits and merges have no such pairs."""
    successors = [(kind, ids[0]) for (kind, _), ids in followed.items() if len(ids) == 1]
    return {
        (kind, ids[0]): id_
        for (kind, id_), ids in followed.items()
        if len(ids) == 1 and successors.count((kind, ids[0])) == 1
    }


def _items(charter: Charter) -> dict[tuple[str, str], Item]:
    return {(kind, item.id): item for kind, item in all_items(charter)}


def value_at(data: Data, path: Sequence[str]) -> Any:
    """The value at a path of plain data, None if there is none."""
    value: Any = data
    name = ""
    for step in path:
        if isinstance(value, list):
            value = next((element for element in value if key_of(element, name) == step), None)
        else:
            value = value.get(step)
        if value is None:
            return None
        name = step
    return value


def item_of(path: Path) -> tuple[str, str] | None:
    """The kind and id of the item at or around a path; None if there is none."""
    for kind, id_ in pairwise(path):
        if kind in ITEM_LISTS and path[0] == section_of(kind):
            return kind, id_
    return None
