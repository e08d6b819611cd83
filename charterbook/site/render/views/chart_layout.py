"""Layout of charts: positions of lines and labels, in percent of the width and height.

Charts have no fixed size: lines are positioned in percent, and labels use the page's font size, so
that both are readable on phones and wide screens.
"""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Sequence
from typing import Literal

from charterbook.charter.questions import DatedFigure, Figure
from charterbook.frozen_dataclass import dataclass
from charterbook.metric_progress import Break
from charterbook.site.render.views.metric_series import Point

Kind = Literal["actual", "target", "baseline"]
Where = Literal["wide", "narrow", "both"]

#: The three lines of a chart, in the order of their labels.
KINDS: tuple[Kind, ...] = ("actual", "target", "baseline")

#: Height of a line of text, in percent of a chart's height.
LINE = 8.5

#: Largest and smallest differences that can be drawn.
_LARGEST, _SMALLEST = sys.float_info.max, 1e-290

#: Number of version names below a chart on a wide screen and on a phone.
_WIDE, _NARROW = 8, 3

#: Distance from an edge within which the label of a break is anchored at the break, in percent of the width.
_EDGE = 30

#: Minimum distance of two labels of breaks, in percent of the width.
_APART = 45


@dataclass(frozen=True)
class StraightLine:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Dot:
    """Value measured in a version; `inner` if it is not the last of its period."""

    x: float
    y: float
    point: Point
    figure: Figure | DatedFigure
    inner: bool = False


@dataclass(frozen=True)
class Label:
    """Label at the end of a line, shifted if labels would overlap."""

    kind: Kind
    value: float
    y: float


@dataclass(frozen=True)
class SeriesBreak:
    """Break of a series; only some are `labelled`. `anchor` keeps the label inside the chart."""

    x: float
    why: Break
    labelled: bool
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True)
class AxisLabel:
    """Version name below a chart, and the screens on which it is shown."""

    x: float
    point: Point
    where: Where


@dataclass(frozen=True)
class ChartPanel:
    """Chart of points with one axis. `ticks` are values of the axis with their heights."""

    points: Sequence[Point]
    ticks: list[tuple[float, float]]
    lines: dict[Kind, list[StraightLine]]
    dots: list[Dot]
    cuts: list[SeriesBreak]
    names: list[AxisLabel]
    labels: list[Label]


def ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Round tick values from below the lowest to above the highest value, about `count` steps apart."""
    low, high = widened_range(low, high)
    step = _round_step((high / count) - (low / count))
    first, last = math.floor(low / step), math.ceil(high / step)
    digits = max(0, 1 - math.floor(math.log10(step)))
    return [max(-_LARGEST, min(_LARGEST, round(number * step, digits))) for number in range(first, last + 1)]


def widened_range(low: float, high: float) -> tuple[float, float]:
    """The same two values, or two around them if they are almost equal; 0 and 1 if both are 0 or too small to draw."""
    if max(abs(low), abs(high)) < _SMALLEST:
        return 0.0, 1.0
    if high / 2 - low / 2 > max(abs(low), abs(high)) * 1e-12 + _SMALLEST:
        return low, high
    half = max(abs(low), abs(high)) / 10
    return max(-_LARGEST, low - half), min(_LARGEST, high + half)


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next((factor * power for factor in (1, 2, 5) if factor * power >= rough * 0.999), 10 * power)


def height(value: float, low: float, high: float) -> float:
    """Distance of a value from the top; halving avoids overflow of the largest numbers."""
    return round(100 * ((high / 2 - value / 2) / (high / 2 - low / 2)), 2)


def spread_labels(heights: Sequence[float], gap: float = LINE) -> list[float]:
    """Heights near these, in the same order, at least a line of text apart, inside the chart."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    found = list(heights)
    for above, below in itertools.pairwise(order):
        found[below] = max(found[below], found[above] + gap)
    limit = 100.0
    for index in reversed(order):
        found[index] = min(found[index], limit)
        limit = found[index] - gap
    return [round(place, 2) for place in found]


def column_centre(index: int, count: int) -> float:
    """Horizontal centre of a version's column."""
    return round(100 * (index + 0.5) / count, 2)


def shares(figures: Sequence[Figure | DatedFigure], point: Point) -> list[float]:
    """Positions of values in the period of their version, from 0 to 1: by day, or evenly spaced.

    A single value is in the middle. Values are evenly spaced if a day is unknown, equal or outside
    the period.
    """
    count = len(figures)
    even = [(index + 0.5) / count for index in range(count)]
    days = [figure.date for figure in figures]
    if count in (0, 1) or point.begins is None or point.ends is None or None in days:
        return even
    length = (point.ends - point.begins).days + 1
    found = [((day - point.begins).days + 0.5) / length for day in days if day]
    within = found[0] >= 0 and found[-1] <= 1
    return found if within and all(one < two for one, two in itertools.pairwise(found)) else even


def figure(point: Point, kind: Kind) -> Figure | None:
    """One of the three figures of a version."""
    return getattr(point.metric, kind) if point.metric else None


def layout_chart(points: Sequence[Point]) -> ChartPanel | None:
    """Chart of points with the same scale; None if none of them has a value, since there is nothing to compare."""
    values = [found.value for point in points for found in point.added]
    if not values:
        return None
    values += [found.value for point in points for kind in KINDS if (found := figure(point, kind))]
    marks = ticks(min(values), max(values))
    low, high = marks[0], marks[-1]
    place = _Scale(points, low, high)
    return ChartPanel(
        points=points,
        ticks=[(value, height(value, low, high)) for value in marks],
        lines={
            "actual": place.joined(),
            "target": place.steps("target"),
            "baseline": place.steps("baseline"),
        },
        dots=place.dots(),
        cuts=series_breaks(points),
        names=version_labels(points),
        labels=place.labels(),
    )


@dataclass(frozen=True)
class _Scale:
    """Vertical scale of these points between a lowest and a highest value."""

    points: Sequence[Point]
    low: float
    high: float

    def dots(self) -> list[Dot]:
        """A dot for each value."""
        return [dot for dots in self._by_point() for dot in dots]

    def joined(self) -> list[StraightLine]:
        """Lines between consecutive values, without gaps and breaks."""
        found: list[StraightLine] = []
        last: Dot | None = None
        for point, dots in zip(self.points, self._by_point(), strict=True):
            joins = [last, *dots] if last and dots and not point.broken else dots
            found += [StraightLine(one.x, one.y, two.x, two.y) for one, two in itertools.pairwise(joins)]
            last = dots[-1] if dots else None
        return found

    def _by_point(self) -> list[list[Dot]]:
        """The dots of each version, within its column."""
        return [self._dots_of(index, point) for index, point in enumerate(self.points)]

    def _dots_of(self, index: int, point: Point) -> list[Dot]:
        figures = point.added
        places = zip(shares(figures, point), figures, strict=True)
        return [
            Dot(
                round(100 * (index + share) / len(self.points), 2),
                height(figure.value, self.low, self.high),
                point,
                figure,
                inner=place < len(figures) - 1,
            )
            for place, (share, figure) in enumerate(places)
        ]

    def steps(self, kind: Kind) -> list[StraightLine]:
        """Step line with a level for each version, joined vertically where it changes within a series."""
        count = len(self.points)
        found: list[StraightLine] = []
        for index, point in enumerate(self.points):
            value = figure(point, kind)
            if value is None:
                continue
            left, right = round(100 * index / count, 2), round(100 * (index + 1) / count, 2)
            y = height(value.value, self.low, self.high)
            touches = bool(found) and found[-1].x2 == left and not point.broken
            if touches and found[-1].y2 == y:
                found[-1] = StraightLine(found[-1].x1, y, right, y)
                continue
            if touches:
                found.append(StraightLine(left, found[-1].y2, left, y))
            found.append(StraightLine(left, y, right, y))
        return found

    def labels(self) -> list[Label]:
        """Labels of the last point's figures, with their heights."""
        last = [(kind, found.value) for kind in KINDS if (found := figure(self.points[-1], kind))]
        places = spread_labels([height(value, self.low, self.high) for _, value in last])
        return [Label(kind, value, y) for (kind, value), y in zip(last, places, strict=True)]


def series_breaks(points: Sequence[Point]) -> list[SeriesBreak]:
    """Breaks between points.

    The newest is labelled, and so are all others that are far enough from a labelled one.
    """
    found: list[SeriesBreak] = []
    labelled = math.inf
    for index in range(len(points) - 1, 0, -1):
        why = points[index].broken
        if why:
            x = round(100 * index / len(points), 2)
            room = labelled - x >= _APART
            labelled = x if room else labelled
            found.append(
                SeriesBreak(x, why, room, "start" if x < _EDGE else "end" if x > 100 - _EDGE else "middle")
            )
    return found[::-1]


def version_labels(points: Sequence[Point]) -> list[AxisLabel]:
    """Version names that fit below a chart, always including the newest."""
    count = len(points)
    return [AxisLabel(column_centre(index, count), points[index], where) for index, where in thinned(count)]


def thinned(count: int) -> list[tuple[int, Where]]:
    """Evenly spaced indexes of the names below a chart, and the screens on which each is shown."""
    wide, narrow = _every(count, _WIDE), _every(count, _NARROW)
    found: list[tuple[int, Where]] = []
    for index in range(count):
        if index in wide or index in narrow:
            both = index in wide and index in narrow
            found.append((index, "both" if both else "wide" if index in wide else "narrow"))
    return found


def _every(count: int, most: int) -> range:
    """At most `most` evenly spaced indexes, counted from the last."""
    step = math.ceil(count / most)
    return range(count - 1, -1, -step)
