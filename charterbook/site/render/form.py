"""Data of the form for proposals: the charter's values, its fields, and the texts of checks.

It is derived from the JSON Schema and from the texts of the loader, rules and comparisons, and is
serializable as JSON. The form itself is built in the browser.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from charterbook.charter import ITEM_LISTS, SECTIONS, Charter
from charterbook.charter.base import RESERVED_IDS, Item, Part
from charterbook.charter.charter_schema import schema_file
from charterbook.charter.model_shape import Shape, shapes
from charterbook.compare import Severity
from charterbook.compare.binding_words import binding_description, binding_parts, text_of_elements
from charterbook.compare.field_names import field_name, section_title
from charterbook.compare.severity import is_overridden, severity_of
from charterbook.compare.value_names import value_name
from charterbook.diff.change import key_name
from charterbook.i18n import Translator, translator
from charterbook.identity import path_of
from charterbook.load.reserved_ids import INDEX_IDS, PAGES
from charterbook.proposal_folder import MAX_CHANGES
from charterbook.rules import RULES
from charterbook.site.render.form_strings import ID, NEW, checks, form_strings, plurals

#: Rules that check a single field: their advice is shown if the field is empty.
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

#: Fields that the form omits: the schema version, former ids, and visibility.
_HIDDEN = ("schema", "was", "visible_to", "restricted")

#: Fields with a pattern that the form checks. Others have their own check with a more specific message.
_PATTERNED = ("hours",)

#: Names of limits in JSON Schema, and in the form.
_LIMITS = {"minimum": "min", "exclusiveMinimum": "above", "maximum": "max", "maxLength": "longest"}

Data = dict[str, Any]


def form(charter: Charter, description: Mapping[str, Any]) -> Data:
    """The whole form: the values of the present charter, and the description of the form in its language."""
    values = _plain(charter.model_dump(mode="python", by_alias=True, exclude_unset=True))
    return {"language": charter.language, "charter": values, **description}


def describe(language: str, severity: Mapping[str, Severity]) -> Data:
    """Description of the form for any charter in a language."""
    t = translator(language)
    maker = _FormDescriber(t, severity)
    return {
        "sections": list(maker.sections()),
        "kinds": {kind: maker.kind(kind) for kind in ITEM_LISTS},
        "parts": maker.parts,
        "reserved": sorted(RESERVED_IDS | INDEX_IDS),
        "reservedSections": sorted({*PAGES, *SECTIONS, *ITEM_LISTS}),
        "mostChanges": MAX_CHANGES,
        "binding": binding_description(),
        "checks": checks(t),
        "plurals": plurals(t),
        "words": form_strings(t),
    }


def subjects(charter: Charter, description: Mapping[str, Any]) -> list[list[Any]]:
    """The subjects that the form can change, in the groups of its list: [label, [[key, text], …]]."""
    sections = [[section["key"], section["label"]] for section in description["sections"]]
    kinds = (
        [kind["label"], _items(charter, name, kind["new"])] for name, kind in description["kinds"].items()
    )
    return [[description["words"]["sections"], sections], *kinds]


def _items(charter: Charter, kind: str, new: str) -> list[list[str]]:
    return [*([f"{kind}/{item.id}", item.label] for item in charter.items(kind)), [f"{kind}/", f"+ {new}"]]


def _plain(value: Any) -> Any:
    """JSON-compatible value: dates become strings."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


class _FormDescriber:
    """Describer of sections, kinds and their parts, in one language."""

    def __init__(self, t: Translator, severity: Mapping[str, Severity]) -> None:
        self.t, self.severity = t, severity
        self.schema = json.loads(schema_file())
        self.parts: dict[str, list[Data]] = {}

    def sections(self) -> Iterator[Data]:
        """The charter itself, then its sections with their own fields."""
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
        """Description of a kind of items."""
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
            "bindsBy": self._binding_text((*path, "*")),
        }

    def _binding_text(self, path: tuple[str, ...]) -> str | None:
        """The key of the text whose words make a new or removed part a commitment."""
        return None if is_overridden(self.severity, path) else text_of_elements(path)

    def _model_of(self, path: tuple[str, ...]) -> Data:
        """Schema of the parent of the last key of a path."""
        return self._definition(Charter if len(path) == 1 else shapes(Charter)[path[0]].part or Charter)

    def _definition(self, part: type[Part]) -> Data:
        found: Data = self.schema if part is Charter else self.schema["$defs"][part.__name__]
        return found

    def _fields(self, part: type[Part], path: tuple[str, ...]) -> list[Data]:
        schema = self._definition(part)
        required = schema.get("required", ())
        return [
            self._field(part, shape, schema["properties"][shape.key], path, shape.key in required)
            for shape in _in_reading_order(part)
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
            "pattern": schema.get("items", {}).get("pattern") if shape.key in _PATTERNED else None,
            "advice": f"{self.t.gettext(rule.title)}. {self.t.gettext(rule.why)}" if rule else None,
            "severity": severity_of("changed", path, self.severity),
            "binds": None if is_overridden(self.severity, path) else binding_parts(path) or None,
            "bindsBy": self._binding_text((*path, "*")) if shape.part and shape.is_list else None,
            "knownBy": key_name(shape.key) if shape.part and shape.is_list else None,
            "comesOrGoes": severity_of("added", (*path, "*") if shape.is_list else path, self.severity)
            if shape.part
            else None,
            **(self._id(part) if _is_own_id(shape) else {}),
        }
        limits = {short: _limit(schema, long) for long, short in _LIMITS.items()}
        return {key: value for key, value in (known | limits).items() if _is_significant(value)}

    def _id(self, part: type[Part]) -> Data:
        """Words for a new item's id, and the field that it is made from."""
        label, help_text = (self.t.gettext(text) for text in ID)
        return {"label": label, "help": help_text, "example": None, "from": _name_key(part)}

    def _inner(self, shape: Shape, path: tuple[str, ...]) -> str | None:
        """Name of the part that a value is; the description includes its fields."""
        if shape.part is None:
            return None
        inside = (*path, "*") if shape.is_list else path
        name = f"{shape.part.__name__}.{path[-1]}"
        self.parts.setdefault(name, self._fields(shape.part, inside))
        return name

    def _choices(self, part: type[Part], shape: Shape, schema: Data) -> list[list[str]]:
        """Options of an enumeration, or of a short range of integers, with their labels."""
        values: Sequence[object] = shape.choices
        if shape.kind == "integer" and "maximum" in schema:
            values = range(schema["minimum"], schema["maximum"] + 1)
        return [[str(value), self._value(part, shape.key, value)] for value in values]

    def _value(self, part: type[Part], key: str, value: object) -> str:
        found = value_name(part, key, value, self.t) or str(value)
        return found[0].upper() + found[1:]


def _item_part(kind: str) -> type[Item]:
    """Model class of the items of a kind."""
    model: type[Part] = Charter
    for key in path_of(kind):
        found = shapes(model)[key].part
        assert found is not None
        model = found
    assert issubclass(model, Item)
    return model


def _is_own_id(shape: Shape) -> bool:
    """Whether a field is the id of an item itself."""
    return shape.key == "id" and shape.refers is None


def _name_key(part: type[Part]) -> str:
    """The field that names an item: decisions of a review have only a text."""
    return part.label_key if issubclass(part, Item) else "text"


def _in_reading_order(part: type[Part]) -> list[Shape]:
    """The fields of a part; the name comes first, because the id is made from it."""
    known = shapes(part)
    if "id" not in known:
        return [*known.values()]
    first = (_name_key(part), "id")
    return [*(known[key] for key in first), *(shape for key, shape in known.items() if key not in first)]


def _is_in_form(shape: Shape, part: type[Part]) -> bool:
    """Whether the form has a field itself: no other items, and not the charter's sections."""
    if shape.key in _HIDDEN or (part is Charter and shape.part):
        return False
    return not (shape.is_list and shape.part and issubclass(shape.part, Item))


def _is_significant(value: object) -> bool:
    """Whether a value must be included; a missing value means false or empty."""
    return value is not None and value is not False and value != []


def _limit(schema: Data, name: str) -> float | None:
    """Limit of a value, or of each value of a list."""
    found: float | None = schema.get(name, schema.get("items", {}).get(name))
    return found
