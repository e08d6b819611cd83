"""Services without an audience.

Warns about a service that names no audience. Retired services do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    for index, service in case.active_services:
        if not service.audiences:
            text = _("the service “%(name)s” has no audience") % {"name": escape_terminal(service.name)}
            fix = _("Say who it is for, for example: audiences: [%(id)s].")
            yield Finding(("services", index, "id"), text, fix % {"id": case.charter.audiences[0].id})


RULE = Rule(
    "service-audience",
    "warning",
    N_("Every service has an audience"),
    N_("A service without an audience appears on no audience's page, so nobody can ask for it."),
    _check,
    advice=N_("Say which audiences the service is for."),
)
