"""A charter without the parts that a group does not see, and without references to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from charterbook.charter import SECTIONS, Charter
from charterbook.charter.base import Item, Part, Reference
from charterbook.charter.model_shape import Shape, shapes
from charterbook.charter.questions import Figure, Metric, last_figure
from charterbook.charter.review_section import SignOff
from charterbook.i18n import N_, translator
from charterbook.load.group_checks import TOP_KEYS
from charterbook.visibility.absent_sections import absent_funding, absent_mission
from charterbook.visibility.group_marks import (
    HiddenPath,
    Path,
    element_key,
    is_hidden,
    listed_items,
    restricted_paths,
    values_of,
)
from charterbook.visibility.past_marks import PastMarks
from charterbook.visibility.visible_links import is_visible, without_hidden_links

#: Substitute for the name of a role that is required, if the group does not see the role.
UNNAMED_ROLE = N_("a role that is not named here")

#: Values that summarise others, each with the list that its default is taken from: the last figure.
_LAST_OF = (("actual", "values"), ("target", "targets"))


class _Place(NamedTuple):
    """A place in the charter: its path, its path inside the item or section, and the parts that are hidden there now."""

    path: Path
    inside: Path
    hidden: frozenset[HiddenPath]

    def step(self, key: str) -> _Place:
        """The place of a key or an element."""
        return _Place((*self.path, key), (*self.inside, key), self.hidden)


class CharterView:
    """Filter of one charter for a group. `versions` are the versions that show it; without any, nothing is released.

    `filtered` fills `left_out` with the omitted references, and `texts` with all texts, each with its path.
    """

    def __init__(self, charter: Charter, marks: PastMarks, versions: Sequence[str] = ()) -> None:
        self._charter, self._marks = charter, marks
        self._versions = tuple(versions) if marks.has_releases else ()
        self._seen = marks.satisfied(charter)
        self._closed = frozenset(restricted_paths(charter, self._seen))
        self._absent = frozenset(key for key in TOP_KEYS if self._is_absent(key))
        self._visible = frozenset(_named(charter, self._is_item_visible))
        self.left_out: list[tuple[Path, str]] = []
        self.texts: list[tuple[Path, str]] = []
        self._hidden = frozenset(_named(charter, lambda path, item: not self._is_item_visible(path, item)))
        #: Cache of filtered items. Its key has everything that a reference in an item can depend on.
        self._known = marks.known_items(
            (self._hidden, self._visible, self._seen, self._absent, self._versions)
        )

    def filtered(self) -> Charter:
        """The charter as the group sees it."""
        found: dict[str, Any] = {}
        for key, name, value in values_of(self._charter):
            if key not in self._absent:
                place = _Place((key,), (), self._hidden_in_section(key))
                self._put(found, (key, name), shapes(Charter)[key], value, place)
        fields = set(found)
        found |= {key: [] for key in ("services", "audiences", "metrics") if key not in found}
        found.setdefault("mission", absent_mission())
        found.setdefault("funding", absent_funding())
        return Charter.model_construct({_attribute(Charter, key) for key in fields}, **found)

    @property
    def hidden_names(self) -> frozenset[str]:
        """The names of hidden items, except ones that a visible item has as its name or id."""
        return frozenset(item.label for item in self._hidden_items) - self._visible_names

    @property
    def hidden_ids(self) -> frozenset[str]:
        """The ids of hidden items, except ones that are also a name, or that a visible item shares."""
        ids = frozenset(item.id for item in self._hidden_items)
        return ids - frozenset(item.label for item in self._hidden_items) - self._visible_names

    @cached_property
    def _hidden_items(self) -> list[Item]:
        return [
            item for path, item in listed_items(self._charter) if (path[-2], item.id) not in self._visible
        ]

    @cached_property
    def _visible_names(self) -> frozenset[str]:
        visible = (item for path, item in listed_items(self._charter) if (path[-2], item.id) in self._visible)
        return frozenset(name for item in visible for name in (item.id, item.label))

    def _is_absent(self, key: str) -> bool:
        """Whether a section or any other top-level key is hidden as a whole."""
        value = getattr(self._charter, key)
        hidden = isinstance(value, Part) and is_hidden(value, self._seen)
        hidden = hidden or HiddenPath(()) in self._hidden_in_section(key)
        return hidden and not self._is_released((key,))

    def _hidden_in_section(self, key: str) -> frozenset[HiddenPath]:
        """The parts of a section that are hidden now, and by marks at the top."""
        own = {HiddenPath(one.path[1:]) for one in self._closed if one.path[0] == key}
        return self._marks.hidden((key,)) | own

    def _is_released(self, path: Path) -> bool:
        return self._marks.is_released(path, self._versions)

    def _is_item_visible(self, path: Path, item: Item) -> bool:
        if path[0] in self._absent or self._is_list_hidden(path[:-1]):
            return False
        hidden = is_hidden(item, self._seen) or HiddenPath(()) in self._marks.hidden(path)
        return not hidden or self._is_released(path)

    def _is_list_hidden(self, path: Path) -> bool:
        """Whether a list inside a section is hidden."""
        section = getattr(self._charter, path[0])
        own = restricted_paths(section, self._seen) if isinstance(section, Part) else ()
        hidden = HiddenPath(path[1:]) in (self._hidden_in_section(path[0]) | {*own})
        return len(path) > 1 and hidden and not self._is_released(path)

    def _put(
        self, found: dict[str, Any], names: tuple[str, str], shape: Shape, value: Any, place: _Place
    ) -> None:
        """Add the visible part of a value to the others; nothing if there is none."""
        visible = self._value(shape, value, place)
        if visible is not None:
            found[names[0]] = visible
        elif value is None:
            found[names[0]] = None

    def _value(self, shape: Shape, value: Any, place: _Place) -> Any:
        if isinstance(value, list):
            return self._list(shape, value, place)
        if isinstance(value, Item):
            return self._item(value, place)
        if isinstance(value, Part):
            return self._part(value, place)
        return self._scalar(shape, value, place.path) if isinstance(value, str) else value

    def _scalar(self, shape: Shape, value: str, path: Path) -> str | None:
        if shape.refers is not None:
            if self._may_refer(shape.refers, value):
                return value
            self.left_out.append((path, value))
            return None
        if shape.kind in ("text", "line"):
            self.texts.append((path, value))
        if shape.kind != "text":
            return value
        return without_hidden_links(value, self._is_page)

    def _list(self, shape: Shape, values: list[Any], place: _Place) -> list[Any]:
        one = shape.one
        shown = self._listed_keys(place)
        found = []
        for value in values:
            key = element_key(value, shape.key) if isinstance(value, Part) else str(value)
            at = place.step(key)
            if shown is None or key in shown or not isinstance(value, Part) or self._is_released(at.path):
                found.append(self._value(one, value, at))
        return [value for value in found if value is not None]

    def _listed_keys(self, place: _Place) -> frozenset[str] | None:
        """The keys of the visible elements of a list, if some elements are hidden now."""
        found = [one.visible for one in place.hidden if one.path == place.inside and one.visible is not None]
        return frozenset.intersection(*found) if found else None

    def _item(self, item: Item, place: _Place) -> Part | None:
        known = self._known.get((place.path, id(item)))
        if known is None:
            known = item, self._filtered_item(item, place.path)
            self._known[place.path, id(item)] = known
        return known[1]

    def _filtered_item(self, item: Item, path: Path) -> Part | None:
        if not self._is_item_visible(path, item):
            return None
        return self._part(item, _Place(path, (), self._marks.hidden(path)))

    def _part(self, part: Part, place: _Place) -> Part | None:
        """A mapping without hidden keys; None if it is hidden, or if a key that it requires is."""
        marked = is_hidden(part, self._seen) or HiddenPath(place.inside) in place.hidden
        if marked and not self._is_released(place.path):
            return None
        own = frozenset(restricted_paths(part, self._seen, place.inside))
        place = place._replace(hidden=place.hidden | own) if own else place
        found: dict[str, Any] = {}
        for key, name, value in values_of(part):
            at = place.step(key)
            if HiddenPath(at.inside) not in place.hidden or self._is_released(at.path):
                self._put(found, (key, name), shapes(type(part))[key], value, at)
        self._adjust(part, found, place.path)
        return _rebuilt(part, found)

    def _adjust(self, part: Part, found: dict[str, Any], path: Path) -> None:
        """Apply the rules of single models."""
        if isinstance(part, Item) and "was" in found:
            found["was"] = [one for one in part.was if self._marks.may_name(path[-2], one)]
        if isinstance(part, Metric):
            _last_visible(part, found)
        if isinstance(part, SignOff):
            found.pop("agreed", None)
        if path == ("funding",) and "owner" not in found:
            found["owner"] = translator(self._charter.language).gettext(UNNAMED_ROLE)
        address = found.get("address")
        if isinstance(address, str) and not is_visible(address, self._is_page):
            found.pop("address")

    def _may_refer(self, refers: Reference, id_: str) -> bool:
        """Whether a reference is visible: not if any item that it can mean is hidden."""
        names = {(kind, id_) for kind in refers.kinds}
        if names & self._hidden:
            return False
        return bool(names & self._visible) or not any(
            self._marks.is_secret(kind, id_) for kind in refers.kinds
        )

    def _is_page(self, target: str) -> bool:
        """Whether a target is a page that the group sees."""
        kind, slash, name = target.partition("/")
        if slash:
            return (kind, name) in self._visible
        return kind in SECTIONS and kind not in self._absent and self._charter.has(kind)


def _named(charter: Charter, wanted: Any) -> Iterator[tuple[str, str]]:
    """Kinds and ids of items, and of the decisions in meetings."""
    for path, item in listed_items(charter):
        if wanted(path, item):
            yield path[-2], item.id
        for decision in getattr(item, "decisions", ()):
            if wanted(path, item):
                yield "meeting_decisions", decision.id


def _rebuilt(part: Part, found: dict[str, Any]) -> Part | None:
    """The mapping with only these values; None if a required one is missing. The same object if nothing is hidden."""
    model = type(part)
    needed = (field.alias or name for name, field in model.model_fields.items() if field.is_required())
    if not found.keys() >= set(needed):
        return None
    said = {key: value for key, _, value in values_of(part)}
    is_unmarked = len(said) == len(part.model_fields_set) and said.keys() == found.keys()
    if is_unmarked and all(_is_unchanged(said[key], found[key]) for key in said):
        return part
    return model.model_construct({_attribute(model, key) for key in found}, **found)


def _is_unchanged(old: Any, new: Any) -> bool:
    """Whether a value is the same, with the same inner mappings."""
    if isinstance(old, list):
        return len(old) == len(new) and all(map(_is_unchanged, old, new))
    return old is new or not (isinstance(old, Part) or old != new)


def _attribute(model: type[Part], key: str) -> str:
    return next(name for name, field in model.model_fields.items() if (field.alias or name) == key)


def _last_visible(metric: Metric, found: dict[str, Any]) -> None:
    """A current value that repeats the last value of a series, for a group that does not see that last value."""
    for name, series in _LAST_OF:
        if _content_of(getattr(metric, name)) == _content_of(last_figure(getattr(metric, series))):
            found.pop(name, None)
            last = last_figure(found.get(series, []))
            if last is not None:
                found[name] = last


def _content_of(figure: Figure | None) -> tuple[Any, ...] | None:
    return (figure.value, figure.date, figure.note) if figure else None
