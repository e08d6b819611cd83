"""Names of expected and actual types, for authors."""

from __future__ import annotations

import datetime
from typing import Any

from charterbook.charter.model_shape import Shape, shapes
from charterbook.i18n import N_
from charterbook.load.did_you_mean import quote
from charterbook.load.lazy_message import LazyMessage

_ONE = {
    "text": N_("a text"),
    "line": N_("a line of text"),
    "id": N_("an id"),
    "choice": N_("one of the words allowed here"),
    "number": N_("a number"),
    "integer": N_("a whole number"),
    "date": N_("a date"),
    "mapping": N_("a group of keys and values"),
}
_LIST = {
    "text": N_("a list of texts"),
    "line": N_("a list of lines of text"),
    "id": N_("a list of ids"),
    "choice": N_("a list of words"),
    "number": N_("a list of numbers"),
    "integer": N_("a list of whole numbers"),
    "date": N_("a list of dates"),
    "mapping": N_("a list of items, each with keys and values"),
}
_FOUND = {dict: _ONE["mapping"], list: N_("a list"), datetime.date: _ONE["date"]}

#: A value of each kind. Words are translated, the rest is the same in each language.
EXAMPLES = {
    "text": N_("A sentence or two"),
    "line": N_("A few words"),
    "id": "onboarding",
    "number": "12.5",
    "integer": "12",
    "date": "2026-03-31",
}


def expected(shape: Shape) -> LazyMessage:
    """The expected type, such as "a list of ids"."""
    return LazyMessage((_LIST if shape.is_list else _ONE)[shape.kind])


def type_of(value: Any) -> LazyMessage:
    """The type of a value."""
    if isinstance(value, bool):
        return LazyMessage(N_("%(value)s (yes or no)"), value=str(value).lower())
    if isinstance(value, int | float):
        return LazyMessage(N_("the number %(value)s"), value=str(value))
    if isinstance(value, datetime.datetime):
        return LazyMessage(N_("a date with a time"))
    known = _FOUND.get(type(value))
    return LazyMessage(known) if known else LazyMessage(N_("the text %(text)s"), text=quote(value, 30))


def example(shape: Shape) -> LazyMessage:
    """A key with a value as in the file."""
    if shape.kind == "mapping":
        assert shape.part is not None
        first = next(iter(shapes(shape.part)))
        return LazyMessage(
            N_("%(key)s: and under it, indented, %(first)s: …"),
            key=shape.key,
            first=f"{'- ' * shape.is_list}{first}",
        )
    return as_written(shape, LazyMessage(shape.choices[0] if shape.choices else EXAMPLES[shape.kind]))


def as_written(shape: Shape, value: LazyMessage | str) -> LazyMessage:
    """A key with this value, as in the file."""
    return LazyMessage(
        "%(key)s: [%(value)s]" if shape.is_list else "%(key)s: %(value)s", key=shape.key, value=value
    )
