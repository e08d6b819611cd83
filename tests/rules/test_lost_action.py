from __future__ import annotations

import pytest

from tests.load.sample import SMALL
from tests.rules.sample import found


def actions(*texts: str) -> str:
    """A charter with these actions."""
    listed = ", ".join(f"{{what: Tell all, {text}}}" for text in texts)
    return f"{SMALL}review:\n  actions: [{listed}]\n"


OPEN = actions("id: tell")


def test_lost() -> None:
    """A warning at the review, or at the beginning of a charter without one."""
    (problem,) = found("lost-action", actions("id: other"), past=[OPEN])
    assert (problem.line, problem.column, problem.severity) == (22, 1, "warning")
    assert problem.text == "the open action “Tell all” of an earlier version is missing"
    assert len(found("lost-action", SMALL, past=[OPEN])) == 1


def test_lost_long_ago() -> None:
    """The warning remains until the action is accounted for."""
    assert len(found("lost-action", SMALL, past=[OPEN, SMALL, SMALL])) == 1
    assert found("lost-action", SMALL, past=[OPEN, SMALL, actions("id: tell, state: dropped")]) == []


@pytest.mark.parametrize(
    "source",
    [OPEN, actions("id: tell, state: done"), actions("id: inform, was: [tell]")],
)
def test_not_lost(source: str) -> None:
    """Still present, done, or renamed."""
    assert found("lost-action", source, past=[OPEN]) == []


def test_done_before_it_went() -> None:
    """It can be removed."""
    assert found("lost-action", SMALL, past=[OPEN, actions("id: tell, state: done")]) == []
    assert found("lost-action", SMALL, past=None) == []
