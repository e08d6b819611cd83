"""The direction of a change: of promises, targets, results, money and time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, get_args

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import shapes
from charterbook.charter.optional_sections import Stage
from charterbook.charter.working_calendar import Calendar
from charterbook.compare.comparability import amounts_of, figures_of, length_trend
from charterbook.compare.comparison import Direction
from charterbook.compare.lookup import Sides
from charterbook.compare.severity import fits
from charterbook.diff import Change, key_of
from charterbook.versions import bounds, is_version_name

#: The stages of a service's lifecycle, by how much they promise.
_STATUS = ("retired", "sunset", "pilot", "live")

#: Review cadences, the rarest first.
_CADENCE = ("year", "half_year", "quarter", "month")
#: Stages of maturity, the lowest first.
_STAGES = get_args(Stage)

#: Sections whose keys promise nothing without the others: a calendar only defines what working time is.
_DEFINITIONS = ("calendar",)


def direction_of(change: Change, sides: Sides) -> Direction | None:
    """The direction of a change; None for a change without a direction, or if its values are not comparable.

    A whole section has the direction of its parts. A service that is not offered promises nothing, whatever it says.
    """
    if len(change.path) == 1 and change.kind in ("added", "removed"):
        return _section(change, sides)
    if _is_about_retired(change, sides):
        return None
    for pattern, rule in _RULES:
        if fits(pattern, change.path):
            return rule(change, sides)
    return None


def _section(change: Change, sides: Sides) -> Direction | None:
    """The direction of an added or removed section with promises or targets in it; None for any other section."""
    shape = shapes(Charter)[change.path[0]]
    if shape.part is None or change.path[0] in _DEFINITIONS:
        return None
    promises = any(direction_of(part, sides) is not None for part in _parts(change, shape.part))
    return _added_or_removed(change, sides) if promises else None


def _parts(change: Change, model: type[Part]) -> Iterator[Change]:
    """The items of a section that is a list; the keys of a mapping and the elements of its lists."""
    value = change.new or change.old
    if isinstance(value, list):
        yield from _elements(change)
        return
    for key in shapes(model):
        part = _part(change, key, value.get(key))
        if shapes(model)[key].is_list and shapes(model)[key].part:
            yield from _elements(part)
        elif value.get(key) is not None:
            yield part


def _elements(change: Change) -> Iterator[Change]:
    for element in change.new or change.old or ():
        yield _part(change, key_of(element, change.path[-1]), element)


def _part(change: Change, step: str, value: Any) -> Change:
    old, new = (value, None) if change.kind == "removed" else (None, value)
    return Change(change.kind, (*change.path, step), old, new)


def _is_about_retired(change: Change, sides: Sides) -> bool:
    """Whether a change is inside a service that one of the charters does not offer. Its status says so itself."""
    path = change.path
    if path[0] != "services" or len(path) < 3 or path[2] == "status":  # noqa: PLR2004
        return False
    if fits("services.*.service_levels.*.kept", path):
        return False
    both = sides.former(change, path[:2]), sides.after(path[:2])
    return any(service is not None and service["status"] == "retired" for service in both)


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
    return {1: "weaker", -1: "stronger"}.get(length_trend(change, sides) or 0)  # type: ignore[return-value]


def _priority(change: Change, sides: Sides) -> Direction | None:
    """The direction of an added or removed priority; None for a priority without a response time."""
    return _added_or_removed(change, sides) if "within" in (change.new or change.old) else None


def _metric(change: Change, sides: Sides) -> Direction | None:
    """The direction of an added or removed metric; None for a metric without a target."""
    return _added_or_removed(change, sides) if "target" in (change.new or change.old) else None


def _audience(change: Change, sides: Sides) -> Direction | None:
    """The direction of an added or removed audience; None for one that only contributes."""
    is_served = change.kind in ("added", "removed") and _uses((change.new or change.old)["part"])
    return _added_or_removed(change, sides) if is_served else None


def _part_in_services(change: Change, _: Sides) -> Direction | None:
    return _trend(_uses(change.old), _uses(change.new), "stronger", "weaker")


def _uses(part: str) -> bool:
    """Whether an audience uses services."""
    return part != "contributes"


def _scope(change: Change, _: Sides) -> Direction | None:
    """The direction of a move between what is planned for later and what is out of scope."""
    if change.kind != "moved" or change.source is None:
        return None
    return _trend(change.source[1] == "later", change.path[1] == "later", "stronger", "weaker")


def _aim(change: Change, sides: Sides) -> Direction | None:
    if change.kind != "changed":
        return _added_or_removed(change, sides)
    return _trend(_STAGES.index(change.old), _STAGES.index(change.new), "harder", "easier")


def _aimed_for(change: Change, sides: Sides) -> Direction | None:
    """The direction of the date of an unchanged target stage; None for dates in words."""
    old, new = (charter.maturity and charter.maturity.aim for charter in (sides.old, sides.new))
    if old is None or old != new:
        return None
    if change.kind != "changed":
        return "harder" if change.kind == "added" else "easier"
    if not (is_version_name(change.old) and is_version_name(change.new)):
        return None
    return _trend(bounds(change.old)[1], bounds(change.new)[1], "easier", "harder")


def _stage(change: Change, _: Sides) -> Direction | None:
    if change.kind != "changed":
        return None
    return _trend(_STAGES.index(change.old), _STAGES.index(change.new), "better", "worse")


def _due(change: Change, sides: Sides) -> Direction | None:
    """The direction of the day an action is due: an earlier one is a stronger promise. None if it is no longer open."""
    path = change.path[:3]
    if any(
        side is not None and side["state"] != "open"
        for side in (sides.former(change, path), sides.after(path))
    ):
        return None
    if change.kind != "changed":
        return _added_or_removed(change, sides)
    return _trend(change.old, change.new, "weaker", "stronger")


def _working_time(change: Change, sides: Sides) -> Direction | None:
    """The direction of the working days or hours of a calendar: None if there are both new ones and fewer."""
    old, new = (_times(charter.calendar, change.path[1]) for charter in (sides.old, sides.new))
    if old <= new or new <= old:
        return _trend(len(old), len(new), "stronger", "weaker")
    return None


def _times(calendar: Calendar | None, key: str) -> set[Any]:
    """The working days of a calendar, or the minutes of its working hours."""
    calendar = calendar or Calendar()
    if key == "days":
        return set(calendar.working_days)
    return {minute for begin, end in calendar.shifts for minute in range(begin, end)}


def _on_time_share(change: Change, sides: Sides) -> Direction | None:
    if change.kind != "changed":
        return _added_or_removed(change, sides)
    return _trend(change.old, change.new, "stronger", "weaker")


def _status(change: Change, _: Sides) -> Direction | None:
    return _trend(_STATUS.index(change.old), _STATUS.index(change.new), "stronger", "weaker")


def _cadence(change: Change, sides: Sides) -> Direction | None:
    if change.kind != "changed":
        return _added_or_removed(change, sides)
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


def _period(change: Change, sides: Sides) -> Direction | None:
    """The direction of a period for which an equal amount is paid."""
    path, source = (*change.path[:-1], "amount"), change.source and (*change.source[:-1], "amount")
    amount = Change("changed", path, source=source)
    old, new = sides.former(amount, path), sides.after(path)
    if old is None or old != new:
        return None
    return _money(replace(amount, old=old, new=new), sides)


def _total(change: Change, sides: Sides) -> Direction | None:
    values = amounts_of(change, sides).values
    return _trend(*values, "more", "less") if values else None


def _number(change: Change, _: Sides) -> Direction | None:
    return _trend(change.old, change.new, "more", "less") if change.kind == "changed" else None


def _target(change: Change, sides: Sides) -> Direction | None:
    """The direction of a target, by its value; by its date if only that differs. A target without one is easier."""
    if change.kind != "changed":
        return _added_or_removed(change, sides)
    sizes = figures_of(change, sides)
    if sizes is None:
        return None
    if sizes[0] == sizes[1]:
        old, new = (figure.get("date", datetime.date.max) for figure in (change.old, change.new))
        return _trend(old, new, "easier", "harder")
    return _figure(change, sides, "harder", "easier")


def _target_by_day(change: Change, sides: Sides) -> Direction | None:
    """The direction of one of several targets. Passed ones are removed as a matter of course."""
    return _target(change, sides) if change.kind == "changed" else None


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


def _trend(old: Any, new: Any, up: Direction, down: Direction) -> Direction | None:
    """The direction of an increase or decrease; None for equal values."""
    return None if old == new else up if new > old else down


_RULES: tuple[tuple[str, Callable[[Change, Sides], Direction | None]], ...] = (
    ("services.*", _service),
    ("services.*.status", _status),
    ("services.*.until", _ends),
    ("services.*.audiences", _audiences),
    ("services.*.service_levels.*", _added_or_removed),
    ("services.*.service_levels.*.escalation", _added_or_removed),
    ("services.*.service_levels.*.if_broken", _added_or_removed),
    ("services.*.service_levels.*.within", _within),
    ("services.*.service_levels.*.target_share", _on_time_share),
    ("audiences.*", _audience),
    ("audiences.*.part", _part_in_services),
    ("audiences.*.expects", _added_or_removed),
    ("partners.*.gets", _added_or_removed),
    ("intake.routes.*", _added_or_removed),
    ("intake.priorities.*", _priority),
    ("intake.priorities.*.within", _within),
    ("calendar.days", _working_time),
    ("calendar.hours", _working_time),
    ("scope.*.*", _scope),
    ("review.cadence", _cadence),
    ("review.actions.*.due", _due),
    ("maturity.aim", _aim),
    ("maturity.by", _aimed_for),
    ("maturity.today", _stage),
    ("audiences.*.hours_per_quarter", _number),
    ("services.*.hours_per_quarter", _number),
    ("services.*.hours_once", _number),
    ("services.*.service_levels.*.kept", _kept),
    ("capacity.posts", _number),
    ("capacity.hours_per_quarter", _number),
    ("funding.total", _total),
    ("funding.sources.*.amount", _money),
    ("funding.sources.*.period", _period),
    ("funding.sources.*.share", _number),
    ("metrics.*", _metric),
    ("metrics.*.target", _target),
    ("metrics.*.targets.*", _target_by_day),
    ("metrics.*.actual", _actual),
)
