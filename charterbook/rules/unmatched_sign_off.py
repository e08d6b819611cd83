"""Sign-offs with a fingerprint that matches no state of the charter.

Warns about a sign-off in `review.sign_offs` with a fingerprint (`agreed`) that matches no revision: the sign-off was
edited, or that state was never committed. Needs the history, and reports nothing if it is incomplete.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    for signer in case.signers:
        if signer.is_unmatched:
            text = _("the fingerprint of the sign-off of %(role)s matches no state of this charter")
            fix = _("The sign-off was edited, or that state was never committed: have it signed again.")
            path = ("review", "sign_offs", signer.index, "agreed")
            yield Finding(path, text % {"role": escape_terminal(signer.label)}, fix)


RULE = Rule(
    "unmatched-sign-off",
    "warning",
    N_("Every sign-off belongs to a state of this charter"),
    N_("A sign-off that was edited afterwards shows nobody's agreement."),
    _check,
    needs="signed",
)
