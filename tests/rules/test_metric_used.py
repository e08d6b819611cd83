from __future__ import annotations

import pytest

from tests.load.sample import SMALL, small
from tests.rules.sample import found

USED = small("[sales]\n", "[sales]\n    metrics: [win-rate]\n")
DRIVEN = SMALL + "  - {id: use, name: Use, kind: leading, drives: [win-rate]}\n"


def test_used_by_nothing() -> None:
    """A hint at its id."""
    (problem,) = found("metric-used", SMALL)
    assert (problem.line, problem.column, problem.severity) == (19, 9, "hint")
    assert problem.text == "no service uses the metric “Win rate”"


@pytest.mark.parametrize(
    "source",
    [
        USED,
        DRIVEN.replace("[sales]\n", "[sales]\n    metrics: [use]\n", 1),
        SMALL + "objectives: [{id: a, name: A, metrics: [win-rate]}]\n",
        small("We help.", "We help with our [win rate](metrics/win-rate)."),
    ],
)
def test_used(source: str) -> None:
    """By a service, through a metric that drives it, by an objective, or in a text."""
    assert found("metric-used", source) == []


def test_used_by_what_has_ended() -> None:
    """A retired service needs no metric."""
    assert len(found("metric-used", USED.replace("[sales]\n", "[sales]\n    status: retired\n", 1))) == 1


def test_driven_by_an_unused_one() -> None:
    """Both are unused."""
    assert len(found("metric-used", DRIVEN)) == 2
