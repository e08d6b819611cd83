"""Progress of a metric: towards its target, and since an earlier value. No input or output."""

from __future__ import annotations

import math
from typing import Literal

from charterbook.charter import Metric
from charterbook.charter.questions import Figure
from charterbook.frozen_dataclass import dataclass

Movement = Literal["better", "worse", "same"]

#: Reason why two figures of a metric are not comparable.
Break = Literal["definition", "unit", "currency", "direction"]

State = Literal["met", "on", "behind", "moving", "not_moving", "unknown"]

#: The states that count as good, from the best.
GOOD: tuple[State, ...] = ("met", "on", "moving")


@dataclass(frozen=True)
class TargetStatus:
    """Progress of a metric towards its target; `needed` is the value needed by now to stay on pace."""

    state: State
    needed: float | None = None

    @property
    def good(self) -> bool:
        """Whether the target is met or the metric is on track."""
        return self.state in GOOD


def progress(metric: Metric, moved: Movement | None) -> TargetStatus:
    """Progress of a metric towards its target, by the first applicable state:

    1. `met`: the value has reached the target.
    2. `behind`: the value is of the target's day, or of a later one.
    3. `on` or `behind`: baseline, target and value have days, so that a straight line from the baseline to
       the target gives the value needed by the day of the value.
    4. `moving` or `not_moving`: whether the value has become better since the previous version.
    5. `unknown`: no target, no value, or no basis of comparison.
    """
    reached = is_target_met(metric)
    if reached is None:
        return TargetStatus("unknown")
    if reached:
        return TargetStatus("met")
    if _is_past_due(metric):
        assert metric.target is not None
        return TargetStatus("behind", metric.target.value)
    found = is_on_pace(metric)
    if found is not None:
        return found
    if moved is None:
        return TargetStatus("unknown")
    return TargetStatus("moving" if moved == "better" else "not_moving")


def _is_past_due(metric: Metric) -> bool:
    """Whether the value is not older than the day by which to reach the target."""
    due, day = (figure.date if figure else None for figure in (metric.target, metric.actual))
    return due is not None and day is not None and day >= due


def is_on_pace(metric: Metric) -> TargetStatus | None:
    """Whether the value is on or beyond the straight line from baseline to target; None if there is no such line."""
    needed = _needed(metric)
    if needed is None:
        return None
    return TargetStatus("on" if _reaches(metric, needed) else "behind", _rounded(metric, needed))


def break_reason(older: Metric, newer: Metric, same_currency: bool) -> Break | None:
    """Reason why the figures of two states of a metric are not comparable; None if they are."""
    if older.definition_version != newer.definition_version:
        return "definition"
    if older.unit != newer.unit:
        return "unit"
    if newer.unit == "currency" and not same_currency:
        return "currency"
    return "direction" if older.direction != newer.direction else None


def movement(metric: Metric, before: Figure | None) -> Movement | None:
    """Movement of a metric's value since an earlier comparable one; None if either is missing."""
    if before is None or metric.actual is None:
        return None
    difference = metric.actual.value - before.value
    if difference == 0:
        return "same"
    return "better" if (difference > 0) == (metric.direction == "up") else "worse"


def is_target_met(metric: Metric) -> bool | None:
    """Whether a metric has reached its target; None if its value or its target is missing."""
    if metric.actual is None or metric.target is None:
        return None
    if metric.direction == "up":
        return metric.actual.value >= metric.target.value
    return metric.actual.value <= metric.target.value


#: Maximum number of additional digits of a needed value.
_MOST_MORE = 8


def _needed(metric: Metric) -> float | None:
    """Value on the straight line from the baseline to the target, on the day of the actual value."""
    if metric.baseline is None or metric.target is None or metric.actual is None:
        return None
    days = [_day(figure) for figure in (metric.baseline, metric.target, metric.actual)]
    if None in days:
        return None
    begin, end, now = (day or 0 for day in days)
    if begin >= end or now < begin:
        return None
    done = min(1.0, (now - begin) / (end - begin))
    return metric.baseline.value * (1 - done) + metric.target.value * done


def _rounded(metric: Metric, needed: float) -> float:
    """Rounded needed value: to about a tenth of the distance from baseline to target.

    With as many more digits as leave the actual value on its side: 78 % is never behind when 78 % is needed.
    """
    assert metric.baseline is not None
    assert metric.target is not None
    half = abs(metric.target.value / 2 - metric.baseline.value / 2)
    if not half:
        return metric.baseline.value
    places = 1 - math.floor(math.log10(half) + math.log10(2))
    is_on = _reaches(metric, needed)
    rounded = (round(needed, places + more) for more in range(_MOST_MORE))
    return next((one for one in rounded if _reaches(metric, one) == is_on), needed)


def _day(figure: Figure) -> int | None:
    return figure.date.toordinal() if figure.date else None


def _reaches(metric: Metric, needed: float) -> bool:
    """Whether the value reaches the needed one; rounding errors are ignored."""
    assert metric.actual is not None
    value = metric.actual.value
    if math.isclose(value, needed, rel_tol=1e-9, abs_tol=1e-12):
        return True
    return value > needed if metric.direction == "up" else value < needed
