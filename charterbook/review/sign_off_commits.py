"""The commits that recorded sign-offs."""

from __future__ import annotations

from collections.abc import Sequence

from charterbook.charter.review_section import SignOff
from charterbook.log import Snapshot


def recorded_in(past: Sequence[Snapshot], own: Snapshot | None, sign_off: SignOff) -> Snapshot | None:
    """The revision that recorded a sign-off as it is now; None if it is not committed."""
    found: Snapshot | None = None
    for moment in reversed([*past, *([own] if own else [])]):
        review = moment.charter.review
        if sign_off not in (review.sign_offs if review else ()):
            break
        found = moment
    return found
