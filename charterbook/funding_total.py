"""The sum of all funding sources, if it can be calculated: for one period, and in one currency or with rates."""

from __future__ import annotations

import datetime

from babel.numbers import get_currency_precision

from charterbook.charter import Charter, Funding
from charterbook.charter.questions import Source
from charterbook.exact_numbers import exact_sum, ratio, rounded
from charterbook.frozen_dataclass import dataclass


@dataclass(frozen=True)
class Total:
    """An amount of money in a currency, for a period."""

    value: float
    currency: str
    period: str | None = None


def total_of(charter: Charter) -> Total | None:
    """The sum of all sources. None if an amount or a rate is missing, or if periods differ."""
    funding = charter.funding
    currency = funding.currency or next((one.currency for one in funding.sources if one.currency), None)
    amounts = [amount_in_total(source, funding, currency) for source in funding.sources]
    if currency is None or any(amount is None for amount in amounts):
        return None
    return Total(exact_sum(amount or 0 for amount in amounts), currency, funding.period)


def amount_in_total(source: Source, funding: Funding, currency: str | None) -> float | None:
    """The amount of a source in the currency of the total; a converted amount has as many decimals as its currency."""
    if source.amount is None or source.period:
        return None
    if source.currency in (None, currency):
        return source.amount
    rate = _rate(funding, source.currency)
    if rate is None or funding.currency is None:
        return None
    return float(rounded(ratio(source.amount) * ratio(rate), get_currency_precision(funding.currency)))


def _rate(funding: Funding, currency: str | None) -> float | None:
    """The newest rate of a currency, regardless of the order of the rates; None without a rate, or with several on
    that day.
    """
    found = [(one.date or datetime.date.min, one.rate) for one in funding.rates if one.currency == currency]
    newest = max((day for day, _ in found), default=None)
    rates = {rate for day, rate in found if day == newest}
    return rates.pop() if len(rates) == 1 else None
