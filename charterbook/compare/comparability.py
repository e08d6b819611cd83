"""Which values of a change are comparable, and which are equal in another notation.

A length of time or a figure can be written in another unit. A value that a key has by default can be written out.
"""

from __future__ import annotations

from fractions import Fraction

from charterbook.compare.budget_periods import Amount, Pair
from charterbook.compare.durations import comparable, longer, size, working_week
from charterbook.compare.effective_values import is_default_in_words
from charterbook.compare.lookup import Sides
from charterbook.compare.other_units import counted_in
from charterbook.compare.severity import fits
from charterbook.diff import Change, Data

#: The paths of lengths of time, and the figures of a metric.
_LENGTHS = ("services.*.service_levels.*", "intake.priorities.*")
_FIGURES = ("target", "baseline", "actual")


def length_trend(change: Change, sides: Sides) -> int | None:
    """Whether a changed length of time is longer than before (1), shorter (-1) or equal (0), by the calendars of both
    charters; None if that depends on the moment of a request.
    """
    return longer(change.old, change.new, working_week((sides.old.calendar, sides.new.calendar)))


def amounts_of(change: Change, sides: Sides) -> Pair:
    """Both amounts of a changed amount or total, with their currencies and periods."""
    if change.path == ("funding", "total"):
        return Pair(_sum(change.old), _sum(change.new))
    old, new = sides.old.funding, sides.new.funding
    source = change.path[:-1]
    before, after = sides.former(change, source) or {}, sides.after(source) or {}
    return Pair(
        Amount(change.old, before.get("currency") or old.currency, before.get("period") or old.period),
        Amount(change.new, after.get("currency") or new.currency, after.get("period") or new.period),
    )


def _sum(total: Data) -> Amount:
    return Amount(total["amount"], total["currency"], total["period"])


def figures_of(change: Change, sides: Sides) -> tuple[Fraction, Fraction] | None:
    """Both values of a metric's figure in the same unit; None if they are not comparable.

    They are not if the metric's definition or direction differs, if its units are not convertible, or, for money, if
    the currency differs.
    """
    old, new = sides.former(change, change.path[:2]), sides.after(change.path[:2])
    if any(old[key] != new[key] for key in ("definition_version", "direction")):
        return None
    currencies = [counted_in(*side)[1] for side in ((old, sides.old), (new, sides.new))]
    if not comparable(old["unit"], new["unit"]) or currencies[0] != currencies[1]:
        return None
    return size(change.old["value"], old["unit"]), size(change.new["value"], new["unit"])


def incomparable(change: Change, sides: Sides) -> bool:
    """Whether a promise or a figure changed to a value that is not comparable with the old one."""
    if change.kind != "changed":
        return False
    if _is_length(change):
        return length_trend(change, sides) is None
    return _is_figure(change) and _counts_otherwise(change, sides) and figures_of(change, sides) is None


def _counts_otherwise(change: Change, sides: Sides) -> bool:
    """Whether a figure has another value, unit or currency."""
    old, new = sides.former(change, change.path[:2]), sides.after(change.path[:2])
    return change.old["value"] != change.new["value"] or counted_in(old, sides.old) != counted_in(
        new, sides.new
    )


def only_rewritten(change: Change, sides: Sides) -> bool:
    """Whether a length of time or a figure is equal, but in a different unit, or a default is written out."""
    if is_default_in_words(change, sides):
        return True
    if change.kind != "changed":
        return False
    if _is_length(change):
        return length_trend(change, sides) == 0
    if _is_figure(change):
        return _same_figure(change, sides)
    return fits("metrics.*.unit", change.path) and _same_figures(change, sides)


def _is_length(change: Change) -> bool:
    return any(fits(f"{place}.within", change.path) for place in _LENGTHS)


def _is_figure(change: Change) -> bool:
    return any(fits(f"metrics.*.{key}", change.path) for key in _FIGURES)


def _same_figure(change: Change, sides: Sides) -> bool:
    sizes = figures_of(change, sides)
    rest = [{**figure, "value": None} for figure in (change.old, change.new)]
    differs = change.old["value"] != change.new["value"]
    return differs and sizes is not None and sizes[0] == sizes[1] and rest[0] == rest[1]


def _same_figures(change: Change, sides: Sides) -> bool:
    """Whether all figures of a metric are equal in its new unit."""
    path = change.path[:2]
    old, new = sides.former(change, path), sides.after(path)
    keys = [key for key in _FIGURES if key in old or key in new]
    source = change.source[:2] if change.source else None
    return bool(keys) and all(
        key in old
        and key in new
        and _same_figure(
            Change("changed", (*path, key), old[key], new[key], source=source and (*source, key)), sides
        )
        for key in keys
    )
