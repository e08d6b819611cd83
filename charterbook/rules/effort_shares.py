"""Division of the team's time.

Warns if the shares of the team's time that services take (`effort_share`) add up to more than 100 percent. Retired
services do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.exact_numbers import exact_sum
from charterbook.i18n import N_
from charterbook.rules.rule import Finding, Rule, RuleInput

_WHOLE = 100


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    shares = [service.effort_share or 0 for _index, service in case.active_services]
    total = exact_sum(shares)
    if total > _WHOLE:
        text = _("services together take %(share)s of the team's time")
        fix = _("Lower effort_share where it is too high: together they may add up to at most 100.")
        yield Finding(("services",), text % {"share": case.words.percent(total)}, fix, at_key=True)


RULE = Rule(
    "effort-shares",
    "warning",
    N_("Services take no more than 100 percent of the team's time"),
    N_("If the same time is promised twice, somebody will not get it."),
    _check,
    advice=N_("Lower shares of the team's time that are too high: together they may be at most 100 percent."),
)
