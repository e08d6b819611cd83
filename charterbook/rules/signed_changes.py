"""Unsigned changes.

The signed state is the charter in the revision that added the latest approval in `review.sign_offs`. Warns of
commitments that changed since then without a new sign-off. Needs the history; before the first sign-off there is
nothing to compare.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput

#: Maximum number of changes in the message.
_QUOTED = 3


def _check(case: RuleInput) -> Iterator[Finding]:
    changes = case.unsigned.sentences if case.unsigned else ()
    if not changes:
        return
    text = case.words.ngettext(
        "%(count)s commitment has changed since the last sign-off: %(changes)s",
        "%(count)s commitments have changed since the last sign-off: %(changes)s",
        len(changes),
    )
    listed = "; ".join(changes[:_QUOTED]) + "; …" * (len(changes) > _QUOTED)
    text %= {"count": case.words.number(len(changes)), "changes": escape_terminal(listed)}
    fix = case.words.gettext("Get them signed off again, and enter the day under review: sign_offs.")
    yield Finding(("review", "sign_offs"), text, fix, at_key=True)


RULE = Rule(
    "signed-changes",
    "warning",
    N_("Commitments that changed since the last sign-off are signed off again"),
    N_("A sign-off covers what was agreed on that day. A new promise, target or share needs a new one."),
    _check,
    needs="signed",
)
