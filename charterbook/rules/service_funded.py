"""Services without funding.

Warns about a service that no funding source covers, and about several sources without any `covers`. A single source
without `covers` pays for everything. Retired services do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    sources = case.charter.funding.sources
    covered = {service for source in sources for service in source.covers}
    if not covered:
        if len(sources) > 1:
            text = _("no funding source says which services it pays for")
            fix = _("Add covers to each source, with the ids of the services.")
            yield Finding(("funding", "sources"), text, fix, at_key=True)
        return
    for index, service in case.active_services:
        if service.id not in covered:
            text = _("no funding source pays for the service “%(name)s”") % {
                "name": escape_terminal(service.name)
            }
            fix = _("Add %(id)s to the covers of a source, or end the service.") % {"id": service.id}
            yield Finding(("services", index, "id"), text, fix)


RULE = Rule(
    "service-funded",
    "warning",
    N_("Somebody pays for every service"),
    N_("A promise that nobody pays for is kept at the expense of the others."),
    _check,
    advice=N_("Say which source pays for the service, or end it."),
)
