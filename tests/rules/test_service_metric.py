from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places


def test_a_service_with_a_metric() -> None:
    """No problem."""
    assert places("service-metric", small("[sales]\n", "[sales]\n    metrics: [win-rate]\n")) == []


def test_a_service_without_a_metric() -> None:
    """A warning at its id."""
    (problem,) = found("service-metric", SMALL)
    assert str(problem) == (
        "5:9: warning service-metric: the service “Onboarding” has no metric. Say what shows that it works, "
        "for example: metrics: [win-rate]."
    )


def test_a_retired_service() -> None:
    """It needs no metric."""
    assert places("service-metric", small("[sales]\n", "[sales]\n    status: retired\n")) == []
