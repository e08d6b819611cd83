"""Driver tree of metrics, from lagging to leading ones, and its gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from charterbook.charter import Charter, Metric
from charterbook.frozen_dataclass import dataclass

#: Maximum depth of the tree; deeper drivers are shown on the metric's own page.
DEEPEST = 5

Drivers = Mapping[str, Sequence[Metric]]


@dataclass(frozen=True)
class Branch:
    """A metric and its drivers; `shown_elsewhere` if they are shown in a different branch."""

    metric: Metric
    drivers: tuple[Branch, ...]
    shown_elsewhere: bool = False


@dataclass(frozen=True)
class MetricTree:
    """Lagging metrics with their drivers, and the gaps.

    `undriven` are lagging metrics without drivers, `idle` leading ones that drive no lagging one.
    """

    branches: list[Branch]
    undriven: list[Metric]
    idle: list[Metric]


def driver_tree(charter: Charter) -> MetricTree:
    """Driver tree of a charter's metrics, in which each metric's drivers appear once, even in a cycle."""
    drivers = _drivers(charter)
    lagging = [metric for metric in charter.metrics if metric.kind == "lagging"]
    driven = [metric for metric in lagging if drivers.get(metric.id)]
    shown: set[str] = set()
    reached = _reached(driven, drivers)
    return MetricTree(
        [_branch(metric, drivers, shown, 0) for metric in driven],
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
    """Ids of these metrics and of all their direct and indirect drivers."""
    waiting = [metric.id for metric in driven]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [metric.id for metric in drivers.get(name, ())]
    return seen


def _branch(metric: Metric, drivers: Drivers, shown: set[str], depth: int) -> Branch:
    below = drivers.get(metric.id, ())
    if below and (metric.id in shown or depth == DEEPEST):
        return Branch(metric, (), shown_elsewhere=True)
    shown.add(metric.id)
    return Branch(metric, tuple(_branch(driver, drivers, shown, depth + 1) for driver in below))
