"""Conditions of sign-offs that are not met.

Hints at a condition in `review.sign_offs` that names a metric, by name or id, whose target is not reached.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    for condition in case.unmet:
        text = _("the condition of %(role)s is %(state)s") % {
            "role": escape_terminal(condition.label),
            "state": escape_terminal(condition.state),
        }
        fix = _("Decide in the review what follows, or agree on another condition.")
        yield Finding(("review", "sign_offs", condition.index, "condition"), text, fix)


RULE = Rule(
    "unmet-condition",
    "hint",
    N_("The conditions of sign-offs are met"),
    N_("Agreement on a condition is not agreement without it."),
    _check,
)
