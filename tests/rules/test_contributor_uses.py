from __future__ import annotations

from tests.load.sample import small
from tests.rules.sample import found


def part(word: str) -> str:
    """A charter whose only audience has this part, and may use the service."""
    return small("name: Sales\n", f"name: Sales\n    part: {word}\n")


def test_who_only_contributes() -> None:
    """A warning if the service names the audience."""
    (problem,) = found("contributor-uses", part("contributes"))
    assert (problem.line, problem.column, problem.severity) == (8, 17, "warning")
    assert (
        problem.text
        == "“Sales” only contributes according to its part, but is listed as a user of this service"
    )


def test_who_does_both() -> None:
    """It may use the service; a retired service has no users."""
    assert found("contributor-uses", part("both")) == []
    assert (
        found("contributor-uses", part("contributes").replace("[sales]", "[sales]\n    status: retired"))
        == []
    )
