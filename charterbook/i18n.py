"""Translations, dates, numbers and money in the language of a charter.

All of Charterbook's own texts are translated here: gettext catalogs for messages, Babel's locale data (CLDR) for
formats. Escaping is the caller's responsibility.
"""

from __future__ import annotations

import datetime
import gettext
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar, cast

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_currency, format_decimal, get_currency_symbol
from babel.units import format_unit

from charterbook.compiled_catalog import read_catalog
from charterbook.exact_numbers import PRECISE, exact, places

#: The domain of Charterbook's own catalogs: locale/<language>/LC_MESSAGES/<domain>.po.
DOMAIN = "charterbook"

_LOCALE = Path(__file__).parent / "locale"

#: The minus sign of figures: Babel's locales have a hyphen, after which a line can break.
_MINUS = "\N{MINUS SIGN}"

#: No-break space between a figure and its unit.
_SPACE = "\N{NO-BREAK SPACE}"

_TEN_THOUSAND = 10_000
_MILLION = 1_000_000
#: Limit from which languages have no short names for numbers.
_BEYOND_WORDS = 10**15
#: Limit from which numbers are shown in scientific notation, as are those below its inverse: so many digits are
#: illegible.
_BEYOND_DIGITS = 10**30
_TOO_SMALL = Decimal("1e-15")

_CLDR_UNITS = {
    "minutes": "duration-minute",
    "hours": "duration-hour",
    "days": "duration-day",
    "weeks": "duration-week",
    "months": "duration-month",
    "years": "duration-year",
}


def N_(message: str) -> str:
    """Mark a message for the catalogs without translating it here."""
    return message


@cache
def _catalog(language: str) -> gettext.NullTranslations:
    """The catalog of a language; empty for English, the language of the messages."""
    path = _LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    return read_catalog(path, language) if path.is_file() else gettext.NullTranslations()


_Method = TypeVar("_Method", bound=Callable[..., str])


def _memoized(method: _Method) -> _Method:
    """Cache the results of a method: pages repeat the same figures."""
    return cast(_Method, lru_cache(maxsize=4096, typed=True)(method))


class Translator:
    """Translations and formats of one language. Raises ValueError for a language unknown to Babel."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self.catalog = _catalog(language)
        self.gettext = self.catalog.gettext
        self.ngettext = self.catalog.ngettext
        self.pgettext = self.catalog.pgettext
        self.npgettext = self.catalog.npgettext

    @_memoized
    def date(self, day: datetime.date) -> str:
        """A day in full, for example "13 January 2025"."""
        pattern = "d MMMM y" if self.language == "en" else "long"
        return format_date(day, pattern, locale=self.locale)

    @_memoized
    def short_date(self, day: datetime.date) -> str:
        """A date with a short name of its month, for narrow columns."""
        return format_date(day, format="d MMM y", locale=self.locale)

    @_memoized
    def days(self, first: datetime.date, last: datetime.date | None) -> str:
        """The days of a version, for example "1 October 2026 – 31 March 2027"; without an end if no later one is known."""
        if last is None:
            return self.gettext("from %(day)s until the next version") % {"day": self.date(first)}
        return f"{self.date(first)} – {self.date(last)}"

    @_memoized
    def number(self, value: float | Decimal) -> str:
        """A number with the language's separators and all its digits, so that different numbers look different."""
        size = abs(exact(value))
        if size >= _BEYOND_DIGITS or 0 < size < _TOO_SMALL:
            return self._power_of_ten(value)
        with localcontext(PRECISE):
            shown = format_decimal(
                exact(value), format="#,##0.#", locale=self.locale, decimal_quantization=False
            )
        return _with_minus(shown)

    @_memoized
    def short(self, value: float) -> str:
        """A compact number: from a million on with the language's short name, such as "2.35M"."""
        size = abs(exact(value))
        if size < _MILLION:
            return self.number(value)
        if size >= _BEYOND_WORDS:
            return self._power_of_ten(value)
        with localcontext(PRECISE):
            digits = places(value) + len(str(_BEYOND_WORDS))
            compact = format_compact_decimal(exact(value), locale=self.locale, fraction_digits=digits)
        return min(_with_minus(compact), self.number(value), key=len)

    def _power_of_ten(self, value: float | Decimal) -> str:
        power = exact(value).adjusted()
        with localcontext(PRECISE):
            return f"{self.number(exact(value).scaleb(-power))}E{self.number(power)}"

    def percent(self, value: float) -> str:
        """A share in percent: 38 becomes "38%", in Russian "38 %"."""
        space = "" if self.language == "en" else _SPACE
        return f"{self.number(value)}{space}%"

    @_memoized
    def money(self, amount: float, currency: str | None) -> str:
        """An amount in a currency (ISO 4217), with decimals only if there are any, and without rounding."""
        if currency is None:
            return self.number(amount)
        with localcontext(PRECISE):
            shown = format_currency(
                exact(amount),
                currency,
                format=self._money_pattern(currency),
                locale=self.locale,
                currency_digits=places(amount) > 0,
                decimal_quantization=False,
            )
        return _with_minus(shown)

    @_memoized
    def short_money(self, amount: float, currency: str | None) -> str:
        """A compact amount in a currency without rounding, from ten thousand on such as "$396K"."""
        size = abs(exact(amount))
        if currency is None or not _TEN_THOUSAND <= size < _BEYOND_WORDS:
            return self.money(amount, currency)
        with localcontext(PRECISE):
            digits = places(amount) + len(str(_BEYOND_WORDS))
            compact = format_compact_decimal(size, locale=self.locale, fraction_digits=digits)
        symbol = get_currency_symbol(currency, locale=self.locale)
        short = self._money_pattern(currency).replace("#,##0", compact).replace("¤", symbol)
        short = f"{_MINUS}{short}" if amount < 0 else short
        return min(short, self.money(amount, currency), key=len)

    def _money_pattern(self, currency: str) -> str:
        """In English the symbol precedes the figure, with a space after letters such as RUB; else it follows."""
        if self.language != "en":
            return f"#,##0{_SPACE}¤"
        letters = get_currency_symbol(currency, locale=self.locale)[-1].isalpha()
        return f"¤{_SPACE if letters else ''}#,##0"

    def enumeration(self, names: Sequence[str]) -> str:
        """Several names as a subject or an object of a sentence: with a conjunction before the last one."""
        return format_list(names, locale=self.locale)

    @_memoized
    def duration(self, value: float, unit: str) -> str:
        """A length of time in one of the charter's units, with plural forms."""
        if unit == "working_days":
            return self._working_days(value) % {"n": self.number(value)}
        if unit == "working_hours":
            return self._working_hours(value) % {"n": self.number(value)}
        pattern = "#,##0." + "#" * places(value)
        with localcontext(PRECISE):
            return _with_minus(
                format_unit(exact(value), _CLDR_UNITS[unit], locale=self.locale, format=pattern)
            )

    def _working_days(self, value: float) -> str:
        if not places(value):
            return self.ngettext("%(n)s working day", "%(n)s working days", int(value))
        return self.pgettext("a fraction, such as 2.5", "%(n)s working days")

    def _working_hours(self, value: float) -> str:
        if not places(value):
            return self.ngettext("%(n)s working hour", "%(n)s working hours", int(value))
        return self.pgettext("a fraction, such as 2.5", "%(n)s working hours")

    def figure(self, value: float, unit: str, currency: str | None = None) -> str:
        """A metric's value with its unit; an unknown unit is shown as written."""
        if unit == "percent":
            return self.percent(value)
        if unit == "currency":
            return self.money(value, currency)
        if unit == "count":
            return self.number(value)
        if unit in _CLDR_UNITS or unit in ("working_days", "working_hours"):
            return self.duration(value, unit)
        return f"{self.number(value)}{_SPACE}{unit}"


def _with_minus(shown: str) -> str:
    """A formatted figure whose sign is a minus sign."""
    return _MINUS + shown[1:] if shown.startswith("-") else shown


@cache
def translator(language: str) -> Translator:
    """The cached translator of a language."""
    return Translator(language)
