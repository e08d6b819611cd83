"""Read values of a charter from words of a document, if they have only one meaning; else None. Nothing is guessed."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple, get_args

from babel.numbers import is_currency

from charterbook.charter.base import DurationUnit
from charterbook.charter.model_shape import Shape
from charterbook.exact_numbers import exact
from charterbook.imports.days_in_text import day_in
from charterbook.imports.drafts.name_matching import NameTable
from charterbook.imports.drafts.synonyms import CHOICES
from charterbook.imports.numbers_in_text import NumberInText, number_in
from charterbook.imports.tables import Cell
from charterbook.load import value_guess
from charterbook.load.yaml_scalars import LONGEST_NUMBER

_PERSONS_AND_HOURS = re.compile(
    r"h|hrs?|hours?|ч|час(?:а|ов)?|people|persons|fte|чел(?:\.|овек[а]?)?", re.IGNORECASE
)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_WHEN = re.compile(r"(.+?)[,;]?\s+(?:\(|(?:by|until|as of|on|in|до|к|на|за)\s+)(.+?)\)?")
#: Words before the longest time that something takes.
_AT_MOST = re.compile(
    r"^(?:within|up to|at most|no more than|max\.?|до|в течение|не более|не дольше|за|[≤<]=?)\s*(?=\d)",
    re.IGNORECASE,
)
#: A name of a column and the unit of its numbers: "Budget, €", "SLA (days)".
_UNIT_OF_COLUMN = re.compile(r"(\S.*?)\s*(?:,\s*([^,()]{1,20})|\(([^()]{1,20})\))\s*")


class Quantity(NamedTuple):
    """A number with its unit in the model, and its currency if that is certain."""

    value: Decimal
    unit: str = ""
    currency: str = ""
    day: datetime.date | None = None
    currencies: tuple[str, ...] = ()


def _written(text: str) -> NumberInText | None:
    """The number in a text. A comma before three digits separates thousands, but not in text with Cyrillic letters."""
    found = number_in(text)
    if found and len(found.readings) > 1 and "," in text and not _CYRILLIC.search(text):
        return number_in(text, ".")
    return found


def number(text: str) -> Decimal | None:
    """The only reading of a number without a sign, or with people or hours."""
    found = number_in(text)
    if (
        found is None
        or len(found.readings) != 1
        or (found.sign and not _PERSONS_AND_HOURS.fullmatch(found.sign))
    ):
        return None
    return _exact(found.readings[0])


def percent(text: str) -> Decimal | None:
    """The only reading of a share in percent; without a percent sign, nothing below 1 is one."""
    found = _written(text)
    if found is None or len(found.readings) != 1 or found.sign not in ("%", ""):
        return None
    value = found.readings[0]
    return value if 1 < value <= 100 or (found.sign and 0 <= value <= 100) else None  # noqa: PLR2004


def quantity(text: str) -> Quantity | None:
    """A number with a unit, and perhaps a day: "25 %", "$1,200", "4 weeks by 2026-12-31"."""
    whole = " ".join(text.split())
    if plain := _quantity(whole):
        return plain
    match = _WHEN.fullmatch(whole)
    found = _quantity(match[1]) if match else None
    day = date(match[2]) if match else None
    return found._replace(day=day) if found and day else None


def _quantity(text: str) -> Quantity | None:
    found = None if text.startswith(("+", "±")) else _written(text)
    if found is None or len(found.readings) != 1 or _exact(found.readings[0]) is None:
        return None
    value, sign = found.readings[0], found.sign.strip()
    if not sign:
        return Quantity(value)
    unit = choice("unit", sign, ("percent", "months", "weeks", "days", "hours", "minutes"))
    if unit:
        return Quantity(value, unit)
    codes = value_guess.currencies(sign)
    return Quantity(value, "currency", codes[0] if len(codes) == 1 else "", None, codes) if codes else None


def column_unit(head: str) -> tuple[str, str]:
    """The name of a column and the unit of its numbers; the unit is empty if unknown."""
    match = _UNIT_OF_COLUMN.fullmatch(" ".join(head.split()))
    unit = (match[2] or match[3] or "").strip() if match else ""
    found = _quantity(f"1 {unit}") if unit else None
    is_unit = (found is not None and bool(found.unit)) or duration(f"1 {unit}") is not None
    return (match[1], unit) if match and is_unit else (head, "")


def with_unit(text: str, unit: str) -> str:
    """A bare number with the unit of its column; any other text unchanged."""
    found = _written(text) if unit else None
    return f"{text.strip()} {unit}" if found and not found.sign.strip() else text


def currency(text: str) -> str | None:
    """The code of the only currency that a text can name."""
    codes = value_guess.currencies(text)
    return codes[0] if len(codes) == 1 and is_currency(codes[0]) else None


def duration(text: str) -> tuple[Decimal, str] | None:
    """A length of time and its unit; the text can call it a maximum."""
    found = value_guess.duration(_AT_MOST.sub("", text), get_args(DurationUnit))
    value = _exact(Decimal(found[0])) if found else None
    return (value, found[1]) if found and value is not None and value > 0 else None


def date(text: str) -> datetime.date | None:
    """The only day that a text names; None for a longer period."""
    found = day_in(Cell(" ".join(text.split()), ""))
    return found.readings[0] if len(found.readings) == 1 and not found.is_period else None


def choice(key: str, text: str, allowed: tuple[str, ...]) -> str | None:
    """The choice of a field that a text names."""
    if text.strip() in allowed:
        return text.strip()
    if text.strip() == "%":
        return "percent" if "percent" in allowed else None
    found = _choices(key, allowed).find(text) if key in CHOICES else None
    return found.path if found and found.is_certain else None


@cache
def _choices(key: str, allowed: tuple[str, ...]) -> NameTable:
    known = {name: names for name, names in CHOICES[key].items() if name in allowed}
    return NameTable({name: known.get(name, name.replace("_", " ")) for name in allowed})


def _exact(value: Decimal) -> Decimal | None:
    """A number that YAML represents exactly; else None."""
    return value if len(f"{value:f}") <= LONGEST_NUMBER and exact(float(value)) == value else None


def scalar(shape: Shape, text: str) -> object | None:
    """The value of a number, a date or a choice."""
    if shape.kind == "choice":
        return choice(shape.key, text, shape.choices)
    if shape.kind == "date":
        return date(text)
    if shape.key == "currency":
        return currency(text)
    value = percent(text) if "share" in shape.key else number(text)
    if value is None or value < 0 or (shape.kind == "integer" and value != value.to_integral_value()):
        return None
    return as_number(value)


def as_number(value: Decimal) -> int | float:
    """A number as YAML writes it."""
    return int(value) if value == value.to_integral_value() else float(value)
