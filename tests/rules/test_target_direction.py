from __future__ import annotations

import pytest

from tests.load.sample import SMALL
from tests.rules.sample import found, places


def metric(text: str) -> str:
    """A charter whose metric has these keys."""
    return f"{SMALL}    {text}\n"


def test_a_step_back() -> None:
    """A warning at the target's value."""
    (problem,) = found("target-direction", metric("baseline: {value: 30}\n    target: {value: 20}"))
    assert str(problem) == (
        "23:21: warning target-direction: the target of “Win rate” is worse than its baseline. Correct the figures, "
        "or write direction: down if that is the better direction."
    )


def test_one_of_several() -> None:
    """Each at its own place, once."""
    text = (
        "baseline: {value: 30}\n    targets: [{date: 2026-06-30, value: 31}, {date: 2026-12-31, value: 29}]"
    )
    assert places("target-direction", metric(text)) == [(23, 72, "warning")]


@pytest.mark.parametrize(
    "text",
    [
        "baseline: {value: 30}\n    target: {value: 30}",
        "baseline: {value: 30}\n    target: {value: 20}\n    direction: down",
        "target: {value: 20}",
    ],
)
def test_no_step_back(text: str) -> None:
    """A target can equal the baseline, or be lower if lower is better; without a baseline there is no warning."""
    assert found("target-direction", metric(text)) == []
