"""Amounts of money for periods of time, and their comparison.

Amounts for periods of the same length are compared directly, others per year. The length is known if the period is
named like a version, such as 2026, FY27-H1, 2026-Q3 or 2026-07. Any other period is comparable only with itself.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from charterbook.exact_numbers import exact_sum, ratio, rounded
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import N_
from charterbook.versions import months

_YEAR = 12

#: Why two amounts cannot be compared.
OTHER_CURRENCY = N_("another currency")
UNKNOWN_PERIOD = N_("the length of “%(period)s” is not known")
NO_PERIOD = N_("a period is not stated")


@dataclass(frozen=True)
class Amount:
    """An amount of money with its currency and period, if stated."""

    value: float
    currency: str | None = None
    period: str | None = None

    @property
    def per_year(self) -> float | None:
        """The amount for twelve months; None if the length of its period is unknown."""
        length = months(self.period or "")
        return None if length is None else exact_sum([self.value] * (_YEAR // length))


@dataclass(frozen=True)
class Pair:
    """An older and a newer amount."""

    old: Amount
    new: Amount

    @property
    def is_direct(self) -> bool:
        """Whether both periods have the same length."""
        if self.old.period == self.new.period:
            return True
        lengths = months(self.old.period or ""), months(self.new.period or "")
        return lengths[0] == lengths[1] is not None

    @property
    def values(self) -> tuple[float, float] | None:
        """Both amounts for the same length of time, directly or per year; None if they are not comparable."""
        if self.old.currency != self.new.currency:
            return None
        if self.is_direct:
            return self.old.value, self.new.value
        old, new = self.old.per_year, self.new.per_year
        return None if old is None or new is None else (old, new)

    @property
    def growth(self) -> Fraction | None:
        """The relative difference, negative for a decrease; None if it is undefined."""
        if self.values is None or not self.values[0]:
            return None
        return ratio(self.values[1]) / ratio(self.values[0]) - 1

    @property
    def percent(self) -> float | None:
        """The absolute `growth` in percent, rounded, but never to 0 or 100 unless exact."""
        return None if self.growth is None else _rounded(abs(self.growth) * 100)

    @property
    def difference(self) -> float | None:
        """The difference, negative for a decrease; per year if the amounts are compared per year."""
        return None if self.values is None else exact_sum((self.values[1], -self.values[0]))

    def reason(self, gettext: Callable[[str], str]) -> str | None:
        """Why they are not comparable, in words; None if they are."""
        if self.values is not None:
            return None
        if self.old.currency != self.new.currency:
            return gettext(OTHER_CURRENCY)
        *_, period = (amount.period for amount in (self.old, self.new) if amount.per_year is None)
        return gettext(UNKNOWN_PERIOD) % {"period": period} if period else gettext(NO_PERIOD)


def _rounded(share: Fraction) -> float:
    """A share with one decimal, or with as many as needed to differ from 0 and 100."""
    for decimals in range(1, 16):
        found = rounded(share, decimals)
        if found == share or found not in (0, 100):
            return float(found)
    return float(share)
