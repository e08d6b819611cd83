"""Charters with a canary in every place of the model that can hold a text, a number or a day.

The model itself is walked, so that new fields are covered. The values that the group `partners` may see are
called "open"; all other values have a secret word in them, and an unusual number or year, for which outputs
are searched.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import yaml

from charterbook.charter import Charter
from charterbook.charter.base import Item, MarkedPart, Part
from charterbook.charter.model_shape import Shape, shapes

#: The groups that see marked parts, and the group whose handbook is searched.
GROUPS = [
    {"id": "partners", "name": "Partners"},
    {"id": "internal", "name": "Internal", "sees": ["partners"]},
    {"id": "editors"},
]
INTERNAL, NOBODY = ["internal"], ["editors"]

#: The sections that are restricted as a whole.
SECRET_SECTIONS = ("risks", "capacity")

#: Values of keys with a special form.
_FORMS: dict[str, Any] = {
    "currency": "USD",
    "hours": "09:00-12:30",
    "timezone": "Europe/Berlin",
    "agreed": f"v1-{'0' * 20}",
    "period": "2026",
    "unit": "percent",
    "revisit": "2027-Q1",
}
_MARKS = ("visible_to", "restricted")


class _WithoutAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


class CanaryMaker:
    """Maker of a charter. `word` is the one in all hidden values, `number` a number of six digits, `year` a year."""

    def __init__(
        self, word: str = "hush", number: int = 918_273, year: int = 2099, *, marked: bool = True
    ) -> None:
        self.secret, self.number, self.year, self.marked = word, number, year, marked
        self._count, self._owner = 0, ""

    def charter(self, **changes: Any) -> str:
        """The text of the charter. It is the same each time."""
        self._count = 0
        data: dict[str, Any] = {
            "title": "Open charter",
            "organisation": "Open organisation",
            **{key: self.section(key) for key in shapes(Charter) if self._is_section(key)},
            **changes,
        }
        if self.marked:
            data["groups"] = GROUPS
            data["restricted"] = [{"keys": list(SECRET_SECTIONS), "visible_to": INTERNAL}]
        return yaml.dump(data, Dumper=_WithoutAliases, allow_unicode=True, sort_keys=False)

    def _is_section(self, key: str) -> bool:
        shape = shapes(Charter)[key]
        return shape.part is not None and key not in ("groups", "released", *_MARKS)

    def section(self, key: str) -> Any:
        """A section with hidden parts."""
        shape = shapes(Charter)[key]
        if shape.is_list:
            return list(self._items(shape))
        assert shape.part is not None
        return self._mixed(shape.part, (key,), key in SECRET_SECTIONS)

    def _items(self, shape: Shape) -> Iterator[dict[str, Any]]:
        """An item that the group sees in full, one in part, and two that it does not see."""
        assert shape.part is not None
        kind, secret = shape.key, shape.key in SECRET_SECTIONS
        yield self._part(shape.part, f"{self.secret if secret else 'open'}-{kind}", hidden=secret)
        yield self._mixed(shape.part, (kind,), secret, f"{self.secret if secret else 'open'}-mixed-{kind}")
        for name, groups in (("own", INTERNAL), ("none", NOBODY)):
            self._owner = name if groups is NOBODY else ""
            item = self._part(shape.part, f"{self.secret}-{name}-{kind}", hidden=True)
            self._owner = ""
            yield item | ({"visible_to": groups} if self.marked else {})

    def _mixed(self, model: type[Part], path: tuple[str, ...], secret: bool, id_: str = "") -> dict[str, Any]:
        """A mapping of which all keys are hidden that can be."""
        keys = [key for key in _optional(model) if not _has_items(shapes(model)[key])]
        data = self._part(model, id_, hidden=secret, secret_keys=keys)
        if self.marked and keys:
            data["restricted"] = [{"keys": keys, "visible_to": INTERNAL}]
        return data

    def _part(
        self, model: type[Part], id_: str = "", *, hidden: bool, secret_keys: list[str] | None = None
    ) -> dict[str, Any]:
        """A mapping with a value for each key."""
        found: dict[str, Any] = {}
        for key, shape in shapes(model).items():
            is_secret = hidden or key in (secret_keys or ())
            if key == "id":
                found[key] = id_ or f"{self.word(is_secret)}-{shape.key}"
            elif key not in (*_MARKS, "was"):
                found[key] = self._value(shape, model, is_secret)
        return {key: value for key, value in found.items() if value is not None}

    def _value(self, shape: Shape, model: type[Part], secret: bool) -> Any:
        if shape.is_list and shape.part and issubclass(shape.part, Item):
            return list(self._items(shape))
        if shape.is_list and shape.part and issubclass(shape.part, MarkedPart) and not secret:
            hidden = self._part(shape.part, hidden=True) | ({"visible_to": INTERNAL} if self.marked else {})
            return [self._part(shape.part, hidden=False), hidden]
        if shape.refers:
            return self._reference(shape, secret)
        one = self._part(shape.part, hidden=secret) if shape.part else self._scalar(shape, secret)
        return [one] if shape.is_list else one

    def _reference(self, shape: Shape, secret: bool) -> Any:
        """Items that the group sees, and others that it does not see; of metrics, only the ones that can be driven."""
        assert shape.refers is not None
        kind = shape.refers.kinds[0]
        if shape.key == "drives":
            return []
        open_, own = f"open-{kind}", f"{self.secret}-own-{kind}"
        if shape.is_list:
            return [own] if secret else [open_, own]
        return own if secret else open_

    def _scalar(self, shape: Shape, secret: bool) -> Any:
        if shape.choices:
            return shape.choices[0]
        if shape.kind == "date":
            month = 1 if shape.key in ("since", "start") else 12
            return datetime.date(self.year if secret else 2026, month, 1 + self._next() % 28)
        if shape.kind in ("number", "integer"):
            return self._number(shape, secret)
        return self._formed(shape, secret) or self._text(shape, secret)

    def _formed(self, shape: Shape, secret: bool) -> str | None:
        """A value with a special form, which can still say whether it is hidden."""
        if shape.key == "address":
            return f"https://{self.word(secret)}.example.com/"
        if shape.key == "currency" and secret:
            return "CHF"
        is_free = shape.key in ("period", "unit", "revisit")
        return None if secret and is_free else _FORMS.get(shape.key)

    def _text(self, shape: Shape, secret: bool) -> str:
        text = f"{self.word(secret)} {shape.key}"
        if shape.kind != "text" or secret:
            return text
        return (
            f"{text}, see [the page](services/{self.secret}-own-services) and [more](services/open-services)"
        )

    def _number(self, shape: Shape, secret: bool) -> float:
        if shape.key in ("level", "definition_version"):
            return 1
        if "share" in shape.key:
            return self.number / 10_000 if secret and shape.key != "share" else 25
        return self.number if secret else 7

    def word(self, secret: bool) -> str:
        """A separate word for each value."""
        return f"{self.secret + self._owner if secret else 'open'}{self._next()}"

    def _next(self) -> int:
        self._count += 1
        return self._count


def _optional(model: type[Part]) -> list[str]:
    """The keys of a mapping that can be restricted."""
    needed = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    fixed = {"id", "was", *_MARKS} if issubclass(model, Item) else {*_MARKS}
    return [key for key in shapes(model) if key not in needed | fixed]


def _has_items(shape: Shape) -> bool:
    return shape.part is not None and issubclass(shape.part, Item)
