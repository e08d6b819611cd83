"""Names of fields and of the values of closed lists."""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.charter_schema import _models
from charterbook.charter.model_shape import shapes
from charterbook.compare.field_names import field_name, part_and_shape
from charterbook.compare.lookup import Sides
from charterbook.compare.value_names import number_in_words, value_name
from charterbook.compare.value_text import ValueFormatter
from charterbook.i18n import translator
from charterbook.load import load
from tests.charters import minimal_charter


def test_every_field_and_value_has_a_name() -> None:
    """A new field or enumeration of the model needs an entry in field_names.py or value_names.py."""
    own = translator("ru")
    for model in _models(Charter):
        for key, shape in shapes(model).items():
            if not shape.part:
                assert field_name(model, key, own)
            for choice in shape.choices if key != "unit" else ():
                assert value_name(model, key, choice, own)
    assert part_and_shape(Charter, ("services", "a", "service_levels", "x", "within"))[1].kind == "number"


def test_shares_and_hours_have_their_unit() -> None:
    """A new number whose key says what it counts needs an entry in value_names.py."""
    t = translator("en")
    numbers = {
        key for model in _models(Charter) for key, shape in shapes(model).items() if shape.kind == "number"
    }
    shares = {key for key in numbers if key.endswith("share")}
    hours = {key for key in numbers if "hours" in key}
    assert {key for key in numbers if number_in_words(key, 5, t) == t.percent(5)} == shares
    assert {key for key in numbers if number_in_words(key, 5, t) == t.duration(5, "hours")} == hours


def _choices(model: type[Part], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """The path of each choice of the model, with each of its values."""
    for key, shape in shapes(model).items():
        if shape.part is not None:
            yield from _choices(shape.part, (*path, key, *(("one",) if shape.is_list else ())))
        elif shape.kind == "choice" and not shape.is_list:
            yield from (((*path, key), value) for value in shape.choices)


def test_choices_in_russian_sentences_are_quoted() -> None:
    """The word of a choice agrees with its item, as "закрыта" with a service, and not with the name of the field."""
    empty = load(minimal_charter().encode()).charter
    assert empty is not None
    formatter = ValueFormatter(Sides(empty, empty), translator("ru"))
    choices = list(_choices(Charter))
    assert (("services", "one", "status"), "retired") in choices
    for path, value in choices:
        assert formatter.in_sentence(path, value).startswith("«"), path
