"""Where metrics stand, and how they moved since the version before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from charterbook.charter import Item, Metric
from charterbook.charter.questions import Figure
from charterbook.site.edition import Edition, Past

Movement = Literal["better", "worse", "same"]


@dataclass(frozen=True)
class Score:
    """A metric's state: how it moved since the version before, and whether its target is met.

    `before` is None where there is no earlier value, or none that may be compared: `redefined` says that
    the definition has changed since.
    """

    metric: Metric
    before: Figure | None
    redefined: bool
    movement: Movement | None
    met: bool | None


def score(edition: Edition, metric: Metric) -> Score:
    """Where a metric stands in this version."""
    earlier = _earlier(edition.before, metric)
    redefined = earlier is not None and earlier.definition_version != metric.definition_version
    before = earlier.actual if earlier is not None and not redefined else None
    return Score(metric, before, redefined, _movement(metric, before), _met(metric))


def _earlier(before: Past | None, metric: Metric) -> Metric | None:
    if before is None or before.charter is None:
        return None
    found = same_item(before.charter.metrics, metric)
    return found if isinstance(found, Metric) else None


def same_item(items: Iterable[Item], item: Item) -> Item | None:
    """What an item was in an earlier charter: by its id, else by the ids that it says it had."""
    known = {other.id: other for other in items}
    return next((known[name] for name in (item.id, *item.was) if name in known), None)


def _movement(metric: Metric, before: Figure | None) -> Movement | None:
    if before is None or metric.actual is None:
        return None
    difference = metric.actual.value - before.value
    if difference == 0:
        return "same"
    return "better" if (difference > 0) == (metric.direction == "up") else "worse"


def _met(metric: Metric) -> bool | None:
    if metric.actual is None or metric.target is None:
        return None
    if metric.direction == "up":
        return metric.actual.value >= metric.target.value
    return metric.actual.value <= metric.target.value


def scores(edition: Edition, metrics: Iterable[Metric] | None = None) -> list[Score]:
    """The scores of these metrics, of all if none are named."""
    return [score(edition, metric) for metric in (edition.charter.metrics if metrics is None else metrics)]
