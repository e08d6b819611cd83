"""Whether a metric is on track for its target."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from charterbook.charter import Metric
from charterbook.charter.questions import Figure
from charterbook.site.edition import Edition
from charterbook.site.render.views.metric_series import Series, all_series
from charterbook.site.render.views.scores import met

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


def track(series: Series) -> TargetStatus:
    """Progress of a metric towards its target, by the first applicable state:

    1. `met`: the value has reached the target.
    2. `on` or `behind`: baseline, target and value have days, so that a straight line from the baseline to
       the target gives the value needed by the day of the value.
    3. `moving` or `not_moving`: whether the value has become better since the previous version.
    4. `unknown`: no target, no value, or no basis of comparison.
    """
    metric = series.metric
    reached = met(metric)
    if reached is None:
        return TargetStatus("unknown")
    if reached:
        return TargetStatus("met")
    found = pace(metric)
    if found is not None:
        return found
    moved = series.points[-1].moved
    if moved is None:
        return TargetStatus("unknown")
    return TargetStatus("moving" if moved == "better" else "not_moving")


def pace(metric: Metric) -> TargetStatus | None:
    """Whether the value is on the straight line from baseline to target, or beyond; None without such a line."""
    needed = _needed(metric)
    if needed is None:
        return None
    return TargetStatus("on" if _reaches(metric, needed) else "behind", _rounded(metric, needed))


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
    """Rounded needed value: to about a hundredth of the distance from baseline to target."""
    assert metric.baseline is not None
    assert metric.target is not None
    half = abs(metric.target.value / 2 - metric.baseline.value / 2)
    if not half:
        return metric.baseline.value
    return round(needed, 2 - math.floor(math.log10(half) + math.log10(2)))


def _day(figure: Figure) -> int | None:
    return figure.date.toordinal() if figure.date else None


def _reaches(metric: Metric, needed: float) -> bool:
    """Whether the value reaches the needed one; rounding errors are ignored."""
    assert metric.actual is not None
    value = metric.actual.value
    if math.isclose(value, needed, rel_tol=1e-9, abs_tol=1e-12):
        return True
    return value > needed if metric.direction == "up" else value < needed


def tracks(lines: Iterable[Series]) -> list[TargetStatus]:
    """Progress of each of these metrics."""
    return [track(line) for line in lines]


def tracks_by_id(edition: Edition) -> dict[str, TargetStatus]:
    """Progress of each metric of a charter, by its id."""
    return {line.metric.id: track(line) for line in all_series(edition)}


def tally(tracks: Iterable[TargetStatus]) -> dict[State, int]:
    """Number of metrics by state, the best first."""
    counts = Counter(found.state for found in tracks)
    order: tuple[State, ...] = (*GOOD, "behind", "not_moving", "unknown")
    return {state: counts[state] for state in order if counts[state]}
