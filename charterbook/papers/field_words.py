"""Fields and values of a charter in words for papers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from charterbook.charter import Metric
from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.compare.field_names import field_name
from charterbook.compare.value_names import METRIC_UNITS, number_in_words, value_name
from charterbook.diff.change import Data
from charterbook.papers.document import Inline, Run, plain_runs
from charterbook.papers.inert_text import inert_line
from charterbook.papers.paper_source import PaperSource
from charterbook.papers.rich_text import inline_of, joined, safe_address

#: Keys of lengths of time, each with the key of its unit.
_PAIRED = {"within": "unit"}


class FieldWords:
    """The words of one charter."""

    def __init__(self, source: PaperSource) -> None:
        self.source, self.t = source, source.t

    def name(self, part: type[Part], key: str) -> str:
        """The name of a field, with a capital letter."""
        name = field_name(part, key, self.t)
        return name[:1].upper() + name[1:]

    def fields(self, part: type[Part], data: Data, *left_out: str) -> Iterator[tuple[Shape, str, Inline]]:
        """The fields with a value that fits a line: shape, name and value. Texts and lists of parts are omitted."""
        paired = {unit for key, unit in _PAIRED.items() if key in data}
        for key, shape in shapes(part).items():
            value = data.get(key)
            if value in (None, []) or key in left_out or key in paired or shape.kind == "text":
                continue
            if not (shape.is_list and shape.part):
                yield shape, self.name(part, key), self.value(part, shape, value, data)

    def value(self, part: type[Part], shape: Shape, value: Any, data: Data) -> Inline:
        """A value in words; `data` is the part that has it."""
        if shape.is_list:
            return joined([self.value(part, shape.one, one, data) for one in value], ", ")
        if shape.part:
            return self._nested(shape.part, value, data)
        if shape.kind == "text":
            return inline_of(value, self.source.resolve)
        if shape.refers:
            return self._reference(shape, str(value))
        if shape.key == "address":
            return (Run(inert_line(str(value)), link=self._address(str(value))),)
        return plain_runs(self._words(part, shape, value, data))

    def _address(self, value: str) -> str | None:
        target = f"mailto:{value}" if "@" in value and ":" not in value and "/" not in value else value
        return safe_address(target, self.source.resolve)

    def _words(self, part: type[Part], shape: Shape, value: Any, data: Data) -> str:
        named = value_name(part, shape.key, value, self.t)
        if named is not None:
            return named
        if part is Metric and shape.key == "unit" and value in METRIC_UNITS:
            return self.t.gettext(METRIC_UNITS[value]).lower()
        if isinstance(value, datetime.date):
            return self.t.date(value)
        if isinstance(value, int | float):
            return self._number(shape.key, value, data)
        return inert_line(str(value))

    def _number(self, key: str, value: float, data: Data) -> str:
        if key in _PAIRED:
            return self.t.duration(value, data[_PAIRED[key]])
        if key == "value" and "unit" in data:
            return self.t.figure(value, inert_line(data["unit"]), self._currency(data))
        if key == "amount":
            return self.t.money(value, self._currency(data))
        return number_in_words(key, value, self.t)

    def _currency(self, data: Data) -> str | None:
        return data.get("currency") or self.source.charter.funding.currency

    def _reference(self, shape: Shape, value: str) -> Inline:
        assert shape.refers is not None
        kinds = shape.refers.kinds
        link = next((found for kind in kinds if (found := self.source.item_link(kind, value))), None)
        return (Run(inert_line(self.source.label(kinds, value)), link=link),)

    def _nested(self, part: type[Part], value: Data, outer: Data) -> Inline:
        """A figure of a metric with its day, or the fields of any other part, on one line."""
        if "value" in value:
            return self.figure(value, outer)
        return joined(
            [joined([plain_runs(name), words], ": ") for _, name, words in self.fields(part, value)], "; "
        )

    def figure(self, figure: Data, metric: Data) -> Inline:
        """The value of a metric with its unit, its day and its note."""
        words = [self.t.figure(figure["value"], inert_line(metric["unit"]), self._currency(metric))]
        words += [self.t.date(figure["date"])] if figure.get("date") else []
        words += [inert_line(figure["note"])] if figure.get("note") else []
        return plain_runs(" · ".join(words))
