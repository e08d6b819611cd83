"""Dates, numbers, money and lengths of time, as readers of each language write them."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from functools import partial
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterbook.charter import LANGUAGES, Charter
from charterbook.charter.base import DurationUnit
from charterbook.diff import plain
from charterbook.exact_numbers import exact_sum
from charterbook.i18n import translator
from tests.charters import minimal_data
from tests.generated import examples

EN, RU = translator("en"), translator("ru")


def readable(text: str) -> str:
    """A text with its no-break spaces made visible: `_`, and `.` for the narrow one."""
    return text.replace("\N{NO-BREAK SPACE}", "_").replace("\N{NARROW NO-BREAK SPACE}", ".")


def test_a_date_is_written_in_full() -> None:
    """The day comes first in both languages, the month in words."""
    day = datetime.date(2026, 10, 1)
    assert EN.date(day) == "1 October 2026"
    assert readable(RU.date(day)) == "1 октября 2026.г."


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (0, "0", "0"),
        (7.4, "7.4", "7,4"),
        (1240, "1,240", "1_240"),
        (41_200_000, "41,200,000", "41_200_000"),
        (0.12345, "0.12345", "0,12345"),
        (99.9995, "99.9995", "99,9995"),
        (0.0004, "0.0004", "0,0004"),
        (12345678901234567890123, "12,345,678,901,234,567,890,123", "12_345_678_901_234_567_890_123"),
        (1e21, "1,000,000,000,000,000,000,000", "1_000_000_000_000_000_000_000"),
        (1.5e300, "1.5E300", "1,5E300"),
        (5e-324, "5E−324", "5E−324"),
        (-3, "−3", "−3"),
        (-1.5e300, "−1.5E300", "−1,5E300"),
        (-5e-324, "−5E−324", "−5E−324"),
    ],
)
def test_a_number_has_the_separators_of_its_language(value: float, english: str, russian: str) -> None:
    """A point in English is a comma in Russian; thousands never break across lines."""
    assert (EN.number(value), readable(RU.number(value))) == (english, russian)


@pytest.mark.parametrize(
    ("value", "english", "russian"), [(38, "38%", "38_%"), (2.5, "2.5%", "2,5_%"), (100, "100%", "100_%")]
)
def test_a_percentage_is_spaced_as_its_language_has_it(value: float, english: str, russian: str) -> None:
    """English joins the sign to the figure, Russian keeps a no-break space between them."""
    assert (EN.percent(value), readable(RU.percent(value))) == (english, russian)


@pytest.mark.parametrize(
    ("amount", "currency", "english", "russian"),
    [
        (412_000, "USD", "$412,000", "412_000_$"),
        (38_000, "EUR", "€38,000", "38_000_€"),
        (41_200_000, "RUB", "RUB_41,200,000", "41_200_000_₽"),
        (1_500, "CHF", "CHF_1,500", "1_500_CHF"),
        (41.5, "USD", "$41.50", "41,50_$"),
        (41.5, "RUB", "RUB_41.50", "41,50_₽"),
        (-500, "USD", "−$500", "−500_$"),
        (1_234_567.891, "USD", "$1,234,567.891", "1_234_567,891_$"),
        (1.5, "BHD", "BHD_1.500", "1,500_BHD"),
        (0.5, "JPY", "¥0.5", "0,5_¥"),
        (412_000, None, "412,000", "412_000"),
    ],
)
def test_money_shows_cents_only_where_there_are_any(
    amount: float, currency: str | None, english: str, russian: str
) -> None:
    """The sign is at the language's usual place, and letters are separated from the figure."""
    assert (readable(EN.money(amount, currency)), readable(RU.money(amount, currency))) == (english, russian)


RUSSIAN_DURATIONS = {
    "minutes": ("1 минута", "2 минуты", "5 минут", "21 минута", "2,5 минуты"),
    "hours": ("1 час", "2 часа", "5 часов", "21 час", "2,5 часа"),
    "working_hours": (
        "1 рабочий час",
        "2 рабочих часа",
        "5 рабочих часов",
        "21 рабочий час",
        "2,5 рабочего часа",
    ),
    "days": ("1 день", "2 дня", "5 дней", "21 день", "2,5 дня"),
    "working_days": (
        "1 рабочий день",
        "2 рабочих дня",
        "5 рабочих дней",
        "21 рабочий день",
        "2,5 рабочего дня",
    ),
    "weeks": ("1 неделя", "2 недели", "5 недель", "21 неделя", "2,5 недели"),
    "months": ("1 месяц", "2 месяца", "5 месяцев", "21 месяц", "2,5 месяца"),
}
ENGLISH_DURATIONS = {
    "minutes": ("1 minute", "2 minutes", "5 minutes", "21 minutes", "2.5 minutes"),
    "hours": ("1 hour", "2 hours", "5 hours", "21 hours", "2.5 hours"),
    "working_hours": (
        "1 working hour",
        "2 working hours",
        "5 working hours",
        "21 working hours",
        "2.5 working hours",
    ),
    "days": ("1 day", "2 days", "5 days", "21 days", "2.5 days"),
    "working_days": (
        "1 working day",
        "2 working days",
        "5 working days",
        "21 working days",
        "2.5 working days",
    ),
    "weeks": ("1 week", "2 weeks", "5 weeks", "21 weeks", "2.5 weeks"),
    "months": ("1 month", "2 months", "5 months", "21 months", "2.5 months"),
}


@pytest.mark.parametrize("unit", get_args(DurationUnit))
def test_a_duration_has_the_plural_form_of_its_number(unit: str) -> None:
    """One, few, many, one again at 21, and the form that follows a fraction."""
    values = (1, 2, 5, 21, 2.5)
    assert tuple(EN.duration(value, unit) for value in values) == ENGLISH_DURATIONS[unit]
    assert tuple(RU.duration(value, unit) for value in values) == RUSSIAN_DURATIONS[unit]


def test_a_whole_number_written_as_a_fraction_counts_as_whole() -> None:
    """Charters hold numbers as floats: 3.0 is three."""
    assert EN.duration(3.0, "working_days") == "3 working days"
    assert RU.duration(3.0, "working_days") == "3 рабочих дня"


@pytest.mark.parametrize(
    ("value", "unit", "english", "russian"),
    [
        (23, "percent", "23%", "23_%"),
        (412_000, "currency", "$412,000", "412_000_$"),
        (1240, "count", "1,240", "1_240"),
        (6.3, "months", "6.3 months", "6,3 месяца"),
        (3, "weeks", "3 weeks", "3 недели"),
        (1, "days", "1 day", "1 день"),
        (11, "hours", "11 hours", "11 часов"),
        (2, "years", "2 years", "2 года"),
        (4, "working_days", "4 working days", "4 рабочих дня"),
    ],
)
def test_a_figure_is_shown_in_its_unit(value: float, unit: str, english: str, russian: str) -> None:
    """Known units are translated."""
    assert readable(EN.figure(value, unit, "USD")) == english
    assert readable(RU.figure(value, unit, "USD")) == russian


def test_a_unit_of_ones_own_is_shown_as_it_is_written() -> None:
    """Plural forms of unknown words are not guessed."""
    assert readable(EN.figure(4.2, "points of 5")) == "4.2_points of 5"
    assert readable(RU.figure(1200, "баллов")) == "1_200_баллов"


def _formatters(language: str) -> dict[str, Callable[[float], str]]:
    """Everything that makes words of a number, for each of its units."""
    own = translator(language)
    units = (*get_args(DurationUnit), "years", "percent", "currency", "count", "points of 5")
    found: dict[str, Callable[[float], str]] = {
        "number": own.number,
        "short": own.short,
        "percent": own.percent,
        "no currency": lambda value: own.money(value, None),
    }
    found |= {code: partial(own.money, currency=code) for code in ("USD", "JPY", "BHD", "RUB")}
    return found | {unit: partial(own.figure, unit=unit, currency="USD") for unit in units}


#: Any number that a charter can hold, and pairs that are close to each other.
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**40), 10**40)
CLOSE = st.tuples(NUMBERS, st.sampled_from([1, 3, 1000])).map(lambda pair: (pair[0], _next(*pair)))


def _next(number: float, steps: int) -> float:
    if isinstance(number, int):
        return number + steps
    for _ in range(steps):
        number = math.nextafter(number, 0 if number > 0 else 1)
    return number


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=examples(30), derandomize=True)
@given(st.tuples(NUMBERS, NUMBERS) | CLOSE)
def test_different_numbers_never_look_the_same(language: str, pair: tuple[float, float]) -> None:
    """In no formatter and no language, even for close values."""
    for name, formatter in _formatters(language).items():
        assert (formatter(pair[0]) == formatter(pair[1])) == (pair[0] == pair[1]), (name, pair)


def test_a_whole_number_keeps_the_digits_that_a_float_would_lose() -> None:
    """From the file to the page."""
    large = 12345678901234567890123
    sources = [{"id": "s", "name": "S", "funder": "S", "amount": large}]
    charter = Charter.model_validate(
        minimal_data(funding={"owner": "CRO", "currency": "EUR", "sources": sources})
    )
    assert charter.funding.sources[0].amount == large
    assert plain(charter)["funding"]["sources"][0]["amount"] == large


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ((0.1, 0.2), 0.3),
        ((33.3333, 66.6667), 100),
        ((2**53, 1), 2**53 + 1),
        ((1e308, 1e308), 2 * 10**308),
        ((), 0),
    ],
)
def test_sums_are_exact(values: tuple[float, ...], total: float) -> None:
    """A tenth is a tenth. They are floats wherever a float has all digits."""
    assert exact_sum(values) == total
    assert isinstance(exact_sum(values), int) == (total > 2**53)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_a_charter_has_words(language: str) -> None:
    """All choices of the model are there."""
    assert translator(language).language == language


def test_a_narrow_place_gets_a_short_number() -> None:
    """Millions and more by the language's short word, thousandths in full."""
    assert [translator("en").short(value) for value in (0, 0.0015, 7.5, 123456.7, 2_350_000, 1e20)] == [
        "0",
        "0.0015",
        "7.5",
        "123,456.7",
        "2.35M",
        "1E20",
    ]
    assert translator("ru").short(2_350_000) == "2,35\N{NO-BREAK SPACE}млн"
