"""JSON Schema of charter.yml, generated from the model for editors and other programs.

Additions by pydantic are removed: titles made from names, empty defaults, null.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from charterbook.charter import SCHEMA, Charter
from charterbook.charter.base import Part, Reference
from charterbook.charter.model_shape import Shape, shapes
from charterbook.versions import NAME_PATTERN

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTIFIER = f"urn:charterbook:charter:{SCHEMA}"

_EXAMPLES: dict[str, list[Any]] = {
    "version": ["2026-Q3", "FY27-Q1"],
    "currency": ["USD", "EUR"],
    "id": ["onboarding"],
    "organisation": ["Quillmere Systems"],
    "period": ["2026"],
    "address": ["https://example.com/enablement"],
    "timezone": ["Europe/Berlin"],
    "hours": ["09:00-17:00"],
    "within": [3],
    "revisit": ["2027-Q1"],
    "when": ["2027-Q1"],
    "unit": ["percent", "months"],
}

_MONEY_NEEDS_CURRENCY = {
    "if": {
        "required": ["sources"],
        "properties": {
            "sources": {"contains": {"required": ["amount"], "not": {"required": ["currency"]}}},
        },
    },
    "then": {"required": ["currency"]},
}

_DATE_OR_HOLIDAY = {"oneOf": [{"type": "string", "format": "date"}, {"$ref": "#/$defs/Holiday"}]}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a charter."""
    schema = _tidy(Charter.model_json_schema(by_alias=True))
    for model in _models(Charter):
        target = schema if model is Charter else schema["$defs"][model.__name__]
        _explain(target, model)
    schema["$defs"]["Funding"].update(_MONEY_NEEDS_CURRENCY)
    schema["properties"]["version"]["pattern"] = NAME_PATTERN
    schema["properties"]["schema"]["maximum"] = SCHEMA
    schema["$defs"]["Calendar"]["properties"]["days"]["uniqueItems"] = True
    schema["$defs"]["Calendar"]["properties"]["holidays"]["items"] = _DATE_OR_HOLIDAY
    return {"$schema": DIALECT, "$id": IDENTIFIER, **schema, "title": "Charter"}


def schema_text() -> str:
    """The JSON Schema as the text of a file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def schema_file() -> str:
    """The JSON Schema file in the package: `make schema` writes it, a test compares."""
    return (resources.files("charterbook") / "charter.schema.json").read_text(encoding="utf-8")


def _models(model: type[Part]) -> Iterator[type[Part]]:
    """A model and all models that it contains, each once."""
    seen: dict[type[Part], None] = {}
    pending = [model]
    while pending:
        current = pending.pop()
        if current not in seen:
            seen[current] = None
            pending.extend(shape.part for shape in shapes(current).values() if shape.part)
    yield from seen


def _tidy(node: Any) -> Any:
    """Remove parts that mean nothing to an author."""
    if isinstance(node, list):
        return [_tidy(element) for element in node]
    if not isinstance(node, dict):
        return node
    node = _without_null(node)
    tidy = {key: _tidy(value) for key, value in node.items() if not _is_noise(key, value)}
    if isinstance(tidy.get("description"), str):
        tidy["description"] = _fold(tidy["description"])
    return tidy


def _is_noise(key: str, value: Any) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value in (None, []))


def _without_null(node: dict[str, Any]) -> dict[str, Any]:
    """Replace `X or null` by X: keys without a value are omitted from the file."""
    choices = [choice for choice in node.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) != 1:
        return node
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    return {**choices[0], **rest}


def _fold(text: str) -> str:
    return " ".join(inspect.cleandoc(text).split())


def _explain(target: dict[str, Any], model: type[Part]) -> None:
    """Add descriptions, references and examples from the model."""
    words = {field.alias or name: description_of(model, name) for name, field in model.model_fields.items()}
    properties = target["properties"]
    target["properties"] = {key: properties[key] for key in shapes(model)}
    for shape in shapes(model).values():
        value = {"description": _fold(words[shape.key]), **target["properties"][shape.key]}
        if shape.refers:
            _refer(value, shape, shape.refers)
        if shape.key in _EXAMPLES and not shape.choices:
            value.setdefault("examples", _EXAMPLES[shape.key])
        target["properties"][shape.key] = value


def description_of(model: type[Part], field: str) -> str:
    """The docstring below a field of a model; of an inherited field, below its definition in the base class."""
    return next(_below_fields(owner)[field] for owner in model.__mro__ if field in owner.__annotations__)


@cache
def _below_fields(model: type) -> dict[str, str]:
    """The docstrings below the fields that a model defines itself."""
    (source,) = ast.parse(inspect.getsource(model)).body
    assert isinstance(source, ast.ClassDef)
    return {
        field.target.id: text.value.value
        for field, text in pairwise(source.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
        if isinstance(text.value.value, str)
    }


def _refer(value: dict[str, Any], shape: Shape, refers: Reference) -> None:
    holder = value["items"] if shape.is_list else value
    holder["x-refers-to"] = list(refers.kinds)
