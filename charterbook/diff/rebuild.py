"""Build a charter from plain data, even if a group of readers sees only parts of it."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.diff.change import Data, is_absent


def with_data(charter: Charter, data: Data) -> Charter:
    """The charter with other data, in the form that `plain` returns. Sections that a group does not see stay absent.

    The result is not validated, because a group's view can lack required keys.
    """
    try:
        return Charter.model_validate(data)
    except ValidationError:
        fields = Charter.model_fields
        absent = {name: value for name in fields if is_absent(value := getattr(charter, name))}
        found = _unvalidated(Charter, data)
        assert isinstance(found, Charter)
        return found.model_copy(update=absent)


def _unvalidated(model: type[Part], data: Data) -> Part:
    """A part of a charter from valid data, without validation."""
    names = {field.alias or name: name for name, field in model.model_fields.items()}
    values = {key: _part_of(shapes(model)[key], value) for key, value in data.items()}
    return model.model_construct({names[key] for key in data}, **values)


def _part_of(shape: Shape, value: Any) -> Any:
    if shape.part is None:
        return value
    return [_part_of(shape.one, one) for one in value] if shape.is_list else _unvalidated(shape.part, value)
