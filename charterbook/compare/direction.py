"""The direction of a change: of promises, targets, results, money and time."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from charterbook.compare.budget_periods import Amount, Pair
from charterbook.compare.comparison import Direction
from charterbook.compare.durations import comparable, longer, size, working_week
from charterbook.compare.lookup import Sides
from charterbook.compare.severity import fits
from charterbook.diff import Change, Data

#: The stages of a service's lifecycle, by how much they promise.
_STATUS = ("retired", "sunset", "pilot", "live")

#: Review cadences, the rarest first.
_CADENCE = ("year", "half_year", "quarter", "month")


#: The paths of lengths of time, and the figures of a metric.
_LENGTHS = ("services.*.service_levels.*", "intake.priorities.*")
_FIGURES = ("target", "baseline", "actual")


def direction_of(change: Change, sides: Sides) -> Direction | None:
    """The direction of a change; None for a change without a direction, or if its values are not comparable."""
    for pattern, rule in _RULES:
        if fits(pattern, change.path):
            return rule(change, sides)
    return None


def _added_or_removed(change: Change, _: Sides) -> Direction | None:
    return {"added": "stronger", "removed": "weaker"}.get(change.kind)  # type: ignore[return-value]


def _service(change: Change, sides: Sides) -> Direction | None:
    """The direction of an added or removed service; None for a retired service."""
    if change.kind not in ("added", "removed") or (change.new or change.old)["status"] == "retired":
        return None
    return _added_or_removed(change, sides)


def _within(change: Change, sides: Sides) -> Direction | None:
    if change.kind != "changed":
        return _added_or_removed(change, sides)
    return {1: "weaker", -1: "stronger"}.get(_longer(change, sides) or 0)  # type: ignore[return-value]


def _longer(change: Change, sides: Sides) -> int | None:
    """Whether a changed length of time is longer than before, by the calendars of both charters."""
    return longer(change.old, change.new, working_week((sides.old.calendar, sides.new.calendar)))


def _priority(change: Change, sides: Sides) -> Direction | None:
    """The direction of an added or removed priority; None for a priority without a response time."""
    if change.kind not in ("added", "removed") or "within" not in (change.new or change.old):
        return None
    return _added_or_removed(change, sides)


def _on_time_share(change: Change, sides: Sides) -> Direction | None:
    if change.kind != "changed":
        return _added_or_removed(change, sides)
    return _trend(change.old, change.new, "stronger", "weaker")


def _status(change: Change, _: Sides) -> Direction | None:
    return _trend(_STATUS.index(change.old), _STATUS.index(change.new), "stronger", "weaker")


def _cadence(change: Change, _: Sides) -> Direction | None:
    return _trend(_CADENCE.index(change.old), _CADENCE.index(change.new), "stronger", "weaker")


def _ends(change: Change, _: Sides) -> Direction | None:
    """The direction of a service's end date: a later end, or none, is a stronger promise."""
    if change.kind != "changed":
        return "weaker" if change.kind == "added" else "stronger"
    return _trend(change.old, change.new, "stronger", "weaker")


def _audiences(change: Change, _: Sides) -> Direction | None:
    gained, lost = set(change.new) - set(change.old), set(change.old) - set(change.new)
    if bool(gained) == bool(lost):
        return None
    return "stronger" if gained else "weaker"


def _money(change: Change, sides: Sides) -> Direction | None:
    values = amounts_of(change, sides).values if change.kind == "changed" else None
    return _trend(*values, "more", "less") if values else None


def _total(change: Change, sides: Sides) -> Direction | None:
    values = amounts_of(change, sides).values
    return _trend(*values, "more", "less") if values else None


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


def _number(change: Change, _: Sides) -> Direction | None:
    return _trend(change.old, change.new, "more", "less") if change.kind == "changed" else None


def _target(change: Change, sides: Sides) -> Direction | None:
    """The direction of a target, by its value; by its date if only that differs."""
    sizes = figures_of(change, sides) if change.kind == "changed" else None
    if sizes is None:
        return None
    old, new = (figure.get("date") for figure in (change.old, change.new))
    if sizes[0] == sizes[1] and old and new:
        return _trend(old, new, "easier", "harder")
    return _figure(change, sides, "harder", "easier")


def _kept(change: Change, _: Sides) -> Direction | None:
    """Whether a promise was kept more often or less often than before."""
    if change.kind != "changed":
        return None
    return _trend(change.old["share"], change.new["share"], "better", "worse")


def _actual(change: Change, sides: Sides) -> Direction | None:
    return _figure(change, sides, "better", "worse") if change.kind == "changed" else None


def _figure(change: Change, sides: Sides, ahead: Direction, behind: Direction) -> Direction | None:
    """The direction of a figure, by the metric's better direction; None if the figures are not comparable."""
    sizes = figures_of(change, sides)
    if sizes is None:
        return None
    down = sides.after(change.path[:2])["direction"] == "down"
    return _trend(sizes[0], sizes[1], *((behind, ahead) if down else (ahead, behind)))


def figures_of(change: Change, sides: Sides) -> tuple[Fraction, Fraction] | None:
    """Both values of a metric's figure in the same unit; None if they are not comparable.

    They are not if the metric's definition or direction differs, if its units are not convertible, or, for money, if
    the currency differs.
    """
    old, new = sides.former(change, change.path[:2]), sides.after(change.path[:2])
    if any(old[key] != new[key] for key in ("definition_version", "direction")):
        return None
    currencies = [
        metric.get("currency") or charter.funding.currency
        for metric, charter in ((old, sides.old), (new, sides.new))
    ]
    if not comparable(old["unit"], new["unit"]) or (
        new["unit"] == "currency" and currencies[0] != currencies[1]
    ):
        return None
    return size(change.old["value"], old["unit"]), size(change.new["value"], new["unit"])


def incomparable(change: Change, sides: Sides) -> bool:
    """Whether a promise or a figure changed to a value that is not comparable with the old one."""
    if change.kind != "changed":
        return False
    if _is_length(change):
        return _longer(change, sides) is None
    other = _is_figure(change) and change.old["value"] != change.new["value"]
    return other and figures_of(change, sides) is None


def only_rewritten(change: Change, sides: Sides) -> bool:
    """Whether a length of time or a figure is equal, but in a different unit."""
    if change.kind != "changed":
        return False
    if _is_length(change):
        return _longer(change, sides) == 0
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


def _trend(old: Any, new: Any, up: Direction, down: Direction) -> Direction | None:
    """The direction of an increase or decrease; None for equal values."""
    return None if old == new else up if new > old else down


_RULES: tuple[tuple[str, Callable[[Change, Sides], Direction | None]], ...] = (
    ("services.*", _service),
    ("services.*.status", _status),
    ("services.*.until", _ends),
    ("services.*.audiences", _audiences),
    ("services.*.service_levels.*", _added_or_removed),
    ("services.*.service_levels.*.within", _within),
    ("services.*.service_levels.*.target_share", _on_time_share),
    ("intake.priorities.*", _priority),
    ("intake.priorities.*.within", _within),
    ("review.cadence", _cadence),
    ("audiences.*.hours_per_quarter", _number),
    ("services.*.hours_per_quarter", _number),
    ("services.*.hours_once", _number),
    ("services.*.service_levels.*.kept", _kept),
    ("capacity.posts", _number),
    ("capacity.hours_per_quarter", _number),
    ("funding.total", _total),
    ("funding.sources.*.amount", _money),
    ("funding.sources.*.share", _number),
    ("metrics.*.target", _target),
    ("metrics.*.targets.*", _target),
    ("metrics.*.actual", _actual),
)
