"""Services without a metric.

Warns about a service that names no metric. Retired services do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    for index, service in case.active_services:
        if not service.metrics:
            text = _("the service “%(name)s” has no metric") % {"name": escape_terminal(service.name)}
            fix = _("Say what shows that it works, for example: metrics: [%(id)s].")
            yield Finding(("services", index, "id"), text, fix % {"id": case.charter.metrics[0].id})


RULE = Rule(
    "service-metric",
    "warning",
    N_("Every service has a metric"),
    N_("A service without a metric is the first to be cut, and nobody knows whether it should be."),
    _check,
    advice=N_("Say which metric shows that the service works."),
)
