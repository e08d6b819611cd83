"""Targets worse than the baseline.

Warns about a metric with a target, in `target` or `targets`, that is worse than its baseline by the metric's
`direction`.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.charter import Metric
from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput
from charterbook.source_map import Path


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    for index, metric in enumerate(case.charter.metrics):
        for path, value in _targets(metric):
            if metric.baseline is not None and _is_worse(metric, value, metric.baseline.value):
                text = _("the target of “%(name)s” is worse than its baseline")
                fix = _("Correct the figures, or write direction: %(way)s if that is the better direction.")
                way = "down" if metric.direction == "up" else "up"
                at = ("metrics", index, *path, "value")
                yield Finding(at, text % {"name": escape_terminal(metric.name)}, fix % {"way": way})


def _targets(metric: Metric) -> Iterator[tuple[Path, float]]:
    """All targets of a metric with their places. The last of `targets` is not repeated as `target`."""
    for index, figure in enumerate(metric.targets):
        yield ("targets", index), figure.value
    if metric.target is not None and not any(
        (one.date, one.value) == (metric.target.date, metric.target.value) for one in metric.targets
    ):
        yield ("target",), metric.target.value


def _is_worse(metric: Metric, value: float, baseline: float) -> bool:
    return value < baseline if metric.direction == "up" else value > baseline


RULE = Rule(
    "target-direction",
    "warning",
    N_("No target is worse than the baseline"),
    N_("A target worse than the baseline is met by doing nothing, or points the wrong way."),
    _check,
    advice=N_("Correct the figures, or say that the other direction is the better one."),
)
