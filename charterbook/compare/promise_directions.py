"""The directions of promises: what is offered, to whom, how soon, when, and for how long."""

from __future__ import annotations

import datetime

from charterbook.charter import Charter
from charterbook.compare import calendar_directions
from charterbook.compare.comparability import length_trend
from charterbook.compare.comparison import Direction
from charterbook.compare.lookup import Sides
from charterbook.compare.trend import Rule, added_or_removed, also_new, trend
from charterbook.diff import Change
from charterbook.versions import bounds, is_version_name

#: The stages of a service's lifecycle, by how much they promise.
_STATUS = ("retired", "sunset", "pilot", "live")

#: Review cadences, the rarest first.
_CADENCE = ("year", "half_year", "quarter", "month")


def _service(change: Change, sides: Sides) -> Direction | None:
    """The direction of an added or removed service; None for a retired service."""
    if change.kind not in ("added", "removed") or (change.new or change.old)["status"] == "retired":
        return None
    return added_or_removed(change, sides)


@also_new
def _within(change: Change, sides: Sides) -> Direction | None:
    return {1: "weaker", -1: "stronger"}.get(length_trend(change, sides) or 0)  # type: ignore[return-value]


def _priority(change: Change, sides: Sides) -> Direction | None:
    """The direction of an added or removed priority; None for a priority without a response time."""
    return added_or_removed(change, sides) if "within" in (change.new or change.old) else None


def _metric(change: Change, sides: Sides) -> Direction | None:
    """The direction of an added or removed metric; None for a metric without a target."""
    return added_or_removed(change, sides) if "target" in (change.new or change.old) else None


def _audience(change: Change, sides: Sides) -> Direction | None:
    """The direction of an added or removed audience; None for one that only contributes."""
    is_served = change.kind in ("added", "removed") and _uses((change.new or change.old)["part"])
    return added_or_removed(change, sides) if is_served else None


def _part_in_services(change: Change, _: Sides) -> Direction | None:
    return trend(_uses(change.old), _uses(change.new), "stronger", "weaker")


def _uses(part: str) -> bool:
    """Whether an audience uses services."""
    return part != "contributes"


def _scope(change: Change, _: Sides) -> Direction | None:
    """The direction of a move between what is planned for later and what is out of scope."""
    if change.kind != "moved" or change.source is None:
        return None
    return trend(change.source[1] == "later", change.path[1] == "later", "stronger", "weaker")


def _due(change: Change, sides: Sides) -> Direction | None:
    """The direction of the day an action is due: an earlier one is a stronger promise. None if it is no longer open."""
    path = change.path[:3]
    if any(
        side is not None and side["state"] != "open"
        for side in (sides.former(change, path), sides.after(path))
    ):
        return None
    if change.kind != "changed":
        return added_or_removed(change, sides)
    return trend(change.old, change.new, "weaker", "stronger")


@also_new
def _on_time_share(change: Change, sides: Sides) -> Direction | None:
    return trend(change.old, change.new, "stronger", "weaker")


def _status(change: Change, _: Sides) -> Direction | None:
    return trend(_STATUS.index(change.old), _STATUS.index(change.new), "stronger", "weaker")


@also_new
def _cadence(change: Change, sides: Sides) -> Direction | None:
    return trend(_CADENCE.index(change.old), _CADENCE.index(change.new), "stronger", "weaker")


def _ends(change: Change, _: Sides) -> Direction | None:
    """The direction of a service's end date: a later end, or none, is a stronger promise."""
    if change.kind != "changed":
        return "weaker" if change.kind == "added" else "stronger"
    return trend(change.old, change.new, "stronger", "weaker")


def _starts(change: Change, sides: Sides) -> Direction | None:
    """The direction of a service's start date: an earlier one is a stronger promise; None for days that have passed.

    A day has passed if it is not after the first day of the newer charter. If that is unknown, only a changed date of
    the same service has a direction.
    """
    first = first_day(sides.new)
    if first is None and (change.kind != "changed" or change.source):
        return None
    past = first or datetime.date.min
    old, new = (max(day or past, past) for day in (change.old, change.new))
    return trend(old, new, "weaker", "stronger")


def first_day(charter: Charter) -> datetime.date | None:
    """The first day of a charter that states it, or its period."""
    if charter.effective or not charter.version or not is_version_name(charter.version):
        return charter.effective
    return bounds(charter.version)[0]


def _audiences(change: Change, _: Sides) -> Direction | None:
    gained, lost = set(change.new) - set(change.old), set(change.old) - set(change.new)
    if bool(gained) == bool(lost):
        return None
    return "stronger" if gained else "weaker"


#: The rules by path pattern. The first that matches decides.
PROMISES: tuple[tuple[str, Rule], ...] = (
    ("services.*", _service),
    ("services.*.status", _status),
    ("services.*.since", _starts),
    ("services.*.until", _ends),
    ("services.*.audiences", _audiences),
    ("services.*.service_levels.*", added_or_removed),
    ("services.*.service_levels.*.escalation", added_or_removed),
    ("services.*.service_levels.*.if_broken", added_or_removed),
    ("services.*.service_levels.*.within", _within),
    ("services.*.service_levels.*.target_share", _on_time_share),
    ("audiences.*", _audience),
    ("audiences.*.part", _part_in_services),
    ("audiences.*.expects", added_or_removed),
    ("partners.*.gets", added_or_removed),
    ("intake.routes.*", added_or_removed),
    ("intake.priorities.*", _priority),
    ("intake.priorities.*.within", _within),
    ("calendar", calendar_directions.calendar),
    ("calendar.days", calendar_directions.days),
    ("calendar.hours", calendar_directions.hours),
    ("calendar.holidays.*", calendar_directions.holiday),
    ("scope.*.*", _scope),
    ("review.cadence", _cadence),
    ("review.actions.*.due", _due),
    ("metrics.*", _metric),
)
