"""Amounts of money for periods of time: which two can be compared, and how.

Amounts for periods of one length are compared as they are, those for periods of different lengths by the year. The
length is known of a period that is named like a version, such as 2026, FY27-H1, 2026-Q3 or 2026-07. Any other text
can only be compared with itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from charterbook.exact_numbers import exact_sum, ratio
from charterbook.i18n import N_
from charterbook.versions import months

_YEAR = 12

#: Why two amounts cannot be compared.
OTHER_CURRENCY = N_("another currency")
UNKNOWN_PERIOD = N_('the length of "%(period)s" is not known')


@dataclass(frozen=True)
class Amount:
    """An amount of money in a currency, for a period of time, as far as they are stated."""

    value: float
    currency: str | None = None
    period: str | None = None

    @property
    def per_year(self) -> float | None:
        """The amount for twelve months; None where the length of its period is not known."""
        length = months(self.period or "")
        return None if length is None else exact_sum([self.value] * (_YEAR // length))


@dataclass(frozen=True)
class Pair:
    """An older and a newer amount."""

    old: Amount
    new: Amount

    @property
    def is_direct(self) -> bool:
        """Whether both are for periods of one length."""
        if self.old.period == self.new.period:
            return True
        lengths = months(self.old.period or ""), months(self.new.period or "")
        return lengths[0] == lengths[1] is not None

    @property
    def values(self) -> tuple[float, float] | None:
        """Both amounts for one length of time: as they are, or for a year; None where they cannot be compared."""
        if self.old.currency != self.new.currency:
            return None
        if self.is_direct:
            return self.old.value, self.new.value
        old, new = self.old.per_year, self.new.per_year
        return None if old is None or new is None else (old, new)

    @property
    def growth(self) -> Fraction | None:
        """By which share the newer one is more, below zero for less; None where that cannot be said."""
        if self.values is None or not self.values[0]:
            return None
        return ratio(self.values[1]) / ratio(self.values[0]) - 1

    @property
    def percent(self) -> float | None:
        """The size of `growth` in percent, rounded as far as that leaves it neither nothing nor all."""
        return None if self.growth is None else _rounded(abs(self.growth) * 100)

    @property
    def difference(self) -> float | None:
        """By how much the newer one is more, below zero for less; for a year where that is what is compared."""
        return None if self.values is None else exact_sum((self.values[1], -self.values[0]))

    def reason(self, gettext: Callable[[str], str]) -> str | None:
        """Why they cannot be compared, in words; None where they can."""
        if self.values is not None:
            return None
        if self.old.currency != self.new.currency:
            return gettext(OTHER_CURRENCY)
        periods = [amount.period or "–" for amount in (self.old, self.new) if amount.per_year is None]
        return gettext(UNKNOWN_PERIOD) % {"period": periods[-1]}


def _rounded(share: Fraction) -> float:
    """A share to one decimal; to as many as it takes to be neither nothing nor all where it is not."""
    for places in range(1, 16):
        found = round(share, places)
        if found == share or found not in (0, 100):
            return float(found)
    return float(share)
