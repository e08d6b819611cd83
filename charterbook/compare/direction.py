"""Which way a change goes: promises, targets, results, money and time."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from charterbook.compare.look import Sides
from charterbook.compare.model import Direction
from charterbook.compare.severity import fits
from charterbook.diff import Change, Data

#: The stages of a service's life, by how much they promise.
_STATUS = ("retired", "sunset", "pilot", "live")

#: Lengths of time in hours, to compare them: a working day has 8 hours, of which a week has 5 days.
#: Calendar and working time are compared by the working time that they hold.
_WORKING_HOURS = {
    "working_hours": 1.0,
    "working_days": 8.0,
    "hours": 40 / 168,
    "days": 40 / 7,
    "weeks": 40.0,
    "months": 40 * 52 / 12,
}


def direction_of(change: Change, sides: Sides) -> Direction | None:
    """The direction of a change, None where it has none or where the two cannot be compared."""
    for pattern, rule in _RULES:
        if fits(pattern, change.path):
            return rule(change, sides)
    return None


def hours(length: Data) -> float:
    """A length of time, `within` and `unit`, in working hours."""
    return float(length["within"]) * _WORKING_HOURS[length["unit"]]


def _comes_or_goes(change: Change, _: Sides) -> Direction | None:
    return {"added": "stronger", "removed": "weaker"}.get(change.kind)  # type: ignore[return-value]


def _service(change: Change, sides: Sides) -> Direction | None:
    """A service that had ended before it came, or before it went, gives and takes nothing."""
    if change.kind not in ("added", "removed") or (change.new or change.old)["status"] == "retired":
        return None
    return _comes_or_goes(change, sides)


def _within(change: Change, sides: Sides) -> Direction | None:
    if change.kind != "changed":
        return _comes_or_goes(change, sides)
    return _way(hours(change.new) - hours(change.old), "weaker", "stronger")


def _share_kept(change: Change, sides: Sides) -> Direction | None:
    if change.kind != "changed":
        return _comes_or_goes(change, sides)
    return _way(change.new - change.old, "stronger", "weaker")


def _status(change: Change, _: Sides) -> Direction | None:
    return _way(_STATUS.index(change.new) - _STATUS.index(change.old), "stronger", "weaker")


def _served(change: Change, _: Sides) -> Direction | None:
    gained, lost = set(change.new) - set(change.old), set(change.old) - set(change.new)
    if bool(gained) == bool(lost):
        return None
    return "stronger" if gained else "weaker"


def _money(change: Change, sides: Sides) -> Direction | None:
    """Amounts of another currency or of another period cannot be compared."""
    old, new = sides.old.funding, sides.new.funding
    if change.kind != "changed" or old.currency != new.currency or old.period != new.period:
        return None
    source = change.path[:-1]
    periods = [(side(source) or {}).get("period") for side in (sides.before, sides.after)]
    return _way(change.new - change.old, "more", "less") if periods[0] == periods[1] else None


def _total(change: Change, _: Sides) -> Direction | None:
    if any(change.old[key] != change.new[key] for key in ("currency", "period")):
        return None
    return _way(change.new["amount"] - change.old["amount"], "more", "less")


def _number(change: Change, _: Sides) -> Direction | None:
    return _way(change.new - change.old, "more", "less") if change.kind == "changed" else None


def _target(change: Change, sides: Sides) -> Direction | None:
    if change.kind != "changed":
        return None
    way = _figure(change, sides, "harder", "easier")
    days = [figure.get("date") for figure in (change.old, change.new)]
    if way is None and change.old["value"] == change.new["value"] and all(days):
        return _earlier(days[0], days[1])
    return way


def _earlier(old: datetime.date, new: datetime.date) -> Direction | None:
    return _way((new - old).days, "easier", "harder")


def _actual(change: Change, sides: Sides) -> Direction | None:
    return _figure(change, sides, "better", "worse") if change.kind == "changed" else None


def _figure(change: Change, sides: Sides, ahead: Direction, behind: Direction) -> Direction | None:
    """By the metric's own direction; None where its unit or its direction is another one."""
    metrics = [side(change.path[:2]) for side in (sides.before, sides.after)]
    if any(metrics[0][key] != metrics[1][key] for key in ("unit", "direction")):
        return None
    rise = change.new["value"] - change.old["value"]
    return _way(rise if metrics[1]["direction"] == "up" else -rise, ahead, behind)


def _way(difference: float, up: Direction, down: Direction) -> Direction | None:
    if difference == 0:
        return None
    return up if difference > 0 else down


_RULES: tuple[tuple[str, Callable[[Change, Sides], Direction | None]], ...] = (
    ("services.*", _service),
    ("services.*.status", _status),
    ("services.*.audiences", _served),
    ("services.*.service_levels.*", _comes_or_goes),
    ("services.*.service_levels.*.within", _within),
    ("services.*.service_levels.*.target_share", _share_kept),
    ("intake.priorities.*.within", _within),
    ("audiences.*.hours_per_quarter", _number),
    ("services.*.hours_per_quarter", _number),
    ("funding.total", _total),
    ("funding.sources.*.amount", _money),
    ("funding.sources.*.share", _number),
    ("metrics.*.target", _target),
    ("metrics.*.actual", _actual),
)
