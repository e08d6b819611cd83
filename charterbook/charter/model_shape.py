"""The type that the model expects at each path of a charter's data.

`walk` visits plain data along with the model and tolerates invalid data, so that references and texts are checked
even in a charter with other errors. It reports no problems.
"""

from __future__ import annotations

import datetime
import types
import typing
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal, get_args, get_origin

from charterbook.charter import Charter
from charterbook.charter.base import Id, Item, Line, Part, Reference, Text
from charterbook.frozen_dataclass import dataclass

Kind = Literal["text", "line", "id", "number", "integer", "date", "choice", "mapping"]

#: The keys that any item can have besides its identity.
SHARED = tuple(name for name in Item.model_fields if name not in ("id", "was"))

_TEXT = Text.__metadata__[0]  # type: ignore[attr-defined]
_ID = Id.__metadata__[0]  # type: ignore[attr-defined]
_LINE = Line.__metadata__[0]  # type: ignore[attr-defined]
_BY_CLASS: dict[Any, Kind] = {int: "integer", float: "number", datetime.date: "date", str: "line"}


@dataclass(frozen=True)
class Shape:
    """The type of a key: a value of this kind, or a list of such values."""

    key: str
    kind: Kind
    is_list: bool = False
    part: type[Part] | None = None
    choices: tuple[str, ...] = ()
    refers: Reference | None = None

    @property
    def is_text(self) -> bool:
        """Whether the value is a string."""
        return self.kind in ("text", "line", "id", "choice")

    @property
    def one(self) -> Shape:
        """The shape of an element of the list."""
        return Shape(self.key, self.kind, False, self.part, self.choices, self.refers)


@dataclass(frozen=True)
class VisitedValue:
    """A value visited on a walk: its path, the expected shape, and the value."""

    path: tuple[str | int, ...]
    shape: Shape
    value: Any


@cache
def shapes(model: type[Part]) -> dict[str, Shape]:
    """The shapes of a mapping's keys, in the model's order."""
    hints = typing.get_type_hints(model, include_extras=True)
    fields = model.model_fields
    ordered = sorted(fields, key=SHARED.__contains__)
    keys = {name: fields[name].alias or name for name in ordered}
    return {key: _shape(key, hints[name]) for name, key in keys.items()}


def shape_at(path: tuple[str | int, ...], model: type[Part] = Charter) -> Shape | None:
    """The shape at a path; None if the model has no such path."""
    shape: Shape | None = None
    part: type[Part] | None = model
    for step in path:
        if isinstance(step, int):
            shape = shape.one if shape and shape.is_list else None
        else:
            shape = shapes(part).get(step) if part else None
        part = shape.part if shape and not shape.is_list else None
        if shape is None:
            return None
    return shape


@cache
def dated_shapes(model: type[Part]) -> dict[str, Shape]:
    """The shapes of the keys that are or can contain a date."""
    return {
        key: shape
        for key, shape in shapes(model).items()
        if shape.kind == "date" or (shape.part and dated_shapes(shape.part))
    }


def walk(
    data: Any,
    model: type[Part] = Charter,
    path: tuple[str | int, ...] = (),
    known: Callable[[type[Part]], dict[str, Shape]] = shapes,
) -> Iterator[VisitedValue]:
    """Every value of `data` with a place in the model, outer values first.

    The elements of a list follow the list itself. Values of a wrong type are yielded but not entered. `known` gives
    the keys of a mapping that are visited.
    """
    if not isinstance(data, dict):
        return
    expected = known(model)
    for key, value in data.items():
        if key in expected:
            yield from _walk_value(value, expected[key], (*path, key), known)


def _walk_value(
    value: Any,
    shape: Shape,
    path: tuple[str | int, ...],
    known: Callable[[type[Part]], dict[str, Shape]],
) -> Iterator[VisitedValue]:
    yield VisitedValue(path, shape, value)
    if shape.is_list and isinstance(value, list):
        one = shape.one
        for index, element in enumerate(value):
            yield from _walk_value(element, one, (*path, index), known)
    elif shape.part and not shape.is_list:
        yield from walk(value, shape.part, path, known)


def _shape(key: str, hint: Any) -> Shape:
    """Unpack a type annotation: optional, annotated, list, class."""
    metadata: list[Any] = []
    is_list = False
    while get_origin(hint) is not None and get_origin(hint) is not Literal:
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is typing.Annotated:
            metadata.extend(hint.__metadata__)
            hint = hint.__origin__
        elif origin in (types.UnionType, typing.Union):
            hint = next(a for a in arguments if a is not type(None))
        else:
            is_list, hint = True, arguments[0]
    return _leaf(key, hint, metadata, is_list)


def _leaf(key: str, hint: Any, metadata: list[Any], is_list: bool) -> Shape:
    refers = next((m for m in metadata if isinstance(m, Reference)), None)
    if get_origin(hint) is Literal:
        return Shape(key, "choice", is_list, None, get_args(hint), refers)
    if isinstance(hint, type) and issubclass(hint, Part):
        return Shape(key, "mapping", is_list, hint, (), refers)
    kind = _BY_CLASS[hint]
    for marker, name in ((_TEXT, "text"), (_ID, "id"), (_LINE, "line")):
        if marker in metadata:
            kind = typing.cast(Kind, name)
    return Shape(key, kind, is_list, None, (), refers)
