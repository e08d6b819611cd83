"""Hours that services ask of an audience.

Warns about an audience whose services together ask for more hours a quarter than its `hours_per_quarter` allows.
Retired services and services without hours do not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from charterbook.charter import Charter
from charterbook.exact_numbers import exact_sum
from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def hours_asked(charter: Charter) -> Mapping[str, float]:
    """The hours a quarter that services ask of a person, without retired ones, by the audience's id."""
    asked: defaultdict[str, float] = defaultdict(float)
    for service in charter.services:
        if not service.is_retired:
            for audience in set(service.audiences):
                asked[audience] = exact_sum((asked[audience], service.hours_per_quarter or 0))
    return asked


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    all_asked = hours_asked(case.charter)
    for index, audience in enumerate(case.charter.audiences):
        limit, asked = audience.hours_per_quarter, all_asked[audience.id]
        if limit is not None and asked > limit:
            text = _(
                "services ask each person in “%(name)s” for %(asked)s a quarter, and the limit is %(limit)s"
            )
            text %= {
                "name": escape_terminal(audience.name),
                "asked": case.words.duration(asked, "hours"),
                "limit": case.words.duration(limit, "hours"),
            }
            fix = _("Lower the hours_per_quarter of a service, or agree on a higher limit with the audience.")
            yield Finding(("audiences", index, "hours_per_quarter"), text, fix)


RULE = Rule(
    "hours-budget",
    "warning",
    N_("The hours asked of an audience stay within its limit"),
    N_("Hours beyond the limit are taken from selling, or the service goes unused."),
    _check,
    advice=N_("Lower the hours that a service asks for, or agree on a higher limit with the audience."),
)
