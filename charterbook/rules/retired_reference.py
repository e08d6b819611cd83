"""References to retired services.

Hints at a source, a role or a planned step that names a retired service. Links in texts, and steps that are done or
dropped, are allowed to name it.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.charter import Charter
from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput
from charterbook.source_map import Path

_PAST_STEPS = ("done", "dropped")


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    retired = {service.id: service.name for service in case.charter.services if service.is_retired}
    if not retired:
        return
    for found in case.values:
        to_service = found.shape.refers is not None and found.shape.refers.kinds == ("services",)
        if not to_service or found.shape.is_list or _is_of_the_past(case.charter, found.path):
            continue
        if found.value in retired:
            text = _("the retired service “%(name)s” is still listed here")
            text %= {"name": escape_terminal(retired[found.value])}
            yield Finding(found.path, text, _("Remove %(id)s from this list.") % {"id": found.value})


def _is_of_the_past(charter: Charter, path: Path) -> bool:
    return path[0] == "roadmap" and charter.roadmap[int(path[1])].status in _PAST_STEPS


RULE = Rule(
    "retired-reference",
    "hint",
    N_("Nothing refers to a retired service"),
    N_("Money and roles still assigned to it are missing where the work is done today."),
    _check,
    advice=N_("Remove the service here, or offer it again."),
)
