"""The roles that have to agree to a charter, and the state to which each signer has agreed.

`sign_off_states` compares the charter with the state to which each sign-off belongs. Nothing is read here.

- `owners`: reviewers and signers of changes
- `sign_off_fingerprint`: the fingerprint of a sign-off, and the values that it covers
- `sign_off_state`, `state_words`: the state of each sign-off, and of its condition; both in words
"""

from __future__ import annotations

from charterbook.signing.owners import ConsultedRole, Owners
from charterbook.signing.sign_off_fingerprint import content_digest, fingerprint_of
from charterbook.signing.sign_off_state import (
    Agreement,
    ConditionState,
    SignOffState,
    condition_state,
    sign_off_states,
)

__all__ = [
    "Agreement",
    "ConditionState",
    "ConsultedRole",
    "Owners",
    "SignOffState",
    "condition_state",
    "content_digest",
    "fingerprint_of",
    "sign_off_states",
]
