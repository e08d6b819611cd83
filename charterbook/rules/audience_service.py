"""Audiences without a service.

Warns about an audience that uses services but is named by no running or planned one. Retired services do not
count; an audience that only contributes needs none.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    served = {audience for _index, service in case.active_services for audience in service.audiences}
    for index, audience in enumerate(case.charter.audiences):
        if audience.part != "contributes" and audience.id not in served:
            text = _("the audience “%(name)s” has no service") % {"name": escape_terminal(audience.name)}
            fix = _("Add “%(id)s” to the audiences of a service, or say part: contributes.")
            yield Finding(("audiences", index, "id"), text, fix % {"id": audience.id})


RULE = Rule(
    "audience-service",
    "warning",
    N_("Every audience has a service"),
    N_("An audience that gets nothing has no reason to read the charter or to give anything in return."),
    _check,
    advice=N_("Name a service that the audience uses, or say that it only contributes."),
)
