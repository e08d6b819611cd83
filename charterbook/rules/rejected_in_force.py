"""A charter in force that somebody has rejected.

Warns about a sign-off with the decision `rejected` in a charter that is in force: its `effective` is not in the future.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    review, effective = case.charter.review, case.charter.effective
    if review is None or (effective is not None and effective > case.today):
        return
    names = {role.id: role.name for role in case.charter.roles}
    for index, sign in enumerate(review.sign_offs):
        if sign.decision == "rejected":
            text = _("“%(name)s” has rejected this charter, but it is in force")
            fix = _(
                "Settle what was rejected and have the charter signed again, or set effective to a later day."
            )
            name = escape_terminal(names.get(sign.role, sign.role))
            yield Finding(("review", "sign_offs", index, "decision"), text % {"name": name}, fix)


RULE = Rule(
    "rejected-in-force",
    "warning",
    N_("Nobody has rejected a charter that is in force"),
    N_("What one side has rejected binds nobody, whatever the handbook says."),
    _check,
    needs="day",
    advice=N_(
        "Settle what was rejected and have the charter signed again, or let it take effect on a later day."
    ),
)
