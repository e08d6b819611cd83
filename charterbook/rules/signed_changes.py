"""Unsigned changes.

A sign-off with a fingerprint (`agreed`) belongs to the state that it matches. Warns about each signer with commitments
that have changed since. Without one, the signed state is the charter in the revision that added the latest approval
in `review.sign_offs`. Warns about commitments that changed since then without a new sign-off. Needs the history; before
the first sign-off there is nothing to compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput, SignerChanges

#: Maximum number of changes in the message.
_QUOTED = 3


def _check(case: RuleInput) -> Iterator[Finding]:
    yield from _since_last(case)
    for signer in case.signers:
        if signer.sentences:
            yield _for_signer(case, signer)


def _for_signer(case: RuleInput, signer: SignerChanges) -> Finding:
    text = case.words.ngettext(
        "%(role)s agreed to an older state; %(count)s commitment has changed since: %(changes)s",
        "%(role)s agreed to an older state; %(count)s commitments have changed since: %(changes)s",
        len(signer.sentences),
    )
    text %= {"role": escape_terminal(signer.label), **_listed(case, signer.sentences)}
    fix = case.words.gettext("Get it signed again: charterbook sign %(role)s --decision approved")
    assert case.charter.review is not None
    role = case.charter.review.sign_offs[signer.index].role
    return Finding(("review", "sign_offs", signer.index), text, fix % {"role": escape_terminal(role)})


def _listed(case: RuleInput, changes: Sequence[str]) -> dict[str, str]:
    listed = "; ".join(changes[:_QUOTED]) + "; …" * (len(changes) > _QUOTED)
    return {"count": case.words.number(len(changes)), "changes": escape_terminal(listed)}


def _since_last(case: RuleInput) -> Iterator[Finding]:
    changes = case.unsigned.sentences if case.unsigned else ()
    if not changes:
        return
    text = case.words.ngettext(
        "%(count)s commitment has changed since the last sign-off: %(changes)s",
        "%(count)s commitments have changed since the last sign-off: %(changes)s",
        len(changes),
    )
    text %= _listed(case, changes)
    fix = case.words.gettext("Get them signed off again, and enter the day under review: sign_offs.")
    yield Finding(("review", "sign_offs"), text, fix, at_key=True)


RULE = Rule(
    "signed-changes",
    "warning",
    N_("Commitments that changed since the last sign-off are signed off again"),
    N_("A sign-off covers what was agreed on that day. A new promise, target or share needs a new one."),
    _check,
    needs="signed",
    advice=N_("Get the changes signed off again, and record the day."),
)
