from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places


def test_a_mission_with_its_reason() -> None:
    """No problem."""
    assert places("mission-why", small("We help.\n", "We help.\n  why: Ramp takes nine months.\n")) == []


def test_a_mission_without_a_reason() -> None:
    """A warning at the mission."""
    (problem,) = found("mission-why", SMALL)
    assert str(problem) == (
        "2:1: warning mission-why: the mission does not say why the business invests. Under mission, add why: the problem that the business pays to solve."
    )
