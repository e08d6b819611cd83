from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places

OTHERS = "audiences:\n  - {id: partners, name: Partners%s}\n"


def test_everybody_has_a_service() -> None:
    """No problem."""
    assert places("audience-service", SMALL) == []


def test_an_audience_without_a_service() -> None:
    """A warning at its id."""
    (problem,) = found("audience-service", small("audiences:\n", OTHERS % ""))
    assert str(problem) == (
        "10:10: warning audience-service: the audience “Partners” has no service. Add “partners” to the audiences "
        "of a service, or say part: contributes."
    )


def test_an_audience_that_only_contributes() -> None:
    """It needs no service."""
    assert places("audience-service", small("audiences:\n", OTHERS % ", part: contributes")) == []


def test_a_retired_service() -> None:
    """It serves nobody."""
    source = small("    audiences: [sales]\n", "    audiences: [sales]\n    status: retired\n")
    assert places("audience-service", source) == [(11, 9, "warning")]
