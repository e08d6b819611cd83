"""From leading to lagging: which metrics drive which, and where nothing does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from charterbook.charter import Charter, Metric

#: Deeper trees cannot be read: what drives a metric further down stands on that metric's page.
DEEPEST = 5

Drivers = Mapping[str, Sequence[Metric]]


@dataclass(frozen=True)
class Branch:
    """A metric and what drives it; `elsewhere` where that is told at another place."""

    metric: Metric
    drivers: tuple[Branch, ...]
    elsewhere: bool = False


@dataclass(frozen=True)
class MetricTree:
    """The lagging metrics with what drives them, and the gaps.

    `undriven` are lagging metrics that nothing drives, `idle` leading ones that lead to no lagging one.
    """

    branches: list[Branch]
    undriven: list[Metric]
    idle: list[Metric]


def tree(charter: Charter) -> MetricTree:
    """The tree of a charter's metrics; what drives a metric is told once, even where it goes in a circle."""
    drivers = _drivers(charter)
    lagging = [metric for metric in charter.metrics if metric.kind == "lagging"]
    driven = [metric for metric in lagging if drivers.get(metric.id)]
    told: set[str] = set()
    reached = _reached(driven, drivers)
    return MetricTree(
        [_branch(metric, drivers, told, 0) for metric in driven],
        [metric for metric in lagging if not drivers.get(metric.id)],
        [metric for metric in charter.metrics if metric.kind == "leading" and metric.id not in reached],
    )


def _drivers(charter: Charter) -> Drivers:
    found: dict[str, list[Metric]] = defaultdict(list)
    for metric in charter.metrics:
        for driven in dict.fromkeys(metric.drives):
            found[driven].append(metric)
    return found


def _reached(driven: Iterable[Metric], drivers: Drivers) -> set[str]:
    """The ids of these metrics and of all that drives them, however far away."""
    waiting = [metric.id for metric in driven]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [metric.id for metric in drivers.get(name, ())]
    return seen


def _branch(metric: Metric, drivers: Drivers, told: set[str], depth: int) -> Branch:
    below = drivers.get(metric.id, ())
    if below and (metric.id in told or depth == DEEPEST):
        return Branch(metric, (), elsewhere=True)
    told.add(metric.id)
    return Branch(metric, tuple(_branch(driver, drivers, told, depth + 1) for driver in below))
