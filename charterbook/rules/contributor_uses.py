"""Audiences that only contribute, but use a service.

Warns about a service with an audience in `audiences` that has `part: contributes`. Retired services do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    givers = {one.id: one.name for one in case.charter.audiences if one.part == "contributes"}
    for place, service in case.active_services:
        for index, audience in enumerate(service.audiences):
            if audience in givers:
                text = _(
                    "“%(name)s” only contributes according to its part, but is listed as a user of this service"
                )
                fix = _("Move %(id)s to the contributors of the service, or set its part to both.")
                at = ("services", place, "audiences", index)
                yield Finding(at, text % {"name": escape_terminal(givers[audience])}, fix % {"id": audience})


RULE = Rule(
    "contributor-uses",
    "warning",
    N_("Audiences that only contribute use no service"),
    N_("Otherwise it is unclear whether the service is promised to them."),
    _check,
    advice=N_("Name the audience as a contributor to the service, or say that it also uses services."),
)
