"""Time series of a metric: a point for each version, and the breaks of the series."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from charterbook.charter import Charter, Metric
from charterbook.charter.questions import DatedFigure, Figure
from charterbook.frozen_dataclass import dataclass
from charterbook.metric_progress import Break, Movement, break_reason, movement
from charterbook.site.edition import Edition, PastVersion

_DayAndValue = tuple[datetime.date | None, float]


@dataclass(frozen=True)
class Point:
    """A metric in one version; `metric` is None if that version does not have it.

    `broken` is the reason why its figures are not comparable with earlier ones. `moved` is the movement
    of the value since the previous version. `begins` and `ends` are the first and the last day of the version.
    `repeated` are days and values that an earlier version already has, on the same scale.
    """

    version: str
    draft: bool
    metric: Metric | None
    currency: str | None
    broken: Break | None = None
    moved: Movement | None = None
    begins: datetime.date | None = None
    ends: datetime.date | None = None
    repeated: Collection[_DayAndValue] = ()

    @property
    def actual(self) -> Figure | None:
        """The actual value in this version."""
        return self.metric.actual if self.metric else None

    @property
    def measured(self) -> list[Figure | DatedFigure]:
        """All values in this version, in the order in which they were measured; the actual value is among them."""
        if self.metric is None:
            return []
        values: list[Figure | DatedFigure] = [*sorted(self.metric.values, key=lambda value: value.date)]
        actual = self.metric.actual
        if actual is not None and not any(
            (one.date, one.value) == (actual.date, actual.value) for one in values
        ):
            values.append(actual)
        return values

    @property
    def added(self) -> list[Figure | DatedFigure]:
        """The values of this version that no earlier one has, and the last one in any case.

        An author may leave the values of earlier periods in the list of the newest: each belongs to one version.
        """
        measured = self.measured
        return [value for value in measured[:-1] if _day_and_value(value) not in self.repeated] + measured[
            -1:
        ]

    @property
    def scale(self) -> tuple[str, str | None] | None:
        """Unit and currency of the figures; one axis needs one scale."""
        if self.metric is None:
            return None
        return self.metric.unit, self.currency if self.metric.unit == "currency" else None


@dataclass(frozen=True)
class Series:
    """A metric in its latest version, and its points, oldest first; the last is that version."""

    metric: Metric
    points: tuple[Point, ...]

    @property
    def breaks(self) -> list[Point]:
        """Points with figures that are not comparable with earlier ones."""
        return [point for point in self.points if point.broken]

    @property
    def run(self) -> list[Point]:
        """Points with a value comparable with the latest one, oldest first."""
        found: list[Point] = []
        for point in self.points:
            found = [] if point.broken else found
            if point.actual is not None:
                found.append(point)
        return found

    @property
    def panels(self) -> list[Sequence[Point]]:
        """Groups of points with one scale, each without empty points at its ends."""
        filled = []
        scale = next((point.scale for point in self.points if point.scale), None)
        for point in self.points:
            scale = point.scale or scale
            filled.append((scale, point))
        groups = [
            [point for _, point in group] for _, group in itertools.groupby(filled, lambda pair: pair[0])
        ]
        return [trimmed for group in groups if (trimmed := _trimmed(group))]


def _trimmed(points: Sequence[Point]) -> Sequence[Point]:
    filled = [index for index, point in enumerate(points) if point.metric is not None]
    return points[filled[0] : filled[-1] + 1] if filled else ()


def series(edition: Edition, metric: Metric) -> Series:
    """Series of a metric up to this version, from the first version that has it."""
    known = _all_of(edition)
    if metric.id not in known or known[metric.id].metric is not metric:
        return _series(edition, _past(edition), metric)
    return known[metric.id]


def all_series(edition: Edition) -> list[Series]:
    """Series of all metrics."""
    return [series(edition, metric) for metric in edition.charter.metrics]


#: Cache of the series of the last edition, since many pages show them.
_last: list[tuple[Edition, Mapping[str, Series]]] = []


def _all_of(edition: Edition) -> Mapping[str, Series]:
    if not _last or _last[0][0] is not edition:
        past = _past(edition)
        _last[:] = [
            (edition, {metric.id: _series(edition, past, metric) for metric in edition.charter.metrics})
        ]
    return _last[0][1]


def _past(edition: Edition) -> list[tuple[PastVersion, Mapping[str, Metric]]]:
    return [(past, _by_id(past.charter)) for past in reversed(edition.readable_past)]


def _series(
    edition: Edition, known: Sequence[tuple[PastVersion, Mapping[str, Metric]]], metric: Metric
) -> Series:
    return Series(metric, _with_moves(_points(edition, known, metric)))


def _by_id(charter: Charter | None) -> Mapping[str, Metric]:
    return {metric.id: metric for metric in charter.metrics} if charter else {}


def _points(
    edition: Edition, known: Sequence[tuple[PastVersion, Mapping[str, Metric]]], metric: Metric
) -> list[Point]:
    """Points, oldest first; a metric is followed back through renames, splits and merges."""
    own = Point(edition.name, edition.state == "draft", metric, _currency(edition.charter, metric))
    found = [replace(own, begins=edition.own.begins, ends=edition.own.ends)]
    for past, metrics in known:
        former = edition.descent.counterparts(("metrics", metric.id), edition.name, past.name)
        then = next((metrics[id_] for _, id_ in former if id_ in metrics), None)
        currency = _currency(past.charter, then) if past.charter else None
        found.append(Point(past.name, False, then, currency, begins=past.begins, ends=past.ends))
    while found[-1].metric is None:
        found.pop()
    return found[::-1]


def _currency(charter: Charter, metric: Metric | None) -> str | None:
    """The currency of a metric's values."""
    return (metric and metric.currency) or charter.funding.currency


def _with_moves(points: Sequence[Point]) -> tuple[Point, ...]:
    """Points with movements, breaks and repeated values; a break is noted at the first point after it."""
    found: list[Point] = []
    last: Point | None = None
    known: frozenset[_DayAndValue] = frozenset()
    for point in points:
        annotated = point
        if point.metric is not None:
            if last is not None:
                annotated = _with_notes(point, last, found[-1])
            last = point
            known = frozenset() if annotated.broken else known
            annotated = replace(annotated, repeated=known)
            known |= {_day_and_value(value) for value in point.measured}
        found.append(annotated)
    return tuple(found)


def _day_and_value(figure: Figure | DatedFigure) -> _DayAndValue:
    return figure.date, figure.value


def _with_notes(point: Point, last: Point, before: Point) -> Point:
    assert point.metric is not None
    assert last.metric is not None
    why = break_reason(last.metric, point.metric, last.currency == point.currency)
    return replace(point, broken=why, moved=None if why else movement(point.metric, before.actual))
