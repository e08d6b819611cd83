from __future__ import annotations

import pytest

from tests.load.sample import SMALL
from tests.rules.sample import found, places


def signed(decision: str, more: str = "") -> str:
    """A charter with one sign-off."""
    return f"{more}{SMALL}review:\n  sign_offs: [{{role: CRO, decision: {decision}}}]\n"


def test_rejected() -> None:
    """A warning at the decision, also without an effective date."""
    (problem,) = found("rejected-in-force", signed("rejected"))
    assert (problem.line, problem.column, problem.severity) == (23, 37, "warning")
    assert problem.text == "“CRO” has rejected this charter, but it is in force"
    assert places("rejected-in-force", signed("rejected", "effective: 2026-11-25\n")) == [(24, 37, "warning")]


@pytest.mark.parametrize("source", [signed("pending"), signed("rejected", "effective: 2026-11-26\n"), SMALL])
def test_not_in_force(source: str) -> None:
    """A charter that takes effect later can still be agreed."""
    assert found("rejected-in-force", source) == []
