"""The directions of figures: targets, results, maturity, money and time."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import get_args

from charterbook.charter.optional_sections import Stage
from charterbook.compare.comparability import amounts_of, figures_of
from charterbook.compare.comparison import Direction
from charterbook.compare.lookup import Sides
from charterbook.compare.trend import Rule, also_new, trend
from charterbook.diff import Change
from charterbook.versions import bounds, is_version_name

#: Stages of maturity, the lowest first.
_STAGES = get_args(Stage)


@also_new
def _aim(change: Change, sides: Sides) -> Direction | None:
    return trend(_STAGES.index(change.old), _STAGES.index(change.new), "harder", "easier")


def _aimed_for(change: Change, sides: Sides) -> Direction | None:
    """The direction of the date of an unchanged target stage; None for dates in words."""
    old, new = (charter.maturity and charter.maturity.aim for charter in (sides.old, sides.new))
    if old is None or old != new:
        return None
    if change.kind != "changed":
        return "harder" if change.kind == "added" else "easier"
    if not (is_version_name(change.old) and is_version_name(change.new)):
        return None
    return trend(bounds(change.old)[1], bounds(change.new)[1], "easier", "harder")


def _stage(change: Change, _: Sides) -> Direction | None:
    if change.kind != "changed":
        return None
    return trend(_STAGES.index(change.old), _STAGES.index(change.new), "better", "worse")


def _money(change: Change, sides: Sides) -> Direction | None:
    values = amounts_of(change, sides).values if change.kind == "changed" else None
    return trend(*values, "more", "less") if values else None


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
    return trend(*values, "more", "less") if values else None


def _number(change: Change, _: Sides) -> Direction | None:
    return trend(change.old, change.new, "more", "less") if change.kind == "changed" else None


@also_new
def _target(change: Change, sides: Sides) -> Direction | None:
    """The direction of a target, by its value; by its date if only that differs. A target without one is easier."""
    sizes = figures_of(change, sides)
    if sizes is None:
        return None
    if sizes[0] == sizes[1]:
        old, new = (figure.get("date", datetime.date.max) for figure in (change.old, change.new))
        return trend(old, new, "easier", "harder")
    return _figure(change, sides, "harder", "easier")


def _target_by_day(change: Change, sides: Sides) -> Direction | None:
    """The direction of one of several targets. Passed ones are removed as a matter of course."""
    return _target(change, sides) if change.kind == "changed" else None


def _kept(change: Change, _: Sides) -> Direction | None:
    """Whether a promise was kept more often or less often than before."""
    if change.kind != "changed":
        return None
    return trend(change.old["share"], change.new["share"], "better", "worse")


def _actual(change: Change, sides: Sides) -> Direction | None:
    return _figure(change, sides, "better", "worse") if change.kind == "changed" else None


def _figure(change: Change, sides: Sides, ahead: Direction, behind: Direction) -> Direction | None:
    """The direction of a figure, by the metric's better direction; None if the figures are not comparable."""
    sizes = figures_of(change, sides)
    if sizes is None:
        return None
    down = sides.after(change.path[:2])["direction"] == "down"
    return trend(sizes[0], sizes[1], *((behind, ahead) if down else (ahead, behind)))


#: The rules by path pattern. The first that matches decides.
FIGURES: tuple[tuple[str, Rule], ...] = (
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
    ("metrics.*.target", _target),
    ("metrics.*.targets.*", _target_by_day),
    ("metrics.*.actual", _actual),
)
