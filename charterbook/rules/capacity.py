"""Promises beyond the team's capacity.

Warns if services together take more of the team's hours a quarter (`effort_hours`) than it has
(`capacity.hours_per_quarter`). Retired services do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.exact_numbers import exact_sum
from charterbook.i18n import N_
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    capacity = case.charter.capacity
    if capacity is None or capacity.hours_per_quarter is None:
        return
    needed = exact_sum(service.effort_hours or 0 for _index, service in case.active_services)
    if needed > capacity.hours_per_quarter:
        text = _("services take %(needed)s of the team's time a quarter, but it has only %(limit)s")
        text %= {
            "needed": case.words.duration(needed, "hours"),
            "limit": case.words.duration(capacity.hours_per_quarter, "hours"),
        }
        fix = _("Reduce the effort_hours of a service, or agree on more capacity.")
        yield Finding(("capacity", "hours_per_quarter"), text, fix)


RULE = Rule(
    "capacity",
    "warning",
    N_("Services take no more hours than the team has"),
    N_("A promise beyond the team's capacity is missed from the day it is made."),
    _check,
    advice=N_("Reduce the hours that services take, or agree on more capacity."),
)
