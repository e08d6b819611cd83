from __future__ import annotations

import pytest

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places


def reviewed(participants: str, source: str = SMALL) -> str:
    """A charter whose review has these participants."""
    return f"{source}review:\n  participants: [{participants}]\n"


def test_an_audience_without_a_representative() -> None:
    """A hint at the participants."""
    (problem,) = found("review-participants", reviewed("Chief revenue officer"))
    assert str(problem) == (
        "23:3: hint review-participants: nobody represents the audience “Sales” in the review. Add sales, or the role "
        "that is its manager, to the participants."
    )


@pytest.mark.parametrize("participant", ["sales", "Sales", "vp sales", "VP Sales"])
def test_a_represented_audience(participant: str) -> None:
    """The audience itself, or its manager, also in plain words."""
    source = small("name: Sales\n", "name: Sales\n    manager: VP Sales\n")
    assert places("review-participants", reviewed(participant, source)) == []


def test_an_audience_represented_by_a_role() -> None:
    """By the role's id."""
    source = small("name: Sales\n", "name: Sales\n    manager: vp\n").replace(
        "owner: Chief revenue officer", "owner: vp"
    )
    assert (
        places("review-participants", reviewed("vp", f"{source}roles: [{{id: vp, name: VP Sales}}]\n")) == []
    )


def test_nobody_takes_part() -> None:
    """One hint, not one for each audience; none without a review."""
    assert places("review-participants", f"{SMALL}review: {{cadence: year}}\n") == [(22, 1, "hint")]
    assert places("review-participants", SMALL) == []
