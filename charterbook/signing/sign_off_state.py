"""The state of each sign-off: the charter that a signer has agreed to, and the changes for them since.

A sign-off with a fingerprint belongs to the newest charter that the fingerprint matches, under the present id of the
role or a former one. A sign-off without one belongs to the charter in which it was entered: people sign first and
commit later, so its date does not identify it.

A signer has to agree again if a commitment has changed that their role must sign (`owners`), or that affects
an audience of the role. Other edits do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, cast

from charterbook.charter import Charter, Metric, Review
from charterbook.charter.review_section import SignOff
from charterbook.compare import Severity, Statement, compare
from charterbook.compare.text_equality import visible_value
from charterbook.frozen_dataclass import dataclass
from charterbook.metric_progress import is_target_met
from charterbook.settings import Settings
from charterbook.signing.owners import Owners
from charterbook.signing.sign_off_fingerprint import content_digest, fingerprint_of

#: `this`: nothing that touches the signer has changed since. `older`: something has. `unmatched`: the fingerprint
#: belongs to no known state. `unverified`: the history that would show the state is missing. `pending`: not decided.
Agreement = Literal["this", "older", "unmatched", "unverified", "pending"]


@dataclass(frozen=True)
class ConditionState:
    """The metric that a condition names, and whether it has reached its target; None if that is unknown."""

    metric: Metric
    met: bool | None


@dataclass(frozen=True)
class SignOffState:
    """A sign-off and its state.

    `index` is its position in `review.sign_offs`, `label` the name of its role. `at` is the position of its
    charter among the past ones and the present one, None if unknown. `differs` are the changed commitments
    since then that touch the signer. `is_fingerprinted` says whether a fingerprint identifies the state.
    """

    index: int
    sign_off: SignOff
    label: str
    agreement: Agreement
    at: int | None = None
    differs: tuple[Statement, ...] = ()
    condition: ConditionState | None = None

    @property
    def is_fingerprinted(self) -> bool:
        """Whether a fingerprint identifies the state."""
        return self.sign_off.agreed is not None


def sign_off_states(
    charter: Charter,
    past: Sequence[Charter] | None,
    settings: Settings | None = None,
    *,
    is_complete: bool = True,
) -> list[SignOffState]:
    """The states of all sign-offs of a charter, in its order.

    `past` are the earlier charters, oldest first; None without a history. `is_complete` says whether they are all.
    """
    finder = _StateFinder(charter, past, settings or Settings(), is_complete=is_complete)
    signs = charter.review.sign_offs if charter.review else []
    return [finder.state(index, sign_off) for index, sign_off in enumerate(signs)]


class _StateFinder:
    """Finder of the state of each sign-off of one charter."""

    def __init__(
        self, charter: Charter, past: Sequence[Charter] | None, settings: Settings, *, is_complete: bool
    ) -> None:
        self._charter, self._settings = charter, settings
        self._history = [*(past or ()), charter]
        self._has_past, self._is_complete = past is not None, past is not None and is_complete
        self._digests: dict[int, str] = {}
        self._touching: dict[int, Mapping[str, tuple[Statement, ...]]] = {}

    def state(self, index: int, sign_off: SignOff) -> SignOffState:
        """The state of one sign-off."""
        label = self._roles.get(sign_off.role, sign_off.role)
        condition = condition_state(self._charter, sign_off)
        if sign_off.decision == "pending":
            return SignOffState(index, sign_off, label, "pending", condition=condition)
        at = self._found(sign_off)
        if at is None:
            unknown: Agreement = "unmatched" if sign_off.agreed and self._is_complete else "unverified"
            return SignOffState(index, sign_off, label, unknown, condition=condition)
        differs = self._differs(at).get(sign_off.role, ())
        return SignOffState(index, sign_off, label, "older" if differs else "this", at, differs, condition)

    @cached_property
    def _roles(self) -> dict[str, str]:
        return {role.id: role.name for role in self._charter.roles}

    def _found(self, sign_off: SignOff) -> int | None:
        """The position of the charter to which a sign-off belongs."""
        names = self._names(sign_off)
        if sign_off.agreed is None:
            at = self._entered(sign_off, names) if self._has_past else 0
            return at if at or self._is_complete else None
        for at in reversed(range(len(self._history))):
            if any(fingerprint_of(self._digest(at), sign_off, name) == sign_off.agreed for name in names):
                return at
        return None

    def _names(self, sign_off: SignOff) -> list[str]:
        """The present and the former ids of a sign-off's role."""
        former = [name for role in self._charter.roles if role.id == sign_off.role for name in role.was]
        return [sign_off.role, *former]

    def _digest(self, at: int) -> str:
        if at not in self._digests:
            self._digests[at] = content_digest(self._history[at])
        return self._digests[at]

    def _entered(self, sign_off: SignOff, names: Sequence[str]) -> int:
        """The charter in which a sign-off was entered: the first of an unbroken series with it."""
        at = len(self._history) - 1
        while at > 0 and any(_is_same(one, sign_off, names) for one in _signs(self._history[at - 1])):
            at -= 1
        return at

    def _differs(self, at: int) -> Mapping[str, tuple[Statement, ...]]:
        """The commitments that have changed since a charter, by the role of the sign-off that they touch."""
        if at not in self._touching:
            self._touching[at] = self._compared(at) if at + 1 < len(self._history) else {}
        return self._touching[at]

    def _compared(self, at: int) -> Mapping[str, tuple[Statement, ...]]:
        old, new = self._history[at], self._charter
        severity = cast("Mapping[str, Severity]", dict(self._settings.severity))
        found = compare(
            without_signs(old), without_signs(new), severity=severity, between=self._history[at + 1 : -1]
        )
        changes = [one for one in found.statements if one.severity == "commitment"]
        consulted = Owners(old, new, self._settings).signers(changes)
        by_role = {one.role: one.statements for one in consulted}
        by_role |= {one.stands_in_for: one.statements for one in consulted if one.stands_in_for}
        return {
            sign.role: _touching(changes, by_role, sign, self._roles.get(sign.role, sign.role), (old, new))
            for sign in _signs(new)
        }


def _touching(
    changes: Sequence[Statement],
    by_role: Mapping[str, tuple[Statement, ...]],
    sign_off: SignOff,
    label: str,
    charters: Sequence[Charter],
) -> tuple[Statement, ...]:
    """The changes that concern a signer: changes to sign, and changes for an audience of the role."""
    own = (*by_role.get(sign_off.role, ()), *by_role.get(label, ()))
    managed = {one.id for charter in charters for one in charter.audiences if one.manager == sign_off.role}
    return tuple(one for one in changes if one in own or managed & set(one.audiences))


def without_signs(charter: Charter) -> Charter:
    """The charter without its sign-offs. A charter without a review has an empty one: its parts are compared."""
    rest = (charter.review or Review()).model_copy(update={"sign_offs": []})
    return charter.model_copy(update={"review": rest})


def _signs(charter: Charter) -> Sequence[SignOff]:
    return charter.review.sign_offs if charter.review else ()


def _is_same(one: SignOff, other: SignOff, names: Sequence[str]) -> bool:
    """Whether two sign-offs are one decision; a corrected wording of the condition makes no new one."""
    return (one.decision, one.date) == (other.decision, other.date) and one.role in names


def condition_state(charter: Charter, sign_off: SignOff) -> ConditionState | None:
    """The state of a condition, if it names a metric by its name or id; of several names, the longest is used."""
    if sign_off.condition is None:
        return None
    text = str(visible_value(sign_off.condition)).casefold()
    named = max(_named(charter, text), key=lambda pair: len(pair[0]), default=None)
    return ConditionState(named[1], is_target_met(named[1])) if named else None


def _named(charter: Charter, text: str) -> Iterator[tuple[str, Metric]]:
    for metric in charter.metrics:
        for name in (str(visible_value(metric.name)).casefold(), metric.id):
            if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
                yield name, metric
