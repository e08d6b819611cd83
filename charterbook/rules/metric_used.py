"""Unused metrics.

Hints at a metric without a service, an objective or a link in a text. A metric that drives a used metric is used as
well. Retired services do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    used = _used(case)
    for index, metric in enumerate(case.charter.metrics):
        if metric.id not in used:
            text = _("no service uses the metric “%(name)s”") % {"name": escape_terminal(metric.name)}
            fix = _("Add %(id)s to the metrics of the service it describes, or remove it.")
            yield Finding(("metrics", index, "id"), text, fix % {"id": metric.id})


def _used(case: RuleInput) -> set[str]:
    """The metrics that services, objectives and texts name, and the metrics that these drive."""
    drives = {metric.id: metric.drives for metric in case.charter.metrics}
    waiting = [name for _, service in case.active_services for name in service.metrics]
    waiting += [name for objective in case.charter.objectives for name in objective.metrics]
    texts = [
        found.value for found in case.values if found.shape.kind == "text" and isinstance(found.value, str)
    ]
    waiting += [name for name in drives if any(f"metrics/{name})" in text for text in texts)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(drives.get(name, ()))
    return found


RULE = Rule(
    "metric-used",
    "hint",
    N_("Every metric is used: by a service, by an objective or in a text"),
    N_("Collecting figures that nobody acts on is a waste of time."),
    _check,
    advice=N_("Name the service or the objective that the metric describes, or remove the metric."),
)
