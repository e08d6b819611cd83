from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places


def test_every_service_is_for_somebody() -> None:
    """No problem."""
    assert places("service-audience", SMALL) == []


def test_a_service_without_an_audience() -> None:
    """A warning at its id; the advice names an existing audience."""
    (problem,) = found("service-audience", small("    audiences: [sales]\n", ""))
    assert str(problem) == (
        "5:9: warning service-audience: the service “Onboarding” has no audience. Say who it is for, for "
        "example: audiences: [sales]."
    )


def test_a_retired_service() -> None:
    """It needs none."""
    assert places("service-audience", small("    audiences: [sales]\n", "    status: retired\n")) == []
