"""Sparkline of a metric for a table row or a card."""

from __future__ import annotations

from collections.abc import Sequence

from charterbook.frozen_dataclass import dataclass
from charterbook.site.render.views.chart_layout import (
    column_centre,
    figure,
    height,
    series_breaks,
    widened_range,
)
from charterbook.site.render.views.metric_series import Point

#: Width and height of a sparkline, in SVG units.
SPARK = (80, 24)


@dataclass(frozen=True)
class Sparkline:
    """Sparkline: lines through values as points of SVG, single values, breaks, and the last value.

    `target` is the start of the target line. The line continues to the end.
    """

    lines: list[str]
    lone: list[tuple[float, float]]
    cuts: list[float]
    target: tuple[float, float] | None
    last: tuple[float, float]


def layout_sparkline(points: Sequence[Point]) -> Sparkline | None:
    """Sparkline of points with the same scale; None if fewer than two have a value."""
    values = [point.actual.value for point in points if point.actual]
    if len(values) <= 1:
        return None
    target = figure(points[-1], "target")
    every = [*values, target.value] if target else values
    low, high = widened_range(min(every), max(every))
    runs: list[list[tuple[float, float]]] = [[]]
    for index, point in enumerate(points):
        if point.broken or point.actual is None:
            runs.append([])
        if point.actual is not None:
            runs[-1].append(_spot(column_centre(index, len(points)), height(point.actual.value, low, high)))
    runs = [run for run in runs if run]
    return Sparkline(
        lines=[" ".join(f"{x:g},{y:g}" for x, y in _corners(run)) for run in runs if len(run) > 1],
        lone=[run[0] for run in runs if len(run) == 1],
        cuts=[_spot(cut.x, 0)[0] for cut in series_breaks(points)],
        target=_spot(_since(points), height(target.value, low, high)) if target else None,
        last=runs[-1][-1],
    )


def _corners(run: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spots of a line without those inside of its level parts."""
    inner = zip(run, run[1:-1], run[2:], strict=False)
    return [run[0], *(spot for before, spot, after in inner if not before[1] == spot[1] == after[1]), run[-1]]


def _since(points: Sequence[Point]) -> float:
    """Position of the first figure comparable with the last ones."""
    return max((cut.x for cut in series_breaks(points)), default=0.0)


def _spot(x: float, y: float) -> tuple[float, float]:
    """Coordinates in a sparkline, with a margin for the dot at its edges."""
    return round(x * SPARK[0] / 100, 1), round(3 + y * (SPARK[1] - 6) / 100, 1)
