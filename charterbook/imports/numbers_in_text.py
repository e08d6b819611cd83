"""Parse numbers in the formats of people and spreadsheet programs. An ambiguous text gives both numbers, never a guess."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_SPACES = " \u00a0\u2009\u202f'’"
_NUMBER = re.compile(rf"(?P<digits>\d[\d.,{_SPACES}]*(?<=\d)|\d)", re.ASCII)
_MINUS = ("-", "\N{MINUS SIGN}", "–")
_LONGEST = 60
#: One separator before three digits: a decimal sign or a thousands separator.
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


class NumberInText(NamedTuple):
    """A number in a text: its possible values, the decimal sign if unambiguous, and the text beside the digits."""

    readings: tuple[Decimal, ...]
    decimal: str
    sign: str


def number_in(text: str, decimal: str | None = None) -> NumberInText | None:
    """The number in a text; None if there is none. `decimal` is the decimal sign, if known."""
    if len(text) > _LONGEST:
        return None
    match = _NUMBER.search(text)
    if match is None:
        return None
    before, after = text[: match.start()].strip(), text[match.end() :].strip()
    negative = before.startswith(_MINUS) or before.endswith(_MINUS)
    before = before.strip("-+–\N{MINUS SIGN} ")
    if (before and after) or re.search(r"[\d()=@]", before + after):
        return None
    found = _digits(match["digits"], decimal)
    if found is None:
        return None
    readings = tuple(-number if negative else number for number in found[0])
    return NumberInText(readings, found[1], before or after)


def _digits(text: str, decimal: str | None) -> tuple[tuple[Decimal, ...], str] | None:
    """The possible values of digits with separators, and the decimal sign if unambiguous."""
    if not _grouped_by_spaces(text):
        return None
    text = re.sub(f"[{_SPACES}]", "", text)
    signs = [sign for sign in ".," if sign in text]
    if not signs:
        return (Decimal(text),), ""
    last = max(signs, key=text.rfind)
    if decimal is not None:
        return _with_decimal(text, decimal, "")
    if _AMBIGUOUS.fullmatch(text):
        return (Decimal(text.replace(last, ".")), Decimal(text.replace(last, ""))), ""
    groups = len(signs) == 1 and text.count(last) > 1
    shown = _other(last) if groups else last
    return _with_decimal(text, shown, shown)


def _grouped_by_spaces(text: str) -> bool:
    """Whether spaces and apostrophes separate groups of three digits, all by the same sign."""
    kinds = {sign for sign in text if sign in _SPACES}
    whole = re.split("[.,]", text)[0] if kinds else text
    if not kinds:
        return True
    return (
        len(kinds) == 1
        and bool(re.fullmatch(rf"\d{{1,3}}([{_SPACES}]\d{{3}})+", whole))
        and not (kinds & set(text[len(whole) :]))
    )


def _with_decimal(text: str, decimal: str, shown: str) -> tuple[tuple[Decimal, ...], str] | None:
    """The number, given the decimal sign; None if the other sign does not separate thousands."""
    whole, _, fraction = text.partition(decimal)
    group = _other(decimal)
    if group in whole and not re.fullmatch(rf"\d{{1,3}}(\{group}\d{{3}})+", whole):
        return None
    if decimal in fraction or group in fraction:
        return None
    digits = whole.replace(group, "")
    return (Decimal(f"{digits}.{fraction}" if fraction else digits),), shown


def _other(sign: str) -> str:
    return "," if sign == "." else "."
