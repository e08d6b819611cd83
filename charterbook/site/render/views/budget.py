"""Budgets over the versions, by source. Amounts that cannot be compared are never added up."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from babel.numbers import get_currency_precision

from charterbook.charter import Charter, Funding
from charterbook.charter.questions import Source
from charterbook.compare.budget_periods import Amount, Pair
from charterbook.exact_numbers import exact, ratio, rounded
from charterbook.frozen_dataclass import dataclass
from charterbook.funding_total import Total, amount_in_total, total_of
from charterbook.i18n import Translator
from charterbook.site.render.views.chart_layout import height, spread_labels, ticks
from charterbook.site.render.views.sponsor import ItemRow, VersionColumn, reach


@dataclass(frozen=True)
class Money:
    """Budget of one version: the total, None if it cannot be summed, and its unit."""

    total: float | None
    currency: str | None
    period: str | None
    per_head: float | None

    def after(self, other: Money) -> Pair:
        """This total paired with an earlier version's; both must be known."""
        return Pair(other.amount, self.amount)

    @property
    def amount(self) -> Amount:
        """The total in the form that comparisons use."""
        return Amount(self.total or 0, self.currency, self.period)


def budget_of(charter: Charter) -> Money:
    """Budget of a charter, summed only if each source has an amount for the same period in a known currency."""
    found = total_of(charter)
    total, currency = (found.value, found.currency) if found else (None, charter.funding.currency)
    return Money(total, currency, charter.funding.period, _per_person(found, reach(charter).heads))


def _per_person(total: Total | None, heads: int | None) -> float | None:
    """Cost per person, with decimals below 100 if the currency has any."""
    if not total or not total.value or not heads:
        return None
    decimals = get_currency_precision(total.currency) if total.value < 100 * heads else 0
    return float(rounded(ratio(total.value) / heads, decimals))


def budgets(shown: Sequence[VersionColumn]) -> list[Money]:
    """The budgets of these versions."""
    return [budget_of(column.charter) for column in shown]


def longest_sum(budgets: Sequence[Money], sources: Sequence[ItemRow[Source]], t: Translator) -> int:
    """Number of characters of the longest of these totals and amounts, each in the currency of its version."""
    totals = [(one.total, one.currency) for one in budgets]
    amounts = [
        (cell.amount, cell.currency or budget.currency)
        for row in sources
        for cell, budget in zip(row.cells, budgets, strict=True)
        if cell
    ]
    return max(
        (len(t.money(value, currency)) for value, currency in totals + amounts if value is not None),
        default=0,
    )


@dataclass(frozen=True)
class BudgetTurn:
    """A version with a total that differs from the latest earlier one, and both totals."""

    column: VersionColumn
    before: VersionColumn
    budget: Money
    pair: Pair


def budget_turns(shown: Sequence[VersionColumn]) -> list[BudgetTurn]:
    """The changes of the total over these versions, oldest first."""
    known = [(one, money) for one in shown if (money := budget_of(one.charter)).total is not None]
    return [
        BudgetTurn(column, before, budget, budget.after(old))
        for (before, old), (column, budget) in itertools.pairwise(known)
        if _differs(old, budget)
    ]


def _differs(old: Money, new: Money) -> bool:
    pair = new.after(old)
    return pair.difference != 0 if pair.values else old.amount != new.amount


@dataclass(frozen=True)
class BarPart:
    """A part of a bar, in percent of its width."""

    start: str
    width: str
    middle: str


def shares_bar(sources: Sequence[Source]) -> Iterator[BarPart]:
    """The parts of a bar of shares, whatever the shares add up to."""
    shares = [source.share or 0 for source in sources]
    whole, start = sum(shares) or 1, 0.0
    for share in shares:
        parts = (start, share, start + share / 2)
        yield BarPart(*(f"{100 * part / whole:.6g}" for part in parts))
        start += share


def has_figures(sources: Sequence[ItemRow[Source]]) -> bool:
    """Whether any version has an amount or a share."""
    cells = (cell for row in sources for cell in row.cells if cell is not None)
    return any(cell.amount is not None or cell.share is not None for cell in cells)


def row_letter(number: int) -> str:
    """Letter of a row in a chart: A, B, … Z, AA, …"""
    rest, place = divmod(number, 26)
    return (row_letter(rest - 1) if rest else "") + chr(ord("A") + place)


Measure = Literal["amount", "share"]

#: Number of amounts that make a sum, and the sums that are not rounded in charts.
_SEVERAL = 2
_EXACT = 10_000


@dataclass(frozen=True)
class BarSegment:
    """Segment of a bar: the index of its row, and its position in percent of the height from the top."""

    row: int
    top: float
    height: float


@dataclass(frozen=True)
class Bar:
    """Bar of a version: its segments from the bottom, empty if it has no figures; its position and width.

    `cut` marks a bar with amounts for a different period from those of the previous bar. `total` is the sum of
    amounts, rounded to four digits, None for shares.
    """

    column: VersionColumn
    x: float
    width: float
    parts: list[BarSegment]
    cut: bool
    total: float | None

    @property
    def centre(self) -> float:
        """Its horizontal centre."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Bars:
    """Stacked bars by source: of amounts, or of shares if there are no amounts."""

    of: Measure
    bars: list[Bar]
    ticks: list[tuple[float, float]]
    currency: str | None
    left_out: bool

    @property
    def labels(self) -> list[tuple[int, float]]:
        """The rows of the newest bar, with the heights of their labels beside it."""
        parts = self.bars[-1].parts
        places = spread_labels([part.top + part.height / 2 for part in parts])
        return [(part.row, y) for part, y in zip(parts, places, strict=True)]

    @property
    def unlabelled(self) -> list[int]:
        """The rows of earlier bars that the newest bar lacks."""
        rows = {part.row for bar in self.bars for part in bar.parts}
        return sorted(rows - {row for row, _ in self.labels})


def bars(shown: Sequence[VersionColumn], sources: Sequence[ItemRow[Source]]) -> Bars | None:
    """Stacked bars of these versions; None if the newest has neither amounts nor shares.

    Bars of amounts are in the currency of the newest version; other currencies are omitted.
    """
    totals = budgets(shown)
    of: Measure = "amount" if totals[-1].total else "share"
    stacks = [
        _stack(sources, index, shown[index].charter.funding, of)
        if of == "share" or _fits(total, totals[-1])
        else []
        for index, total in enumerate(totals)
    ]
    if not stacks[-1]:
        return None
    marks = (
        ticks(0, max(sum(size for _, size in stack) for stack in stacks)) if of == "amount" else [0, 50, 100]
    )
    width = 100 / len(shown)
    found = [
        Bar(
            column,
            round(width * (index + 0.2), 2),
            round(width * 0.6, 2),
            _parts(stacks[index], marks[-1]),
            of == "amount" and _cut(totals, stacks, index),
            _total(totals[index], stacks[index]) if of == "amount" and stacks[index] else None,
        )
        for index, column in enumerate(shown)
    ]
    levels = [(value, height(value, 0, marks[-1])) for value in marks]
    return Bars(of, found, levels, totals[-1].currency, not all(stacks))


def _total(budget: Money, stack: Sequence[object]) -> float | None:
    """The total above a bar: a single amount as written; a sum, which the table has in full, rounded to four digits."""
    if budget.total is None or len(stack) < _SEVERAL or abs(budget.total) < _EXACT:
        return budget.total
    return int(Decimal(f"{exact(budget.total):.4g}"))


def _fits(budget: Money, newest: Money) -> bool:
    return bool(budget.total) and budget.currency == newest.currency


def _cut(totals: Sequence[Money], stacks: Sequence[Sequence[object]], index: int) -> bool:
    """Whether a bar and the previous one are both drawn, but for periods of different lengths."""
    drawn = index > 0 and bool(stacks[index - 1]) and bool(stacks[index])
    return drawn and not totals[index].after(totals[index - 1]).is_direct


def _stack(
    sources: Sequence[ItemRow[Source]], index: int, funding: Funding, of: Measure
) -> list[tuple[int, float]]:
    """Indexes of the rows with a value in a version, with the values; amounts in the currency of the total."""
    cells = ((number, row.cells[index]) for number, row in enumerate(sources))
    sizes = [
        (number, source.share if of == "share" else amount_in_total(source, funding, funding.currency))
        for number, source in cells
        if source is not None
    ]
    return [(number, size) for number, size in sizes if size]


def _parts(stack: Sequence[tuple[int, float]], top: float) -> list[BarSegment]:
    found: list[BarSegment] = []
    below = 100.0
    for row, size in stack:
        share = 100 * (size / top)
        below -= share
        found.append(BarSegment(row, round(below, 2), round(share, 2)))
    return found
