from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import places

OTHERS = "audiences:\n  - {id: partners, name: Partners%s}\n"


def test_everybody_has_a_service() -> None:
    """No problem."""
    assert places("coverage", SMALL) == []


def test_an_audience_without_a_service() -> None:
    """Warned of at its id."""
    assert places("coverage", small("audiences:\n", OTHERS % "")) == [(10, 10, "warning")]


def test_an_audience_that_only_contributes() -> None:
    """Needs no service."""
    assert places("coverage", small("audiences:\n", OTHERS % ", part: contributes")) == []


def test_a_service_without_an_audience() -> None:
    """Hinted at; its audience then has no service."""
    assert places("coverage", small("    audiences: [sales]\n", "")) == [(5, 9, "hint"), (9, 9, "warning")]


def test_a_retired_service() -> None:
    """Neither serves nor needs an audience."""
    source = small("    audiences: [sales]\n", "    audiences: [sales]\n    status: retired\n")
    assert places("coverage", source) == [(11, 9, "warning")]
