"""Promises beyond what the team can do.

Warns where the hours a quarter that services take of the team (`effort_hours`) are more than it has
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
    needed = exact_sum(service.effort_hours or 0 for _index, service in case.running)
    if needed > capacity.hours_per_quarter:
        text = _("services take %(needed)s a quarter of the team, which has %(limit)s")
        text %= {
            "needed": case.words.duration(needed, "hours"),
            "limit": case.words.duration(capacity.hours_per_quarter, "hours"),
        }
        fix = _("Promise less in a service (its effort_hours), or agree on more capacity.")
        yield Finding(("capacity", "hours_per_quarter"), text, fix)


RULE = Rule(
    "capacity",
    "warning",
    N_("Services take no more hours than the team has"),
    N_("A promise beyond the team's capacity is broken on the day it is made."),
    _check,
)
