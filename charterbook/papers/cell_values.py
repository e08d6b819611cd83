"""Read an edited cell as a value of the charter, by the shape of its field."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any, NamedTuple

from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape
from charterbook.i18n import Translator
from charterbook.imports.days_in_text import day_in
from charterbook.imports.numbers_in_text import number_in
from charterbook.imports.tables import Cell
from charterbook.load.lazy_message import LazyMessage
from charterbook.papers import workbook_messages
from charterbook.papers.workbook_reading import comparable
from charterbook.papers.workbook_values import choice_words

#: The separators of the entries of a list.
_BETWEEN_LINES, _BETWEEN_IDS = re.compile("\n"), re.compile("[\n,;]")


class Unfit(NamedTuple):
    """A cell with an invalid value, and the expected form."""

    value: str
    expected: LazyMessage


def cell_value(cell: Cell, part: type[Part], shape: Shape, words: Translator) -> Any:
    """The value of a cell, Unfit if there is none; None for an empty cell, and an empty list for one of a list."""
    value = comparable(cell)
    if shape.is_list:
        separators = _BETWEEN_IDS if shape.kind == "id" else _BETWEEN_LINES
        entries = [] if value is None else separators.split(_text(value))
        found = [_one(entry.strip(), part, shape.one, words) for entry in entries if entry.strip()]
        return next((one for one in found if isinstance(one, Unfit)), found)
    return None if value is None else _one(value, part, shape, words)


def _one(value: object, part: type[Part], shape: Shape, words: Translator) -> Any:
    if shape.choices:
        return _choice(str(_text(value)), part, shape, words)
    if shape.kind == "date":
        return _date(value)
    if shape.kind in ("number", "integer"):
        return _number(value, shape)
    return _text(value)


def _choice(text: str, part: type[Part], shape: Shape, words: Translator) -> str | Unfit:
    known = choice_words(part, shape, words)
    folded = text.strip().casefold()
    for choice, word in known.items():
        if folded in (choice, word.casefold()):
            return choice
    return Unfit(text, LazyMessage(workbook_messages.ONE_OF, names=", ".join(known.values())))


def _date(value: object) -> datetime.date | Unfit:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    found = day_in(Cell(value, "")) if isinstance(value, str) else None
    if found and len(found.readings) == 1 and not found.is_period:
        return found.readings[0]
    return Unfit(_text(value), LazyMessage(workbook_messages.DAY))


def _number(value: object, shape: Shape) -> int | float | Unfit:
    number = value if isinstance(value, Decimal) else None
    if isinstance(value, str):
        found = number_in(value)
        number = found.readings[0] if found and len(found.readings) == 1 and not found.sign else None
    if number is None or (shape.kind == "integer" and number != number.to_integral_value()):
        message = workbook_messages.WHOLE if shape.kind == "integer" else workbook_messages.NUMBER
        return Unfit(_text(value), LazyMessage(message))
    return int(number) if number == number.to_integral_value() else float(number)


def _text(value: object) -> str:
    """A value as text; a number with its digits."""
    if isinstance(value, Decimal):
        digits = f"{value:f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    return str(value)
