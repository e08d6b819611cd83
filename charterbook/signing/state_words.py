"""The state of a sign-off in words, in the language of the charter.

The words are untrusted: escape them before output.
"""

from __future__ import annotations

from collections.abc import Mapping

from charterbook.git.commit_signatures import Signature
from charterbook.i18n import N_, Translator
from charterbook.signing.sign_off_state import ConditionState, SignOffState


def sign_off_reason(label: str, t: Translator) -> str:
    """The reason of a proposal that records a sign-off."""
    return t.gettext("Record the sign-off of %(role)s") % {"role": label}


def agreement_words(state: SignOffState, when: str | None, t: Translator) -> str:
    """The state to which somebody has agreed. `when` names the state, such as its version and day."""
    if state.agreement == "pending":
        return t.gettext("has not signed off yet")
    if state.agreement == "unmatched":
        return t.gettext("the sign-off was edited, or what was agreed was never committed")
    if state.agreement == "unverified":
        return t.gettext("what was agreed cannot be checked without the whole history")
    rejected = state.sign_off.decision == "rejected"
    if state.agreement == "this":
        return t.gettext("rejected this charter") if rejected else t.gettext("agreed to this charter")
    count = t.ngettext(
        "%(n)s commitment has changed since", "%(n)s commitments have changed since", len(state.differs)
    ) % {"n": t.number(len(state.differs))}
    said = t.gettext("rejected an older state") if rejected else t.gettext("agreed to an older state")
    named = t.gettext("%(said)s (%(when)s)") % {"said": said, "when": when} if when else said
    return t.gettext("%(said)s: %(count)s") % {"said": named, "count": count}


_SIGNATURES: Mapping[Signature, str] = {
    "good": N_("the signature of the commit is valid"),
    "bad": N_("the signature of the commit is not valid"),
    "unverified": N_("the commit is signed, but its signature cannot be verified here"),
}


def signed_words(said: str, signature: Signature | None, t: Translator) -> str:
    """The state of a sign-off, with the signature of the commit that recorded it, if there is one."""
    return f"{said}; {t.gettext(_SIGNATURES[signature])}" if signature else said


def condition_words(state: ConditionState, currency: str | None, t: Translator) -> str:
    """Whether a condition is met, by the metric that it names."""
    metric = state.metric
    shown = metric.actual and t.figure(metric.actual.value, metric.unit, metric.currency or currency)
    words = {"metric": metric.name, "value": shown or "–"}
    if state.met is None:
        return t.gettext("unknown whether it is met: %(metric)s has no value or no target") % words
    words["target"] = (
        t.figure(metric.target.value, metric.unit, metric.currency or currency) if metric.target else "–"
    )
    if state.met:
        return t.gettext("met: %(metric)s is %(value)s, target %(target)s") % words
    return t.gettext("not met: %(metric)s is %(value)s, target %(target)s") % words
