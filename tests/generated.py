"""Random charters of every shape that the model allows, for property tests.

Hypothesis only provides the seed: choosing each of a charter's hundreds of values itself takes longer than the tests
themselves. So failing charters are not shrunk, which would take minutes and is not needed to understand them.
"""

from __future__ import annotations

import datetime
import os
from random import Random
from typing import Any

from hypothesis import strategies as st

from charterbook.charter import Charter
from charterbook.charter.base import Item, Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.compare.severity import MARKS

#: Factor for the number of examples. Half of the numbers that tests name find what all of them find.
_TIMES = float(os.environ.get("CHARTERBOOK_EXAMPLES", "0.5"))


def examples(count: int) -> int:
    """Number of examples for a test: half of `count` in `make test`; `make slow` has more, `make quick` fewer."""
    return max(3, round(count * _TIMES))


#: Few ids, so that two random charters have many items in common.
IDS = ("alpha", "beta", "gamma", "delta")
TEXTS = ("We help.", "We help sellers.", "Another text, with more words.", "Line one\nline two")
LINES = ("One", "Two", "Alpha")
NUMBERS = (1.0, 2.5, 40.0)
UNITS = ("percent", "months", "hours", "days", "currency", "per week")
#: Values of keys that not every line of text fits.
FIXED = {
    "agreed": (f"v1-{'0' * 20}", f"v1-{'ab' * 10}"),
    "currency": ("USD", "EUR"),
    "hours": ("09:00-12:30", "13:30-18:00"),
    "timezone": ("Europe/Berlin", "UTC"),
    "keys": ("amount", "share"),
    "paths": ("services", "funding.total"),
    "versions": ("2026-Q1", "2026-Q2"),
    "address": ("https://example.org", "help@example.org"),
}
DAYS = (datetime.date(2026, 1, 31), datetime.date(2026, 4, 30))

#: The share of parts that say who sees them.
_MARKED = 0.1

_FORMER = ("gamma", "delta", "old-one")
_NOT_EMPTY = {"services", "audiences", "metrics", "sources", "visible_to", "keys", "paths", "to"}


#: Source of random numbers.
CHANCE = st.randoms(use_true_random=True)


def charters() -> st.SearchStrategy[Charter]:
    """Any charter, from only required values to nearly all optional ones."""
    return CHANCE.map(lambda chance: Charter.model_validate(Maker(chance).part(Charter)))


class Maker:
    """Generator of one charter with a random share of optional values."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.plenty = chance.random()

    def part(self, model: type[Part]) -> dict[str, Any]:
        """A mapping with all required and some optional values."""
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        return {
            key: self.value(shape)
            for key, shape in shapes(model).items()
            if key != "schema" and (fields[key].is_required() or self.chance.random() < self._share(key))
        }

    def _share(self, key: str) -> float:
        """How often an optional key is there. Few parts say who sees them."""
        return self.plenty * (_MARKED if key in MARKS else 1)

    def value(self, shape: Shape) -> Any:
        """A value for a key, or a list of such values."""
        if not shape.is_list:
            return self._one(shape)
        if shape.key == "was":
            return self.chance.sample(_FORMER, self.chance.randint(0, 2))
        several = [self._one(shape) for _ in range(self.chance.randint(int(shape.key in _NOT_EMPTY), 3))]
        if shape.part and issubclass(shape.part, Item):
            return list({item["id"]: item for item in several}.values())
        return several

    def _one(self, shape: Shape) -> Any:
        if shape.part:
            return self.part(shape.part)
        values: dict[str, tuple[Any, ...]] = {
            "text": TEXTS,
            "line": (*LINES, *IDS[:1]),
            "id": IDS,
            "number": NUMBERS,
            "integer": (1, 2, 4),
            "date": DAYS,
        }
        fixed = FIXED.get(shape.key, ())
        if shape.key == "unit" and not shape.choices:
            return self.chance.choice(UNITS)
        return self.chance.choice(shape.choices or fixed or values[shape.kind])
