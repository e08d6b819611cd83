from __future__ import annotations

import pytest

from tests.load.sample import small
from tests.rules.sample import found

BUYER, SELLER = "    for_buyer: Fewer questions.\n", "    for_seller: Less to read.\n"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (BUYER + SELLER, []),
        (BUYER, ["the service “Onboarding” does not say what it does for the seller"]),
        (SELLER, ["the service “Onboarding” does not say what it does for the buyer"]),
        ("", ["the service “Onboarding” does not say what it does for the buyer and the seller"]),
        ("    status: retired\n", []),
    ],
)
def test_missing_descriptions_are_named(said: str, text: list[str]) -> None:
    """At the service's id; a retired service needs none."""
    problems = found("service-balance", small("[sales]\n", f"[sales]\n{said}"))
    assert [problem.text for problem in problems] == text
    assert {(problem.line, problem.column, problem.severity) for problem in problems} <= {(5, 9, "hint")}


@pytest.mark.parametrize(("kind", "count"), [("internal", 0), ("customer_facing", 1), ("sales", 1)])
def test_internal_services_have_no_buyers(kind: str, count: int) -> None:
    """A service that internal audiences alone use."""
    text = small("[sales]\n", "[sales]\n").replace("  - id: sales\n", f"  - id: sales\n    kind: {kind}\n", 1)
    assert f"kind: {kind}" in text
    assert len(found("service-balance", text)) == count
