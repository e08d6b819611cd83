"""Values of a charter as cells of a workbook, and the words of closed lists in them."""

from __future__ import annotations

import datetime
from typing import Any

from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape
from charterbook.compare.value_names import value_name
from charterbook.i18n import Translator
from charterbook.papers.inert_text import inert

#: The value of a cell; None is an empty cell.
Cell = str | float | datetime.date | None

#: The most characters that a spreadsheet keeps in a cell.
LONGEST = 32_767

#: The first day on which all spreadsheets agree.
_FIRST_DAY = datetime.date(1900, 3, 1)


def cell(value: Any, part: type[Part], shape: Shape, t: Translator) -> Cell:
    """The cell of a value, or of a list of values: one in each line, or ids in one line."""
    if value is None:
        return None
    if shape.is_list:
        separator = ", " if shape.kind == "id" else "\n"
        return separator.join(str(cell(one, part, shape.one, t)) for one in value) or None
    if shape.choices:
        return choice_words(part, shape, t)[value]
    return plain_cell(value)


def plain_cell(value: Any) -> Cell:
    """A number, a date or a text as a cell. Numbers and dates that a spreadsheet would change are texts."""
    if isinstance(value, datetime.date):
        return value if value >= _FIRST_DAY else value.isoformat()
    if isinstance(value, int | float):
        return value if float(f"{value:.15G}") == value else repr(value)
    return inert(str(value))[:LONGEST]


def choice_words(part: type[Part], shape: Shape, t: Translator) -> dict[str, str]:
    """The values of a closed list, with their words in a workbook."""
    return {value: value_name(part, shape.key, value, t) or value for value in shape.choices}
