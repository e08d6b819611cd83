"""Charters made at random, as many-sided as the model allows, for tests of what holds for any charter."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from charterbook.charter import Charter
from charterbook.charter.base import Item, Part
from charterbook.charter.shape import Shape, shapes

#: Few, so that two charters made at random have much in common.
IDS = ("alpha", "beta", "gamma", "delta")
TEXTS = ("We help.", "We help sellers.", "Another text, with more words.", "Line one\nline two")
LINES = ("One", "Two", "Alpha")
NUMBERS = (1.0, 2.5, 40.0)
DAYS = (datetime.date(2026, 1, 31), datetime.date(2026, 4, 30))

_FORMER = ("gamma", "delta", "old-one")
_NOT_EMPTY = {"services", "audiences", "metrics", "sources"}


def charters() -> st.SearchStrategy[Charter]:
    """Any charter."""
    return _part(Charter).map(Charter.model_validate)


def _part(model: type[Part]) -> st.SearchStrategy[dict[str, Any]]:
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    for key, shape in shapes(model).items():
        if key == "schema":
            continue
        (required if fields[key].is_required() else optional)[key] = _value(shape)
    return st.fixed_dictionaries(required, optional=optional)


def _value(shape: Shape) -> st.SearchStrategy[Any]:
    if not shape.is_list:
        return _one(shape)
    if shape.key == "was":
        return st.lists(st.sampled_from(_FORMER), unique=True, max_size=2)
    unique = {"unique_by": lambda item: item["id"]} if shape.part and issubclass(shape.part, Item) else {}
    return st.lists(_one(shape), min_size=int(shape.key in _NOT_EMPTY), max_size=3, **unique)  # type: ignore[arg-type]


def _one(shape: Shape) -> st.SearchStrategy[Any]:
    if shape.part:
        return st.deferred(lambda: _part(shape.part))  # type: ignore[arg-type]
    if shape.choices:
        return st.sampled_from(shape.choices)
    if shape.key == "currency":
        return st.sampled_from(("USD", "EUR"))
    values: dict[str, tuple[Any, ...]] = {
        "text": TEXTS,
        "line": (*LINES, *IDS[:1]),
        "id": IDS,
        "number": NUMBERS,
        "integer": (1, 2, 4),
        "date": DAYS,
    }
    return st.sampled_from(values[shape.kind])
