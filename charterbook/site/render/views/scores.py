"""Scores: the state of metrics, and their movement since the previous version."""

from __future__ import annotations

from collections.abc import Iterable

from charterbook.charter import Metric
from charterbook.charter.questions import Figure
from charterbook.frozen_dataclass import dataclass
from charterbook.metric_progress import Movement, break_reason, is_target_met, movement
from charterbook.site.edition import Edition, PastVersion


@dataclass(frozen=True)
class Score:
    """State of a metric: its movement since the previous version, and whether its target is met.

    `before` is None if there is no earlier comparable value: `redefined` means that
    the definition, or the unit or currency, has changed since.
    """

    metric: Metric
    before: Figure | None
    redefined: bool
    movement: Movement | None
    met: bool | None


def score(edition: Edition, metric: Metric) -> Score:
    """Score of a metric in this version."""
    earlier = _earlier(edition, metric)
    own = (earlier and earlier.currency) or _currency(edition.before)
    same_currency = own == (metric.currency or edition.charter.funding.currency)
    redefined = earlier is not None and break_reason(earlier, metric, same_currency) is not None
    before = earlier.actual if earlier is not None and not redefined else None
    return Score(metric, before, redefined, movement(metric, before), is_target_met(metric))


def _currency(past: PastVersion | None) -> str | None:
    return past.charter.funding.currency if past is not None and past.charter is not None else None


def _earlier(edition: Edition, metric: Metric) -> Metric | None:
    before = edition.before
    found = edition.former_items(before, "metrics", metric.id) if before is not None else []
    return next((item for item in found if isinstance(item, Metric)), None)


def key_scores(edition: Edition) -> list[Score]:
    """Scores of all metrics in the order of the home page: first those with a value, of these the lagging ones."""
    return sorted(
        score_metrics(edition),
        key=lambda found: (not _has_value(found.metric), found.metric.kind != "lagging"),
    )


def _has_value(metric: Metric) -> bool:
    return bool(metric.actual or metric.baseline)


def score_metrics(edition: Edition, metrics: Iterable[Metric] | None = None) -> list[Score]:
    """Scores of these metrics, by default of all."""
    return [score(edition, metric) for metric in (edition.charter.metrics if metrics is None else metrics)]
