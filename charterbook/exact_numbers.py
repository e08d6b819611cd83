"""Exact arithmetic with the numbers of a charter: a tenth is a tenth, and no digit is lost.

YAML numbers are kept as floats, and as whole numbers where a float would lose digits. The shortest decimal that
reads as the same float is what its author wrote.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction

#: For all that is done with the decimals below: as many digits as the largest and the smallest number need.
PRECISE = Context(prec=1_500)


def exact(value: float | Decimal) -> Decimal:
    """The number as it was written, without a fraction of zeros and without an exponent above zero."""
    found = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if found == found.to_integral_value(context=PRECISE):
        return Decimal(int(found))
    return found.normalize(PRECISE)


def places(value: float | Decimal) -> int:
    """How many digits a number has behind its decimal point."""
    exponent = exact(value).as_tuple().exponent
    return max(0, -int(exponent))


def ratio(value: float) -> Fraction:
    """The number for comparing and dividing without any rounding."""
    return Fraction(exact(value))


def exact_sum(values: Iterable[float]) -> float:
    """The sum of numbers as they were written: 0.1 and 0.2 make 0.3. An integer only where a float would lose digits."""
    found = sum((ratio(value) for value in values), Fraction(0))
    if found.denominator > 1 or float_holds(found.numerator):
        return float(found)
    return found.numerator


def float_holds(number: int) -> bool:
    """Whether a float has all digits of a whole number."""
    try:
        return int(float(number)) == number
    except OverflowError:
        return False
