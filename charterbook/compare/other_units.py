"""Figures with an equal number of a different unit or currency: 5 days that became 5 weeks, or 100 euros 100 dollars.

Such a figure is a change with equal values: no value in the file differs. The unit or the currency is that of the
metric or funding source, or of the whole funding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charterbook.charter import Charter
from charterbook.compare.lookup import Sides
from charterbook.compare.severity import fits
from charterbook.diff import Change, Data, Path, key_of

#: The figures of a metric, and its list of targets by day.
_FIGURES = ("baseline", "target", "actual")
_SERIES = "targets"

#: The path of the currency that others are in by default.
_COMMON = ("funding", "currency")


def with_equal_numbers(changes: Sequence[Change], sides: Sides) -> list[Change]:
    """The changes, each of a unit or a currency followed by the figures with an equal number that it changes."""
    return [one for change in changes for one in (change, *_recounted(change, sides))]


def counted_in(metric: Data, charter: Charter) -> tuple[str, str | None]:
    """The unit of a metric's figures, with the currency of money."""
    unit = metric["unit"]
    return unit, _currency(metric, charter) if unit == "currency" else None


def _recounted(change: Change, sides: Sides) -> Iterator[Change]:
    path = change.path
    if fits("metrics.*.unit", path) or (
        fits("metrics.*.currency", path) and not _has_new_unit(change, sides)
    ):
        yield from _figures(path[:2], change.source and change.source[:2], sides)
    elif fits("funding.sources.*.currency", path):
        yield from _amount(path[:3], change.source and change.source[:3], sides)
    elif path == _COMMON:
        yield from _in_common_currency(sides)


def _has_new_unit(change: Change, sides: Sides) -> bool:
    """Whether the unit of a metric changed as well: its figures follow that change."""
    path = (*change.path[:2], "unit")
    return bool(sides.former(change, path) != sides.after(path))


def _in_common_currency(sides: Sides) -> Iterator[Change]:
    """The amounts, exchange rates and figures that state no currency of their own before and after."""
    funding = sides.after(("funding",))
    path: Path
    for source in funding["sources"]:
        path = ("funding", "sources", source["id"])
        if "currency" not in source and "currency" not in (sides.before(path) or {"currency": ""}):
            yield from _amount(path, None, sides)
    for rate in funding["rates"]:
        yield from _equal(("funding", "rates", key_of(rate, "rates")), None, sides)
    for metric in sides.after(("metrics",)):
        path = ("metrics", metric["id"])
        before = sides.before(path)
        if before and before["unit"] == metric["unit"] and not {"currency"} & (metric.keys() | before.keys()):
            yield from _figures(path, None, sides)


def _figures(path: Path, source: Path | None, sides: Sides) -> Iterator[Change]:
    """The figures of a metric, if they count something else than before."""
    old, new = sides.former(Change("changed", path, source=source), path), sides.after(path)
    if not old or not new or counted_in(old, sides.old) == counted_in(new, sides.new):
        return
    for key in _FIGURES:
        yield from _equal((*path, key), source and (*source, key), sides)
    for target in new[_SERIES]:
        rest = _SERIES, key_of(target, _SERIES)
        yield from _equal((*path, *rest), source and (*source, *rest), sides)


def _amount(path: Path, source: Path | None, sides: Sides) -> Iterator[Change]:
    """The amount of a funding source, if its currency differs."""
    old, new = sides.former(Change("changed", path, source=source), path), sides.after(path)
    if old and new and _currency(old, sides.old) != _currency(new, sides.new):
        yield from _equal((*path, "amount"), source and (*source, "amount"), sides)


def _currency(item: Data, charter: Charter) -> str | None:
    """The currency of a metric or a funding source: its own, or that of the funding."""
    return item.get("currency") or charter.funding.currency


def _equal(path: Path, source: Path | None, sides: Sides) -> Iterator[Change]:
    """A change of a value that is written as before."""
    change = Change("changed", path, source=source)
    old, new = sides.former(change, path), sides.after(path)
    if old is not None and old == new:
        yield Change("changed", path, old, new, source=source)
