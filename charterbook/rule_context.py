"""Context of the rules in addition to the charter: settings, history, and changes since sign-offs."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field

from charterbook import clock
from charterbook.charter import Charter
from charterbook.compare import Severity, compare
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import translator
from charterbook.rules import (
    Levels,
    RuleInput,
    SignerChanges,
    UnmetCondition,
    UnsignedChanges,
    needed_inputs,
)
from charterbook.settings import Settings
from charterbook.signing import condition_state, sign_off_states
from charterbook.signing.state_words import condition_words
from charterbook.versions import FiscalYear

_APPROVALS = ("approved", "approved_with_condition")


def unknown_completeness() -> bool:
    """Default of `is_complete`: it is unknown whether the history is complete, so it is taken to be incomplete."""
    return False


def no_history() -> None:
    """The history for rules that need none, or for a charter without one."""
    return


@dataclass(frozen=True)
class RuleContext:
    """The context of the rules in addition to the charter. History is read only if an enabled rule needs it.

    `levels` are the severities of rules, `severity` the severities of changes, and `fiscal_year` the naming of years,
    as in mkdocs.yml. `past` returns earlier charters, oldest first, or None without a history; `is_complete` says
    whether it has all of them. `signing` are the settings for sign-offs.
    """

    levels: Levels = field(default_factory=dict)
    severity: Mapping[str, Severity] = field(default_factory=dict)
    today: datetime.date = field(default_factory=clock.today)
    past: Callable[[], Sequence[Charter] | None] = no_history
    pinned: Callable[[], Sequence[tuple[str, bytes | None]]] = tuple
    fiscal_year: FiscalYear = field(default_factory=FiscalYear)
    is_complete: Callable[[], bool] = unknown_completeness
    signing: Settings = field(default_factory=Settings)

    def case(self, charter: Charter) -> RuleInput:
        """The input of the enabled rules for a charter."""
        needs = needed_inputs(self.levels)
        past = self.past() if needs & {"past", "signed"} else None
        signed = (
            unsigned_changes(past, charter, self.severity) if past is not None and "signed" in needs else None
        )
        signers = self._signers(charter, past) if "signed" in needs else ()
        return RuleInput(
            charter,
            self.today,
            None if past is None else tuple(past),
            signed,
            signers,
            tuple(unmet_conditions(charter)),
        )

    def _signers(self, charter: Charter, past: Sequence[Charter] | None) -> tuple[SignerChanges, ...]:
        """The changes since each sign-off with a fingerprint. Without one, nothing is computed."""
        signs = charter.review.sign_offs if charter.review else []
        if not any(one.agreed for one in signs):
            return ()
        states = sign_off_states(charter, past, self.signing, is_complete=self.is_complete())
        return tuple(
            SignerChanges(
                one.index,
                one.label,
                tuple(statement.sentence for statement in one.differs),
                one.agreement == "unmatched",
            )
            for one in states
            if one.is_fingerprinted
        )


def unmet_conditions(charter: Charter) -> Iterator[UnmetCondition]:
    """The conditions of sign-offs on a metric that has not reached its target."""
    t, roles = translator(charter.language), {role.id: role.name for role in charter.roles}
    for index, one in enumerate(charter.review.sign_offs if charter.review else ()):
        found = condition_state(charter, one)
        if found is not None and found.met is False:
            words = condition_words(found, charter.funding.currency, t)
            yield UnmetCondition(index, roles.get(one.role, one.role), words)


def unsigned_changes(
    past: Sequence[Charter], charter: Charter, severity: Mapping[str, Severity] | None = None
) -> UnsignedChanges | None:
    """The commitments that changed since the last sign-off without a fingerprint; None before the first one.

    The signed state is the charter in which the latest approval was entered. People sign first and commit later, so
    the date of a sign-off does not identify its commit.
    """
    signs = charter.review.sign_offs if charter.review else []
    approved = [sign for sign in signs if sign.decision in _APPROVALS]
    if approved and all(sign.agreed for sign in approved):
        return None
    history = [*past, charter]
    approvals: list[Counter[object]] = [Counter(), *map(_approvals, history)]
    signed = [index for index in range(len(history)) if approvals[index + 1] - approvals[index]]
    if not signed:
        return None
    found = compare(history[signed[-1]], charter, severity=severity, between=history[signed[-1] + 1 : -1])
    changes = [
        statement.sentence
        for statement in found.statements
        if statement.severity == "commitment" and statement.path[:2] != ("review", "sign_offs")
    ]
    return UnsignedChanges(tuple(changes))


def _approvals(charter: Charter) -> Counter[object]:
    """The approvals of a charter without their roles, because the id of a role can change."""
    signs = charter.review.sign_offs if charter.review else []
    return Counter((sign.decision, sign.date) for sign in signs if sign.decision in _APPROVALS)
