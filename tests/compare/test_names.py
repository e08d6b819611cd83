"""Names of fields and of the values of closed lists."""

from __future__ import annotations

from charterbook.charter import Charter
from charterbook.compare.field_names import field_name, part_and_shape
from charterbook.compare.value_names import value_name
from charterbook.i18n import translator


def test_every_field_and_value_has_a_name() -> None:
    """A new field or enumeration of the model needs an entry in field_names.py or value_names.py."""
    from charterbook.charter.charter_schema import _models
    from charterbook.charter.model_shape import shapes

    own = translator("ru")
    for model in _models(Charter):
        for key, shape in shapes(model).items():
            if not shape.part:
                assert field_name(model, key, own)
            for choice in shape.choices if key != "unit" else ():
                assert value_name(model, key, choice, own)
    assert part_and_shape(Charter, ("services", "a", "service_levels", "x", "within"))[1].kind == "number"
