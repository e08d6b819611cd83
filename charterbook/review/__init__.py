"""The pre-read of a quarterly review, as data: the facts that it needs, and the decisions to make.

`pre_read` is the public API. It computes everything from charters. Texts of a charter are untrusted: escape them
before output.

- `pre_read_data`: the pre-read, as data
- `review_input`: the input of a pre-read
- `pre_read_facts`: open actions, missed promises, and metrics off track
- `decisions_needed`: the decisions for the review
- `sign_off_commits`: the commits that recorded sign-offs
- `agenda`: the agenda, with times
"""

from __future__ import annotations

from charterbook.charter import Charter
from charterbook.git.commit_signatures import Signature
from charterbook.identity import Item, item_at
from charterbook.review.agenda import agenda_of
from charterbook.review.decisions_needed import needed_decisions
from charterbook.review.pre_read_data import (
    AgendaItem,
    BrokenPromise,
    NeededDecision,
    OffTrackMetric,
    OpenAction,
    PreRead,
    RuleFinding,
    Signer,
)
from charterbook.review.pre_read_facts import broken_promises, off_track, open_actions
from charterbook.review.review_input import ReviewInput
from charterbook.review.sign_off_commits import recorded_in
from charterbook.review_date import review_due
from charterbook.rule_context import RuleContext
from charterbook.rules import findings
from charterbook.signing import ConsultedRole, Owners, SignOffState, sign_off_states
from charterbook.source_map import Path
from charterbook.version_reasons import version_reasons

#: The rules about sign-offs: the list of signers has their findings in more detail.
_OF_SIGNERS = ("signed-changes", "unmatched-sign-off", "unmet-condition")


def pre_read(case: ReviewInput) -> PreRead:
    """The pre-read of the review of a charter."""
    due = review_due(case.charter, case.today)
    states = sign_off_states(case.charter, case.charters, case.settings, is_complete=case.is_complete)
    found = _findings(case)
    decisions = needed_decisions(case, due.day or case.ends or case.today, states, found)
    review = case.charter.review
    read = PreRead(
        title=case.charter.title,
        version=case.version,
        language=case.charter.language,
        as_of=case.today,
        day=due.day,
        body=review.body if review else None,
        participants=_participants(case),
        minutes=(review and review.minutes) or DEFAULT_MINUTES,
        actions=tuple(open_actions(case.charter, case.today)),
        promises=tuple(broken_promises(case)),
        metrics=tuple(off_track(case)),
        signers=tuple(_signers(case, states)),
        findings=None if case.settings.for_group else found,
        decisions=decisions,
    )
    return read if read.is_partial and review is None else agenda_of(read)


#: The default length of a review, in minutes.
DEFAULT_MINUTES = 60


def _participants(case: ReviewInput) -> tuple[str, ...]:
    charter = case.charter
    labels = {item.id: item.label for item in (*charter.audiences, *charter.roles)}
    return tuple(labels.get(name, name) for name in (charter.review.participants if charter.review else ()))


def _findings(case: ReviewInput) -> tuple[RuleFinding, ...]:
    """The findings of the rules, the most severe first."""
    context = RuleContext(
        case.levels, case.severity, case.today, lambda: case.charters, signing=case.settings
    ).case(case.charter)
    order = ("error", "warning", "hint")
    found = [
        RuleFinding(
            rule.name,
            severity,
            one.text,
            one.fix,
            rule.advice_on(one, context.words),
            one.path,
            *_item_of(case.charter, one.path),
        )
        for rule, severity, one in findings(context, case.levels)
        if rule.name not in _OF_SIGNERS
    ]
    return tuple(sorted(found, key=lambda one: order.index(one.severity)))


def _item_of(charter: Charter, path: Path) -> tuple[Item, str] | tuple[None, None]:
    """The item at a path and its name, None if it leads to none."""
    item = item_at(charter, path)
    if item is None:
        return None, None
    return item, next(one.label for one in charter.items(item[0]) if one.id == item[1])


def _signers(case: ReviewInput, states: list[SignOffState]) -> list[Signer]:
    """All roles that have signed or have yet to sign."""
    currency = case.charter.funding.currency
    signed = [
        Signer(
            one.sign_off.role,
            one.label,
            one,
            case.moment(one.at),
            currency,
            _signature(case, one),
            _reasons_since(case, one),
        )
        for one in states
    ]
    known = {one.role for one in signed}
    labels = {one.label for one in signed}
    required = Owners(None, case.charter, case.settings).signers_of_all()
    return [
        *signed,
        *(_unsigned(one) for one in required if one.role not in known and one.label not in labels),
    ]


def _reasons_since(case: ReviewInput, state: SignOffState) -> tuple[tuple[str, str], ...]:
    """The reasons of the versions since a sign-off, newest first."""
    if state.at is None:
        return ()
    past = [(moment.version, moment.charter.change_note) for moment in (case.past or ())[state.at :]]
    return version_reasons([*past, (case.version, case.charter.change_note)])


def _signature(case: ReviewInput, state: SignOffState) -> Signature | None:
    """Whether the commit that recorded a sign-off has a valid signature."""
    recorded = recorded_in(case.past or (), case.own, state.sign_off)
    if recorded is None or recorded.revision is None:
        return None
    return case.signature(recorded.revision.commit)


def _unsigned(role: ConsultedRole) -> Signer:
    return Signer(role.role, role.label, None, None)


__all__ = [
    "DEFAULT_MINUTES",
    "AgendaItem",
    "BrokenPromise",
    "NeededDecision",
    "OffTrackMetric",
    "OpenAction",
    "PreRead",
    "ReviewInput",
    "RuleFinding",
    "Signer",
    "pre_read",
    "recorded_in",
]
