"""Guess dates, numbers, currencies and durations in the formats that people write.

For advice only: no value of a charter is ever replaced by a guess.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache

from babel import Locale
from babel.numbers import is_currency

#: Maximum length of a text to guess from.
_MAX_LENGTH = 60

_NUMERIC_DATE = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
_WORDED_DATE = re.compile(r"(\d{1,2})\.? ([^\W\d_]+)\.?,? (\d{4})|([^\W\d_]+)\.? (\d{1,2}),? (\d{4})")
_COMPACT_DATE = re.compile(
    r"(?P<year>\d{4})(?:[./-]?(?P<month>\d{2})(?P<day>\d{2})?)?|(?:(?P<before>\d{1,2})[./-]|(?P<name>[^\W\d_]+)\.?,? )(?P<last>\d{4})"
)
_NUMBER = re.compile(r"\d(?:[\d.,'’ \u00a0\u202f]*\d)?")
_SCALES = {"k": 1_000, "тыс": 1_000, "m": 1_000_000, "mio": 1_000_000, "million": 1_000_000, "млн": 1_000_000}
_DURATION = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_][\w .-]*)")

#: Prefixes of units of time, in English and Russian -> the unit.
_UNITS = {"m": "minutes", "мин": "minutes", "h": "hours", "ч": "hours", "d": "days", "д": "days"}
_UNITS |= {"w": "weeks", "нед": "weeks", "mo": "months", "мес": "months"}
_WORKING = re.compile(r"^(?:(?:working|business|рабоч\w*)[ _-]+|work[ _-]*|раб\. *|р\. *)")

#: Symbols and names of currencies other than their codes -> the codes, the likeliest first.
_MONEY = {
    "$": ("USD", "AUD", "CAD"),
    "us$": ("USD",),
    "dollar": ("USD", "AUD", "CAD"),
    "£": ("GBP",),
    "pound": ("GBP",),
    "¥": ("JPY", "CNY"),
    "euro": ("EUR",),
    "евро": ("EUR",),
    "₽": ("RUB",),
    "руб": ("RUB",),
    "rouble": ("RUB",),
    "доллар": ("USD", "AUD", "CAD"),
    "kr": ("SEK", "NOK", "DKK"),
    "zł": ("PLN",),
    "kč": ("CZK",),
    "real": ("BRL",),
    "reais": ("BRL",),
    "fr": ("CHF",),
}


def dates(text: str) -> list[datetime.date]:
    """The days that a text can name: two if day and month are ambiguous. A month or a year names its first day."""
    text = _folded(text)
    found = [*_numeric(text), *_worded(text), *_first_days(text)]
    return list(dict.fromkeys(found))


def _folded(text: str) -> str:
    """A text with plain digits and spaces instead of others of the same meaning, such as those of full width."""
    return unicodedata.normalize("NFKC", text[:_MAX_LENGTH]).strip()


def _first_days(text: str) -> Iterator[datetime.date]:
    """The day in a text without separators, else the first one of a month or year."""
    match = _COMPACT_DATE.fullmatch(text)
    if match is None:
        return
    named, numbered = match["name"], match["month"] or match["before"]
    month = _months().get(named.casefold(), 0) if named else int(numbered or 1)
    found = _day(int(match["year"] or match["last"]), month, int(match["day"] or 1))
    if found:
        yield found


def _numeric(text: str) -> Iterator[datetime.date]:
    match = _NUMERIC_DATE.fullmatch(text)
    if match is None:
        return
    first, second, third = map(int, match.groups())
    orders = [(third, second, first)]
    if len(match[1]) > 2:  # noqa: PLR2004
        orders = [(first, second, third)]
    elif "/" in text:
        orders.append((third, first, second))
    yield from filter(None, (_day(*order) for order in orders))


def _worded(text: str) -> Iterator[datetime.date]:
    match = _WORDED_DATE.fullmatch(text)
    if match is None:
        return
    day, month, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
    found = _day(int(year), _months().get(month.casefold(), 0), int(day))
    if found:
        yield found


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year + 2000 if year < 100 else year, month, day)  # noqa: PLR2004
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """The names of months in the languages of charters, with their abbreviations, also to three letters."""
    names = [
        (name.casefold().rstrip("."), number)
        for language in ("en", "ru")
        for forms in Locale(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in forms[width].items()
    ]
    return dict([*((name[:3], number) for name, number in names), *names, ("sept", 9)])


def number(text: str) -> str | None:
    """The number in a text, in YAML syntax; None if there is not exactly one.

    The last of two kinds of separators is the decimal one. A separator that occurs several times, or before three
    digits, separates thousands.
    """
    text = _folded(text)
    matches = list(_NUMBER.finditer(text))
    if len(matches) != 1:
        return None
    digits = _digits(re.sub(r"['’ \u00a0\u202f]", "", matches[0].group()))
    word = re.match(r"\s*([^\W\d_]*)", text[matches[0].end() :])
    scale = _SCALES.get(word[1].casefold().rstrip("s"), 1) if word else 1
    if digits is None or (scale > 1 and word is None):
        return None
    sign = "-" if text[: matches[0].start()].strip().endswith(("-", "\N{MINUS SIGN}")) else ""
    return sign + (digits if scale == 1 else f"{float(digits) * scale:.15g}")


def _digits(text: str) -> str | None:
    """Digits with at most one decimal point."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return _plain(text)
    sign, other = (text[last], "," if text[last] == "." else ".")
    alone = text.count(sign) == 1
    thousands = not alone or (other not in text and re.fullmatch(r"[1-9]\d*[.,]\d{3}", text))
    if thousands:
        return _plain(text.replace(sign, "")) if re.fullmatch(rf"\d{{1,3}}(\{sign}\d{{3}})+", text) else None
    whole = text[:last].replace(other, "")
    return _plain(f"{whole}.{text[last + 1 :]}")


def _plain(digits: str) -> str | None:
    if not re.fullmatch(r"(0|[1-9]\d*)(\.\d+)?", digits, re.ASCII):
        return None
    return re.sub(r"\.0+$", "", digits)


def currencies(text: str) -> tuple[str, ...]:
    """The codes of the currencies that a text can name, the likeliest first; empty if there are none."""
    text = text.strip()[:_MAX_LENGTH]
    if is_currency(text.upper()[:3]) and text.isascii() and text.isalpha() and len(text) <= 4:  # noqa: PLR2004
        return (text.upper()[:3],)
    word = text.casefold().rstrip(".")
    known = next((codes for name, codes in _MONEY.items() if word in (name, f"{name}s")), ())
    return known or next(((code,) for code, sign in _symbols().items() if sign == text), ())


@cache
def _symbols() -> dict[str, str]:
    """The symbols of all currencies, by code."""
    return {
        code: symbol
        for language in ("ru", "en")
        for code, symbol in Locale(language).currency_symbols.items()
    }


def duration(text: str, units: Collection[str]) -> tuple[str, str] | None:
    """The number and the unit of a duration such as `5 business days`; None for a unit other than these."""
    match = _DURATION.fullmatch(text.strip()[:_MAX_LENGTH])
    if match is None:
        return None
    word, working = _WORKING.subn("", match[2].casefold())
    starts = sorted((start for start in _UNITS if word.startswith(start)), key=len)
    unit = f"{'working_' * working}{_UNITS[starts[-1]]}" if starts else ""
    digits = _digits(match[1])
    return (digits, unit) if digits and unit in units else None


def month(name: str) -> int | None:
    """The number of a month by its name or short name in a language of charters."""
    return _months().get(name.casefold().rstrip("."))
