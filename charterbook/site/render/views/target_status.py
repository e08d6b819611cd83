"""Whether a metric is on track for its target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from charterbook.metric_progress import GOOD, State, TargetStatus, progress
from charterbook.site.edition import Edition
from charterbook.site.render.views.metric_series import Series, all_series


def latest_progress(series: Series) -> TargetStatus:
    """Progress of a metric towards its target, in the last version of its series."""
    return progress(series.metric, series.points[-1].moved)


def latest_progresses(lines: Iterable[Series]) -> list[TargetStatus]:
    """Progress of each of these metrics."""
    return [latest_progress(line) for line in lines]


def progress_by_metric(edition: Edition) -> dict[str, TargetStatus]:
    """Progress of each metric of a charter, by its id."""
    return {line.metric.id: latest_progress(line) for line in all_series(edition)}


def count_by_state(tracks: Iterable[TargetStatus]) -> dict[State, int]:
    """Number of metrics by state, the best first."""
    counts = Counter(found.state for found in tracks)
    order: tuple[State, ...] = (*GOOD, "behind", "not_moving", "unknown")
    return {state: counts[state] for state in order if counts[state]}
