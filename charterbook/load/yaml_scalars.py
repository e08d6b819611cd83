"""Values of unquoted YAML 1.1 scalars, with a report of surprising ones.

The rules are PyYAML's, but a surprising result is reported. Independent of charters.
"""

from __future__ import annotations

import calendar
import datetime
import math
import re
from decimal import Decimal
from typing import Any, NamedTuple

from charterbook.exact_numbers import exact
from charterbook.i18n import N_
from charterbook.load.lazy_message import LazyMessage


class Scalar(NamedTuple):
    """A value, and the loader's rule for it if it is surprising."""

    value: Any
    surprise: str | None = None


_MONTHS = 12

#: Maximum length of a number; a longer run of digits is text.
LONGEST_NUMBER = 40

_WORDS: dict[str, bool | None] = {"": None, "~": None}
for _true, _false in (("yes", "no"), ("true", "false"), ("on", "off")):
    for _style in (str.lower, str.capitalize, str.upper):
        _WORDS[_style(_true)] = True
        _WORDS[_style(_false)] = False
for _null in ("null", "Null", "NULL"):
    _WORDS[_null] = None

_NUMERIC_START = frozenset("0123456789+-.")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.\d*)?"
    r"(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?",
    re.ASCII,
)
_SURPRISES = (
    ("yaml-not-finite", re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")),
    (
        "yaml-sexagesimal",
        re.compile(r"[-+]?([1-9][0-9_]*(:[0-5]?[0-9])+|[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*)"),
    ),
    ("yaml-octal", re.compile(r"[-+]?0[0-7_]+")),
    ("yaml-hexadecimal", re.compile(r"[-+]?0x_*[0-9a-fA-F][0-9a-fA-F_]*")),
    ("yaml-binary", re.compile(r"[-+]?0b_*[01][01_]*")),
    (
        "yaml-underscore",
        re.compile(
            r"(?=.*_)[-+]?([1-9][0-9_]*(\.[0-9_]*)?|0[0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)([eE][-+][0-9]+)?"
        ),
    ),
)


def resolve(text: str) -> Scalar:
    """The value that YAML 1.1 gives to `text`, an unquoted scalar."""
    if text in _WORDS:
        return Scalar(_WORDS[text])
    if text[0] not in _NUMERIC_START or len(text) > LONGEST_NUMBER:
        return Scalar(text)
    return _number(text) or _date(text) or _surprise(text) or Scalar(text)


def _number(text: str) -> Scalar | None:
    if _INTEGER.fullmatch(text):
        return Scalar(int(text))
    if _FLOAT.fullmatch(text):
        value = float(text)
        if not math.isfinite(value):
            return Scalar(text, "yaml-not-finite")
        return Scalar(value, "yaml-lost-digits" if exact(value) != Decimal(text) else None)
    return None


def _date(text: str) -> Scalar | None:
    try:
        if match := _DATE.fullmatch(text):
            return Scalar(datetime.date(*map(int, match.groups())))
        if match := _MOMENT.fullmatch(text):
            year, month, day, hour, minute, second = map(int, match.groups())
            return Scalar(datetime.datetime(year, month, day, hour, minute, second, tzinfo=datetime.UTC))
    except ValueError:
        return Scalar(text, "impossible-date")
    return None


def _surprise(text: str) -> Scalar | None:
    for rule, pattern in _SURPRISES:
        if pattern.fullmatch(text):
            return Scalar(text, rule)
    return None


def read_as(rule: str, text: str) -> str:
    """The value that YAML 1.1 gives to a surprising scalar, in words for its message."""
    digits = text.replace("_", "").lower()
    sign = -1 if digits.startswith("-") else 1
    digits = digits.lstrip("+-")
    if rule == "yaml-lost-digits":
        return repr(float(text))
    if rule == "yaml-sexagesimal":
        return _plain_number(sign * _base_60(digits))
    if rule == "yaml-underscore":
        return _plain_number(sign * float(digits))
    bases = {"yaml-octal": 8, "yaml-hexadecimal": 16, "yaml-binary": 2}
    return str(sign * int(digits, bases[rule])) if rule in bases else text


def advice_for(rule: str, text: str) -> LazyMessage | None:
    """Advice made from the value: the last day of the month of an impossible date. None for the usual advice."""
    match = re.match(r"(\d{4})-(\d\d?)", text)
    if rule != "impossible-date" or match is None or not 1 <= int(match[2]) <= _MONTHS or int(match[1]) < 1:
        return None
    year, month = int(match[1]), int(match[2])
    last = datetime.date(year, month, calendar.monthrange(year, month)[1])
    return LazyMessage(N_("Write an existing day, for example %(day)s."), day=str(last))


def _base_60(digits: str) -> float:
    total = 0.0
    for part in digits.split(":"):
        total = total * 60 + float(part)
    return total


def _plain_number(value: float) -> str:
    return f"{value:.15g}"
