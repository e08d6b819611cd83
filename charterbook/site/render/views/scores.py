"""Scores: the state of metrics, and their movement since the previous version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from charterbook.charter import Metric
from charterbook.charter.questions import Figure
from charterbook.site.edition import Edition, PastVersion

Movement = Literal["better", "worse", "same"]

#: Reason why two figures of one metric are not comparable.
Break = Literal["definition", "unit", "currency", "direction"]


@dataclass(frozen=True)
class Score:
    """State of a metric: its movement since the previous version, and whether its target is met.

    `before` is None where there is no earlier comparable value: `redefined` means that
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
    redefined = earlier is not None and broken(earlier, metric, same_currency) is not None
    before = earlier.actual if earlier is not None and not redefined else None
    return Score(metric, before, redefined, movement(metric, before), met(metric))


def _currency(past: PastVersion | None) -> str | None:
    return past.charter.funding.currency if past is not None and past.charter is not None else None


def broken(older: Metric, newer: Metric, same_currency: bool) -> Break | None:
    """Reason why the figures of two states of a metric are not comparable; None where they are."""
    if older.definition_version != newer.definition_version:
        return "definition"
    if older.unit != newer.unit:
        return "unit"
    if newer.unit == "currency" and not same_currency:
        return "currency"
    return "direction" if older.direction != newer.direction else None


def _earlier(edition: Edition, metric: Metric) -> Metric | None:
    before = edition.before
    found = edition.formerly(before, "metrics", metric.id) if before is not None else []
    return next((item for item in found if isinstance(item, Metric)), None)


def movement(metric: Metric, before: Figure | None) -> Movement | None:
    """Movement of a metric's value since an earlier comparable one; None if either is missing."""
    if before is None or metric.actual is None:
        return None
    difference = metric.actual.value - before.value
    if difference == 0:
        return "same"
    return "better" if (difference > 0) == (metric.direction == "up") else "worse"


def met(metric: Metric) -> bool | None:
    """Whether a metric has reached its target; None where its value or its target is missing."""
    if metric.actual is None or metric.target is None:
        return None
    if metric.direction == "up":
        return metric.actual.value >= metric.target.value
    return metric.actual.value <= metric.target.value


def score_metrics(edition: Edition, metrics: Iterable[Metric] | None = None) -> list[Score]:
    """Scores of these metrics, by default of all."""
    return [score(edition, metric) for metric in (edition.charter.metrics if metrics is None else metrics)]
