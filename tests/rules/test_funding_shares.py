from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places

OTHER = "    - {id: marketing, name: Marketing, funder: Marketing%s}\n"


def test_a_single_source() -> None:
    """It pays for everything, with or without a share."""
    assert places("funding-shares", SMALL) == []


def test_a_source_without_a_share_beside_others() -> None:
    """A warning at its id."""
    source = small("funder: Sales\n", "funder: Sales\n      share: 60\n" + OTHER % "")
    (problem,) = found("funding-shares", source)
    assert str(problem) == (
        "19:12: warning funding-shares: the funding source “Marketing” does not state its share. Add share to each "
        "source, in percent; together they must add up to 100."
    )


def test_no_source_says_its_share() -> None:
    """One problem, at the list."""
    assert places("funding-shares", small("funder: Sales\n", "funder: Sales\n" + OTHER % "")) == [
        (14, 3, "warning")
    ]


def test_all_shares() -> None:
    """No problem."""
    source = small("funder: Sales\n", "funder: Sales\n      share: 60\n" + OTHER % ", share: 40")
    assert places("funding-shares", source) == []
