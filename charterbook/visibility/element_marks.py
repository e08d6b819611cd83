"""The elements of lists without ids, such as promises, that a group is allowed to see in all versions.

An element is identified by a name that can change: a missing element could be a hidden element with a different name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set

from charterbook.charter.base import Part
from charterbook.visibility.group_marks import HiddenPath, Path, element_key, is_hidden, unnamed_elements


class ElementMarks:
    """The marks of the elements in an item or section, from charters that are added newest first.

    An element is shown if its newest state is, and if no newer charter without it hides an element of the list.
    """

    def __init__(self) -> None:
        self._is_shown: dict[Path, dict[str, bool]] = defaultdict(dict)
        self._hiding: set[Path] = set()

    def add(self, part: Part, seen: Set[str], closed: Set[HiddenPath]) -> None:
        """Add the next older state. `closed` are the parts hidden in it."""
        hiding: set[Path] = set()
        for path, element in unnamed_elements(part):
            is_shown = not is_hidden(element, seen) and HiddenPath(path) not in closed
            known = self._is_shown[path]
            known.setdefault(element_key(element, path[-1]), is_shown and path not in self._hiding)
            if not is_shown:
                hiding.add(path)
        self._hiding |= hiding

    @property
    def hidden(self) -> frozenset[HiddenPath]:
        """The lists with hidden elements, with the keys of the visible ones."""
        return frozenset(HiddenPath(path, self._shown_in(path)) for path in self._hiding)

    def _shown_in(self, path: Path) -> frozenset[str]:
        return frozenset(key for key, is_shown in self._is_shown[path].items() if is_shown)
