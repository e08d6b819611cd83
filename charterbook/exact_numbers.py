"""Exact decimal arithmetic with the numbers of a charter: 0.1 is exactly one tenth.

YAML numbers are floats, or integers if a float would lose digits. The shortest decimal with the same float value is
what the author wrote.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction

#: Decimal context with as many digits as the largest and the smallest float need.
PRECISE = Context(prec=1_500)


def exact(value: float | Decimal) -> Decimal:
    """The number as written, without trailing zeros and without a positive exponent."""
    found = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if found == found.to_integral_value(context=PRECISE):
        return Decimal(int(found))
    return found.normalize(PRECISE)


def places(value: float | Decimal) -> int:
    """The number of decimal places."""
    exponent = exact(value).as_tuple().exponent
    return max(0, -int(exponent))


def ratio(value: float) -> Fraction:
    """The number as a fraction, for exact comparison and division."""
    return Fraction(exact(value))


def rounded(value: Fraction, decimals: int) -> Fraction:
    """A fraction with a number of decimal places; a half is rounded away from zero, as in a spreadsheet."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def exact_sum(values: Iterable[float]) -> float:
    """The exact sum of numbers as written: 0.1 and 0.2 make 0.3. An integer only if a float would lose digits."""
    found = sum((ratio(value) for value in values), Fraction(0))
    if found.denominator > 1 or float_holds(found.numerator):
        return float(found)
    return found.numerator


def float_holds(number: int) -> bool:
    """Whether a float represents all digits of an integer."""
    try:
        return int(float(number)) == number
    except OverflowError:
        return False
