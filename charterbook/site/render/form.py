"""What the form for proposals needs to know: the charter's values, its fields, and the words of checks.

All of it is made from the JSON Schema and from what the loader, the rules and comparisons say, as data that
JSON can hold. The form itself is made of it in the browser.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from charterbook.charter import ITEM_LISTS, SECTIONS, Charter
from charterbook.charter.base import RESERVED_IDS, Item, Part
from charterbook.charter.charter_schema import published
from charterbook.charter.model_shape import Shape, shapes
from charterbook.compare import Severity
from charterbook.compare.field_names import field_name, section_title, value_name
from charterbook.compare.severity import severity_of
from charterbook.diff.change import key_name
from charterbook.i18n import Translator, translator
from charterbook.identity import path_of
from charterbook.load.semantic_checks import INDEX_IDS, PAGES
from charterbook.rules import RULES
from charterbook.site.render.form_strings import NEW, checks, form_strings, plurals

#: Rules about good charters that look at one field alone: what they want is said where the field is empty.
_WANTED = {
    "Service.audiences": "service-audience",
    "Service.metrics": "service-metric",
    "Service.for_buyer": "service-balance",
    "Service.for_seller": "service-balance",
    "Mission.why": "mission-why",
    "Metric.baseline": "metric-complete",
    "Metric.target": "metric-complete",
    "Metric.owner": "metric-complete",
    "Metric.source": "metric-complete",
}

#: What nobody changes by a form: the format of the file, and former ids.
_HIDDEN = ("schema", "was")

#: JSON Schema's words for limits, and the form's.
_LIMITS = {"minimum": "min", "exclusiveMinimum": "above", "maximum": "max", "maxLength": "longest"}

Data = dict[str, Any]


def form(charter: Charter, severity: Mapping[str, Severity]) -> Data:
    """The whole description, for a charter as it is today."""
    t = translator(charter.language)
    maker = _FormDescriber(t, severity)
    return {
        "language": charter.language,
        "charter": _plain(charter.model_dump(mode="python", by_alias=True, exclude_unset=True)),
        "sections": list(maker.sections()),
        "kinds": {kind: maker.kind(kind) for kind in ITEM_LISTS},
        "parts": maker.parts,
        "reserved": sorted(RESERVED_IDS | INDEX_IDS),
        "reservedSections": sorted({*PAGES, *SECTIONS, *ITEM_LISTS}),
        "checks": checks(t),
        "plurals": plurals(t),
        "words": form_strings(t),
    }


def _plain(value: Any) -> Any:
    """Data as JSON can hold it: a day is a text there."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


class _FormDescriber:
    """Describes sections, kinds and the parts that they are made of, in one language."""

    def __init__(self, t: Translator, severity: Mapping[str, Severity]) -> None:
        self.t, self.severity = t, severity
        self.schema = json.loads(published())
        self.parts: dict[str, list[Data]] = {}

    def sections(self) -> Iterator[Data]:
        """The charter itself, then its sections that are more than a list of items."""
        yield self._section("charter", Charter, self._fields(Charter, ()))
        for key in SECTIONS:
            shape = shapes(Charter)[key]
            fields = [] if shape.is_list or shape.part is None else self._fields(shape.part, (key,))
            if fields and shape.part:
                yield self._section(key, shape.part, fields)

    def _section(self, key: str, part: type[Part], fields: list[Data]) -> Data:
        self.parts[part.__name__] = fields
        return {"key": key, "label": section_title(key, self.t), "part": part.__name__}

    def kind(self, kind: str) -> Data:
        """A kind of items."""
        part = _item_part(kind)
        path = path_of(kind)
        self.parts.setdefault(part.__name__, self._fields(part, (*path, "*")))
        return {
            "path": list(path),
            "label": section_title(kind, self.t),
            "new": self.t.gettext(NEW[kind]),
            "part": part.__name__,
            "name": part.label_key,
            "required": path[-1] in self._model_of(path).get("required", ()),
            "severity": {
                what: severity_of(what, (*path, "*"), self.severity) for what in ("added", "removed")
            },
        }

    def _model_of(self, path: tuple[str, ...]) -> Data:
        """The schema of what holds the last key of a path."""
        return self._definition(Charter if len(path) == 1 else shapes(Charter)[path[0]].part or Charter)

    def _definition(self, part: type[Part]) -> Data:
        found: Data = self.schema if part is Charter else self.schema["$defs"][part.__name__]
        return found

    def _fields(self, part: type[Part], path: tuple[str, ...]) -> list[Data]:
        schema = self._definition(part)
        required = schema.get("required", ())
        return [
            self._field(part, shape, schema["properties"][shape.key], path, shape.key in required)
            for shape in shapes(part).values()
            if _is_in_form(shape, part)
        ]

    def _field(
        self, part: type[Part], shape: Shape, schema: Data, path: tuple[str, ...], required: bool
    ) -> Data:
        path = (*path, shape.key)
        name = field_name(part, shape.key, self.t)
        rule = RULES.get(_WANTED.get(f"{part.__name__}.{shape.key}", ""))
        known: Data = {
            "key": shape.key,
            "label": name[0].upper() + name[1:],
            "help": self.t.gettext(schema["description"]),
            "kind": shape.kind,
            "list": shape.is_list,
            "required": required,
            "choices": self._choices(part, shape, schema),
            "default": schema.get("default"),
            "part": self._inner(shape, path),
            "refers": list(shape.refers.kinds) if shape.refers else None,
            "free": bool(shape.refers and shape.refers.if_any),
            "example": next(iter(schema.get("examples", ())), None),
            "advice": f"{self.t.gettext(rule.title)}. {self.t.gettext(rule.why)}" if rule else None,
            "severity": severity_of("changed", path, self.severity),
            "knownBy": key_name(shape.key) if shape.part and shape.is_list else None,
            "comesOrGoes": severity_of("added", (*path, "*") if shape.is_list else path, self.severity)
            if shape.part
            else None,
        }
        limits = {short: _limit(schema, long) for long, short in _LIMITS.items()}
        return {key: value for key, value in (known | limits).items() if _says(value)}

    def _inner(self, shape: Shape, path: tuple[str, ...]) -> str | None:
        """The name of the part that a value is, with its fields described."""
        if shape.part is None:
            return None
        inside = (*path, "*") if shape.is_list else path
        name = f"{shape.part.__name__}.{path[-1]}"
        self.parts.setdefault(name, self._fields(shape.part, inside))
        return name

    def _choices(self, part: type[Part], shape: Shape, schema: Data) -> list[list[str]]:
        """The values of a closed list, or of a short row of whole numbers, with what they are called."""
        values: Sequence[object] = shape.choices
        if shape.kind == "integer" and "maximum" in schema:
            values = range(schema["minimum"], schema["maximum"] + 1)
        return [[str(value), self._value(part, shape.key, value)] for value in values]

    def _value(self, part: type[Part], key: str, value: object) -> str:
        found = value_name(part, key, value, self.t) or str(value)
        return found[0].upper() + found[1:]


def _item_part(kind: str) -> type[Item]:
    """The model of the items of a kind."""
    model: type[Part] = Charter
    for key in path_of(kind):
        found = shapes(model)[key].part
        assert found is not None
        model = found
    assert issubclass(model, Item)
    return model


def _is_in_form(shape: Shape, part: type[Part]) -> bool:
    """Whether the form asks for a field itself: not for other items, and of the charter not for its sections."""
    if shape.key in _HIDDEN or (part is Charter and shape.part):
        return False
    return not (shape.is_list and shape.part and issubclass(shape.part, Item))


def _says(value: object) -> bool:
    """Whether a value has to be told: what is not there is the same as false or empty."""
    return value is not None and value is not False and value != []


def _limit(schema: Data, name: str) -> float | None:
    """A limit of a value, or of each value of a list."""
    found: float | None = schema.get(name, schema.get("items", {}).get(name))
    return found
