"""Whether the target of a metric was met when the period of each version ended.

The value of a period is the last value measured in it, even if a later version records it: figures of a quarter are
often entered in the next quarter. Only versions up to the one of the page are read.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Literal

from charterbook.charter import Metric
from charterbook.charter.questions import DatedFigure, Figure
from charterbook.frozen_dataclass import dataclass
from charterbook.metric_progress import is_on_pace, is_target_met
from charterbook.site.render.views.metric_series import Point, Series

#: `on` and `behind` are for a target that was due later; `early` is for a target that was met before its day.
State = Literal["met", "missed", "early", "on", "behind", "not_due", "no_value", "no_target"]

_AnyFigure = Figure | DatedFigure


@dataclass(frozen=True)
class PeriodVerdict:
    """The verdict on a period, with the value and the target that it is about."""

    state: State
    value: _AnyFigure | None = None
    target: _AnyFigure | None = None

    @property
    def good(self) -> bool | None:
        """Whether the verdict is good; None if there is none."""
        if self.state in ("not_due", "no_value", "no_target"):
            return None
        return self.state in ("met", "early", "on")


def period_verdicts(series: Series) -> dict[str, PeriodVerdict]:
    """The verdict on each past version that has the metric, by its name.

    There is none for the last version, because its period is not over.
    """
    return {
        point.version: _verdict(point, series.points[index:])
        for index, point in enumerate(series.points[:-1])
        if point.metric is not None
    }


def _verdict(point: Point, later: Sequence[Point]) -> PeriodVerdict:
    assert point.metric is not None
    target, due = _target(point.metric, point.ends)
    if target is None:
        return PeriodVerdict("no_target")
    value = _value(later, point)
    if value is None:
        return PeriodVerdict("no_value", None, target)
    figures = {"actual": Figure(value=value.value, date=value.date), "target": target}
    return PeriodVerdict(_state(point.metric.model_copy(update=figures), due=due), value, target)


def _state(metric: Metric, *, due: bool) -> State:
    reached = is_target_met(metric)
    if due:
        return "met" if reached else "missed"
    if reached:
        return "early"
    found = is_on_pace(metric)
    return "not_due" if found is None else "on" if found.good else "behind"


def _target(metric: Metric, ends: datetime.date | None) -> tuple[_AnyFigure | None, bool]:
    """The target that was due last by the end of a period, else the next one; and whether it was due."""
    dated = sorted(metric.targets, key=lambda target: target.date)
    past = [target for target in dated if ends is not None and target.date <= ends]
    if past:
        return past[-1], True
    if dated:
        return dated[0], False
    target = metric.target
    return target, target is not None and (target.date is None or ends is None or target.date <= ends)


def _value(later: Sequence[Point], point: Point) -> _AnyFigure | None:
    """The last value of a period: by day, from this or a later version; else the version's own without a day."""
    known = [value for one in _comparable(later) for value in one.measured if _is_within(value, point)]
    if known:
        last = max(value.date for value in known if value.date)
        return next(value for value in reversed(known) if value.date == last)
    own = point.actual
    is_earlier = (
        own is not None and own.date is not None and point.begins is not None and own.date < point.begins
    )
    return None if is_earlier else own


def _is_within(value: _AnyFigure, point: Point) -> bool:
    if value.date is None or point.begins is None or point.ends is None:
        return False
    return point.begins <= value.date <= point.ends


def _comparable(later: Sequence[Point]) -> Iterator[Point]:
    """Points before the first one with figures that are not comparable with the start."""
    for index, point in enumerate(later):
        if index and point.broken:
            return
        yield point
