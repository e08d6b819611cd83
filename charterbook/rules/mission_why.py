"""The reason for the business's investment.

The guide's first question is: why did the business invest in enablement? Warns about a mission without `why`.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    if case.charter.mission.why is None:
        text = _("the mission does not say why the business invests")
        fix = _("Under mission, add why: the problem that the business pays to solve.")
        yield Finding(("mission",), text, fix, at_key=True)


RULE = Rule(
    "mission-why",
    "warning",
    N_("The mission says why the business invests"),
    N_(
        "A sponsor pays to solve a problem, not for a department. Name the problem, preferably with a number."
    ),
    _check,
    advice=N_("Say which problem the business pays to solve."),
)
