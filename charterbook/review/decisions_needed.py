"""The decisions of a review: from rules, risks, conditions of sign-offs, and scope to revisit."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from charterbook.charter import Charter
from charterbook.charter.optional_sections import Risk
from charterbook.i18n import Translator, translator
from charterbook.identity import item_at
from charterbook.problems import full_sentence
from charterbook.review.pre_read_data import NeededDecision, RuleFinding
from charterbook.review.review_input import ReviewInput
from charterbook.signing import SignOffState
from charterbook.versions import bounds, is_version_name


def needed_decisions(
    case: ReviewInput, day: datetime.date, states: Sequence[SignOffState], found: Sequence[RuleFinding]
) -> tuple[NeededDecision, ...]:
    """The decisions for a review on this day."""
    t = translator(case.charter.language)
    return (
        *_rejected(states, t),
        *_conditions(states, t),
        *_scope(case, day, t),
        *_risks(case.charter, t),
        *_of_rules(case.charter, found),
    )


def _of_rules(charter: Charter, findings: Sequence[RuleFinding]) -> Iterator[NeededDecision]:
    """Errors and warnings; hints need no meeting."""
    for one in findings:
        if one.severity != "hint":
            text = full_sentence(one.text)
            yield NeededDecision("rule", text, one.advice, item_at(charter, one.path), one.rule)


def _risks(charter: Charter, t: Translator) -> Iterator[NeededDecision]:
    """Severe risks, and risks without mitigation."""
    for risk in charter.risks:
        if not risk.mitigation:
            text = t.gettext("Risk “%(name)s”: decide how to mitigate it") % {"name": risk.name}
            yield NeededDecision("risk", text, None, ("risks", risk.id))
        elif _is_severe(risk):
            text = t.gettext("Risk “%(name)s”: decide whether its mitigation is enough") % {"name": risk.name}
            yield NeededDecision("risk", text, risk.mitigation, ("risks", risk.id))


def _is_severe(risk: Risk) -> bool:
    """Whether the likelihood or the impact of a risk is high, and neither is low."""
    both = (risk.likelihood, risk.impact)
    return "high" in both and "low" not in both


def _rejected(states: Sequence[SignOffState], t: Translator) -> Iterator[NeededDecision]:
    for one in states:
        if one.sign_off.decision == "rejected":
            text = t.gettext("%(role)s has rejected the charter: decide what has to change") % {
                "role": one.label
            }
            yield NeededDecision("rejected", text, one.sign_off.condition)


def _conditions(states: Sequence[SignOffState], t: Translator) -> Iterator[NeededDecision]:
    for one in states:
        if one.sign_off.decision == "approved_with_condition":
            item = ("metrics", one.condition.metric.id) if one.condition else None
            text = t.gettext("Condition of %(role)s: decide whether it is met") % {"role": one.label}
            yield NeededDecision("condition", text, one.sign_off.condition, item)


def _scope(case: ReviewInput, day: datetime.date, t: Translator) -> Iterator[NeededDecision]:
    """Entries of the scope to revisit by this day, or at a time that is not the name of a version."""
    for kind in ("out", "later", "shared"):
        for item in case.charter.items(kind):
            when = getattr(item, "revisit", None)
            if when and _is_due(case, when, day):
                text = t.gettext("“%(name)s”, revisit %(when)s: decide whether it remains as it is")
                named = text % {"name": item.label, "when": when}
                yield NeededDecision("scope", named, getattr(item, "why", None), (kind, item.id))


def _is_due(case: ReviewInput, when: str, day: datetime.date) -> bool:
    name = when.strip()
    return not is_version_name(name) or bounds(name, *case.settings.fiscal_year)[0] <= day
