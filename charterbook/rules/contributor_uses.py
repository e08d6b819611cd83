"""Audiences that are said to contribute only, and use a service all the same.

Warns of a service whose `audiences` name an audience with `part: contributes`. Retired services do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    givers = {one.id: one.name for one in case.charter.audiences if one.part == "contributes"}
    for place, service in case.running:
        for index, audience in enumerate(service.audiences):
            if audience in givers:
                text = _('"%(name)s" only contributes by its part, and may use this service')
                fix = _("Move %(id)s to the contributors of the service, or set its part to both.")
                at = ("services", place, "audiences", index)
                yield Finding(at, text % {"name": escape_terminal(givers[audience])}, fix % {"id": audience})


RULE = Rule(
    "contributor-uses",
    "warning",
    N_("Who only contributes uses no service"),
    N_("Otherwise nobody knows whether the service is promised to them."),
    _check,
)
