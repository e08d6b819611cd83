"""What is hidden from a group in every charter of a history, and what is released in spite of that.

The newest state of each item and section decides. A hidden item is also hidden in older charters, including under its
former ids. Deleted items and deleted keys are judged by their last state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence, Set
from functools import cached_property

from charterbook.charter import ITEM_LISTS, Charter
from charterbook.charter.base import Item, Part
from charterbook.charter.reader_groups import Release
from charterbook.identity import other_list, path_of
from charterbook.load.group_checks import TOP_KEYS
from charterbook.visibility.element_marks import ElementMarks
from charterbook.visibility.group_marks import (
    HiddenPath,
    Path,
    hidden_inside,
    is_hidden,
    listed_items,
    restricted_paths,
    seen_groups,
    values_of,
)


class PastMarks:
    """The marks of all charters of a history for a group. `charters` are the newest first.

    `releases` come from the published charter. `also` has the marks of a draft, which can hide parts but never reveal
    them.
    """

    def __init__(
        self,
        charters: Sequence[Charter],
        group: str,
        releases: Iterable[Release] = (),
        also: PastMarks | None = None,
    ) -> None:
        self.group, self._also = group, also
        self.now = seen_groups(charters[0], group) if charters else frozenset()
        self._last: dict[Path, frozenset[HiddenPath]] = {}
        self._shown: dict[Path, set[str]] = {}
        self._elements: dict[Path, ElementMarks] = defaultdict(ElementMarks)
        self._noted: dict[Path, object] = {}
        self._heirs: dict[Path, set[Path]] = defaultdict(set)
        self._hidden: dict[Path, frozenset[HiddenPath]] = {}
        self._known: dict[Hashable, dict[tuple[Path, int], tuple[Item, Part | None]]] = {}
        self._hidden_then: set[Path] = set()
        self._seen_then: set[Path] = set()
        self._releases = [
            (tuple(path.split(".")), frozenset(one.versions))
            for one in releases
            if group in one.to
            for path in one.paths
        ]
        for charter in charters:
            self._add(charter)

    def known_items(self, context: Hashable) -> dict[tuple[Path, int], tuple[Item, Part | None]]:
        """Cache of the items filtered in a context, by path and object: most revisions have the same marks."""
        return self._known.setdefault(context, {})

    def satisfied(self, charter: Charter) -> frozenset[str]:
        """The groups to which the group belongs according to both this charter and the newest one."""
        return seen_groups(charter, self.group) & self.now

    def _add(self, charter: Charter) -> None:
        seen = self.satisfied(charter)
        closed = frozenset(restricted_paths(charter, seen))
        for key in TOP_KEYS:
            self._add_section(charter, key, seen, {one for one in closed if one.path[0] == key})
        for path, item in listed_items(charter):
            place = one_list(path)
            self._note(place, item, seen)
            section = getattr(charter, path[0])
            hidden = HiddenPath(path[:1]) in closed or HiddenPath(path[:-1]) in closed
            hidden = hidden or (isinstance(section, Part) and is_hidden(section, seen))
            (self._hidden_then if hidden or is_hidden(item, seen) else self._seen_then).add(place)
            for former in item.was:
                self._heirs[one_list((*path[:-1], former))].add(place)

    def _add_section(self, charter: Charter, key: str, seen: Set[str], closed: Set[HiddenPath]) -> None:
        value = getattr(charter, key)
        if value or closed:
            self._note((key,), value, seen, frozenset(HiddenPath(one.path[1:]) for one in closed))

    def _note(
        self, place: Path, value: object, seen: Set[str], closed: frozenset[HiddenPath] = frozenset()
    ) -> None:
        """Note the parts that a charter hides inside an item or section, unless a newer one shows them."""
        if place in self._noted and self._noted[place] is value and not closed:
            return
        inside = frozenset(hidden_inside(value, seen)) if isinstance(value, Part) else frozenset()
        if isinstance(value, Part):
            self._elements[place].add(value, seen, inside | closed)
        shown = self._shown.get(place)
        found = inside | closed
        if shown is not None:
            found = frozenset(one for one in found if one.path and not shown.intersection(one.path[:1]))
        self._last[place] = self._last.get(place, frozenset()) | found
        keys = {key for key, _, _ in values_of(value)} if isinstance(value, Part) else set()
        self._shown[place] = (shown or set()) | keys - {
            one.path[0] for one in inside | closed if len(one.path) == 1
        }
        self._noted[place] = value

    def hidden(self, place: Path) -> frozenset[HiddenPath]:
        """The hidden parts of an item or section, by its newest state and the states of its successors."""
        place = one_list(place)
        if place not in self._hidden:
            found = [
                self._last.get(one, frozenset()) | self._elements[one].hidden
                for one in self._with_heirs(place)
            ]
            found += [self._also.hidden(place)] if self._also else []
            self._hidden[place] = frozenset().union(*found)
        return self._hidden[place]

    def _with_heirs(self, place: Path) -> set[Path]:
        found: set[Path] = set()
        pending = [place]
        while pending:
            one = pending.pop()
            if one not in found:
                found.add(one)
                pending += self._heirs.get(one, ())
        return found

    @cached_property
    def secret(self) -> frozenset[Path]:
        """All items that are hidden as a whole in some charter."""
        now = (one for one in self._last if HiddenPath(()) in self.hidden(one))
        drafted = self._also.secret if self._also else ()
        return frozenset((*self._hidden_then, *now, *drafted))

    def is_list_hidden(self, path: Path) -> bool:
        """Whether a list of items is hidden now: with its section, or as a field of the section."""
        return bool({HiddenPath(()), HiddenPath(path[1:])} & self.hidden(path[:1]))

    def is_secret(self, kind: str, id_: str) -> bool:
        """Whether an item of this id is hidden as a whole in some charter."""
        if kind not in ITEM_LISTS:
            return False
        return self.is_list_hidden(path_of(kind)) or one_list(path_of(kind, id_)) in self.secret

    def may_name(self, kind: str, id_: str) -> bool:
        """Whether a former id belongs to an item that the group has always seen."""
        return one_list(path_of(kind, id_)) in self._seen_then and not self.is_secret(kind, id_)

    @property
    def has_releases(self) -> bool:
        """Whether anything is released to the group."""
        return bool(self._releases)

    def is_released(self, path: Path, versions: Sequence[str]) -> bool:
        """Whether a path is released for all of these versions of a revision."""
        return bool(versions) and any(
            path[: len(start)] == start and (not only or only.issuperset(versions))
            for start, only in self._releases
        )


def one_list(path: Path) -> Path:
    """A path with a common name for two lists between which an item can move."""
    if len(path) > 1 and path[0] == "scope" and (other := other_list(path[1])):
        return ("scope", min(path[1], other), *path[2:])
    return path
