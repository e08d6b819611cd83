"""The pre-read of a review, for its page. It does not depend on the present day: browsers mark overdue items."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from urllib.parse import urlencode

from charterbook.compare import Statement
from charterbook.git.commit_signatures import Signature
from charterbook.i18n import translator
from charterbook.log import Snapshot, moments
from charterbook.review import NeededDecision, PreRead, ReviewInput, pre_read, recorded_in
from charterbook.settings import Settings
from charterbook.signing import SignOffState, sign_off_states
from charterbook.signing.state_words import agreement_words, condition_words, signed_words
from charterbook.site.edition import Edition
from charterbook.site.render.views.propose_links import FORM

#: Maximum length of the text that a link writes into the form, in characters.
_LONGEST = 200


def build_pre_read(edition: Edition, settings: Settings) -> PreRead:
    """The pre-read of an edition's review."""
    known = _moments(edition)
    return pre_read(
        ReviewInput(
            edition.charter,
            edition.name,
            edition.today,
            known[:-1] if known else None,
            edition.own.ends,
            is_complete=_is_complete(edition),
            settings=settings,
            own=known[-1] if known else None,
            signature=edition.signatures.get,
        )
    )


def _moments(edition: Edition) -> list[Snapshot] | None:
    """The revisions up to the edition's own, oldest first; None if there is no history."""
    versions = (*edition.past, edition.own)
    if not any(version.revisions for version in versions):
        return None
    return list(moments(versions))


def _is_complete(edition: Edition) -> bool:
    """Whether the charters of all revisions are known, apart from invalid ones."""
    return not edition.is_shallow and not any(
        charter is None and revision.problem is None
        for version in (*edition.past, edition.own)
        for revision, charter in zip(version.revisions, version.charters, strict=False)
    )


def decision_query(decision: NeededDecision, day: datetime.date | None) -> str:
    """The address of the form for a new decision, filled in with the question."""
    query = {"name": decision.question[:_LONGEST], "reason": decision.question[:_LONGEST]}
    if day is not None:
        query["date"] = day.isoformat()
    return f"{FORM}?{urlencode({'item': 'decisions/', **query}, safe='/')}"


def signed_states(edition: Edition, settings: Settings) -> list[tuple[SignOffState, str, str | None]]:
    """Each sign-off with the agreed state in words, and whether its condition is met."""
    t, known = translator(edition.charter.language), _moments(edition)
    past = None if known is None else known[:-1]
    charters = None if past is None else [one.charter for one in past]
    found = sign_off_states(edition.charter, charters, settings, is_complete=_is_complete(edition))
    currency = edition.charter.funding.currency
    return [
        (
            one,
            signed_words(agreement_words(one, _version(past, one), t), _signature(edition, known, one), t),
            condition_words(one.condition, currency, t) if one.condition else None,
        )
        for one in found
    ]


#: Sign-offs with the words about each.
_SignedStates = Sequence[tuple[SignOffState, str, str | None]]


def shared_changes(states: _SignedStates) -> list[tuple[Statement, list[str]]]:
    """The changes since several of these sign-offs, each once, with the roles that signed before it."""
    found: dict[str, tuple[Statement, list[str]]] = {}
    for state, *_ in states:
        for change in state.differs:
            found.setdefault(change.sentence, (change, []))[1].append(state.sign_off.role)
    return [one for one in found.values() if len(one[1]) > 1]


def _signature(edition: Edition, known: list[Snapshot] | None, state: SignOffState) -> Signature | None:
    recorded = recorded_in(known or (), None, state.sign_off)
    return edition.signatures.get(recorded.revision.commit) if recorded and recorded.revision else None


def _version(past: list[Snapshot] | None, state: SignOffState) -> str | None:
    known = past or []
    return known[state.at].version if state.at is not None and state.at < len(known) else None
