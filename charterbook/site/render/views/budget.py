"""What a charter costs over the versions, and who pays it. Amounts that cannot be compared are never put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from charterbook.charter import Charter, Funding
from charterbook.charter.questions import Source
from charterbook.compare.budget_periods import Amount, Pair
from charterbook.funding_total import amount_in_total, total_of
from charterbook.site.render.views.chart_layout import height, ticks
from charterbook.site.render.views.sponsor import ItemRow, VersionColumn, reach


@dataclass(frozen=True)
class Money:
    """What one version's charter costs: the total, None where it cannot be summed, and what it is for."""

    total: float | None
    currency: str | None
    period: str | None
    per_head: float | None

    def after(self, other: Money) -> Pair:
        """This total beside that of an earlier version, both of which are known."""
        return Pair(other.amount, self.amount)

    @property
    def amount(self) -> Amount:
        """The total, as it is compared with others."""
        return Amount(self.total or 0, self.currency, self.period)


def money(charter: Charter) -> Money:
    """The budget: summed only where each source names an amount, for the same time and in a known currency."""
    found = total_of(charter)
    total, currency = (found.value, found.currency) if found else (None, charter.funding.currency)
    return Money(total, currency, charter.funding.period, _each(total, reach(charter).heads))


def _each(total: float | None, heads: int | None) -> float | None:
    """What one person costs, without pretending to an exactness that a budget does not have."""
    if not total or not heads:
        return None
    return round(total / heads, 2 if total < 100 * heads else 0)


def budgets(shown: Sequence[VersionColumn]) -> list[Money]:
    """The budgets of these versions."""
    return [money(column.charter) for column in shown]


def has_figures(sources: Sequence[ItemRow[Source]]) -> bool:
    """Whether any version says an amount or a share."""
    cells = (cell for row in sources for cell in row.cells if cell is not None)
    return any(cell.amount is not None or cell.share is not None for cell in cells)


def letter(number: int) -> str:
    """The letter by which a chart calls a row: A, B, … Z, AA, …"""
    rest, place = divmod(number, 26)
    return (letter(rest - 1) if rest else "") + chr(ord("A") + place)


Measure = Literal["amount", "share"]


@dataclass(frozen=True)
class BarSegment:
    """A part of a bar: of which row, and where it stands, in percent of the height from the top."""

    row: int
    top: float
    height: float


@dataclass(frozen=True)
class Bar:
    """The bar of a version: its parts from the bottom, none where it has no figures; its place and width.

    `cut` says that its amounts are for another time than those of the bar before.
    """

    column: VersionColumn
    x: float
    width: float
    parts: list[BarSegment]
    cut: bool


@dataclass(frozen=True)
class Bars:
    """Stacked bars of who pays what: of amounts, or of shares where there are no amounts."""

    of: Measure
    bars: list[Bar]
    ticks: list[tuple[float, float]]
    currency: str | None
    left_out: bool


def bars(shown: Sequence[VersionColumn], sources: Sequence[ItemRow[Source]]) -> Bars | None:
    """Who pays what over these versions; None where the newest says neither amounts nor shares.

    Bars of amounts are in the currency of the newest: one axis cannot hold two, so others are left out.
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
        )
        for index, column in enumerate(shown)
    ]
    levels = [(value, height(value, 0, marks[-1])) for value in marks]
    return Bars(of, found, levels, totals[-1].currency, not all(stacks))


def _fits(budget: Money, newest: Money) -> bool:
    return bool(budget.total) and budget.currency == newest.currency


def _cut(totals: Sequence[Money], stacks: Sequence[Sequence[object]], index: int) -> bool:
    """Whether a bar and the one before are both drawn, but not for periods of one length."""
    drawn = index > 0 and bool(stacks[index - 1]) and bool(stacks[index])
    return drawn and not totals[index].after(totals[index - 1]).is_direct


def _stack(
    sources: Sequence[ItemRow[Source]], index: int, funding: Funding, of: Measure
) -> list[tuple[int, float]]:
    """The rows that pay something in a version, with how much; amounts in the currency of the total."""
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
