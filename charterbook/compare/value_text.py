"""Charter values as words inside a sentence."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from charterbook.charter import ITEM_LISTS, Charter
from charterbook.charter.base import Item, Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.charter.working_calendar import WEEKDAYS
from charterbook.compare.field_names import part_and_shape
from charterbook.compare.lookup import Sides
from charterbook.compare.value_names import number_in_words, unit_name, value_name
from charterbook.diff import Change, Data, Path
from charterbook.diff.change import key_name
from charterbook.i18n import Translator

#: Choices named by a clause, which needs quotation marks inside a sentence.
_SENTENCES = ("part",)


class ValueFormatter:
    """Formatter for the values of two charters in one language."""

    def __init__(self, sides: Sides, t: Translator, *, with_ids: bool = False) -> None:
        self.sides, self.t, self.with_ids = sides, t, with_ids

    @classmethod
    def of(cls, change: Change, sides: Sides, t: Translator) -> ValueFormatter:
        """The formatter for a change. It adds the ids if the change concerns two items with the same name."""
        refers = None
        if change.kind == "changed" and change.path != ("funding", "total"):
            refers = part_and_shape(Charter, change.path)[1].refers
        if refers is None:
            return cls(sides, t)
        ids = {
            id_
            for value in (change.old, change.new)
            for id_ in ([value] if isinstance(value, str) else value or ())
        }
        names = {sides.label(refers.kinds, id_).casefold() for id_ in ids}
        return cls(sides, t, with_ids=len(names) < len(ids))

    def value(self, path: Path, value: Any, *, before: bool = False) -> str:
        """The words of a value at a path. `before` marks a value of the older charter."""
        part, shape = part_and_shape(Charter, path)
        if shape.key == "amount":
            return self.amount(path, value, before=before)
        if path == ("calendar", "days"):
            value = [day for day in WEEKDAYS if day in value]
        if shape.is_list:
            return self.listed(self._one(part, shape, element) for element in value)
        return self._one(part, shape, value)

    def in_sentence(self, path: Path, value: Any, *, before: bool = False) -> str:
        """The words of a value within a sentence, in which a choice does not agree with the name of its field."""
        words = self.value(path, value, before=before)
        part, shape = part_and_shape(Charter, path)
        is_choice = not shape.is_list and value_name(part, shape.key, value, self.t) is not None
        if not is_choice or shape.key in _SENTENCES:
            return words
        return self.t.pgettext("a choice within a sentence", "%(text)s") % {"text": words}

    def _one(self, part: type[Part], shape: Shape, value: Any) -> str:
        if isinstance(value, dict):
            return self._mark(value) if "within" not in value else self.length(value)
        named = unit_name(shape.key, value, self.t) or value_name(part, shape.key, value, self.t)
        if named is not None:
            return self.quoted(named) if shape.key in _SENTENCES else named
        if shape.refers:
            name = self.sides.label(shape.refers.kinds, str(value))
            return f"{name} ({value})" if self.with_ids and name != value else name
        if shape.kind == "date":
            return self.t.date(value)
        if isinstance(value, int | float):
            return number_in_words(shape.key, value, self.t)
        return self.quoted(value) if " " in value else str(value)

    def _mark(self, mark: Data) -> str:
        """A visibility mark in words: the keys or paths, the groups that see them, and the versions in which they do."""
        what = mark.get("keys") or mark.get("paths") or ()
        readers = [mark.get("visible_to") or mark.get("to") or (), mark.get("versions") or ()]
        return f"{self.listed(what)} ({'; '.join(map(self.listed, filter(None, readers)))})"

    def element(self, path: Path, key: str) -> str:
        """The name of an element of a list: of the item with this key, or of the one that the key refers to."""
        _, shape = part_and_shape(Charter, path)
        assert shape.part is not None
        if issubclass(shape.part, Item):
            return self.sides.label((path[-1],), key)
        kind = shapes(shape.part)[key_name(path[-1])]
        return self._one(shape.part, kind, datetime.date.fromisoformat(key) if kind.kind == "date" else key)

    def amount(self, path: Path, value: float, *, before: bool = False) -> str:
        """An amount in the currency of its funding source."""
        charter = self.sides.old if before else self.sides.new
        source = (self.sides.before if before else self.sides.after)(path[:-1]) or {}
        return self.t.money(value, source.get("currency") or charter.funding.currency)

    def figure(self, change: Change, figure: Data, *, before: bool = False) -> str:
        """The value of a metric's figure with its unit."""
        path = change.path[:2]
        metric = self.sides.former(change, path) if before else self.sides.after(path)
        charter = self.sides.old if before else self.sides.new
        return self.t.figure(
            figure["value"], metric["unit"], metric.get("currency") or charter.funding.currency
        )

    def length(self, length: Data, other: Data | None = None) -> str:
        """A length of time in words; just the number if `other` has the same unit."""
        if other is not None and other["unit"] == length["unit"]:
            return self.t.number(length["within"])
        return self.t.duration(length["within"], length["unit"])

    def listed(self, words: Iterable[str]) -> str:
        """Several names, separated by commas."""
        return ", ".join(words)

    def quoted(self, text: str) -> str:
        """A text in the quotation marks of the language."""
        return self.t.gettext("“%(text)s”") % {"text": text}

    def item(self, change: Change) -> str:
        """The name of the changed item; both names if the value comes from an item with a different name."""
        path = change.path
        length = 2 if path[0] in ITEM_LISTS else 3
        current = self.sides.name(path[length - 2], path[length - 1], self.t)
        if change.source is None or change.source[:length] == path[:length]:
            return current
        before = self._label(self.sides.former(change, path[:length]), path[:length])
        return current if before == current else f"{before} → {current}"

    def _label(self, item: Data, path: Path) -> str:
        part = part_and_shape(Charter, path)[1].part
        assert part is not None
        assert issubclass(part, Item)
        return str(item[part.label_key])
