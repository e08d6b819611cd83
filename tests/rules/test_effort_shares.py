from __future__ import annotations

import pytest

from tests.load.sample import small
from tests.rules.sample import found

SERVICES = (
    "services:\n  - {id: content, name: Content, summary: Decks., audiences: [sales], effort_share: %s%s}\n"
)


def sharing(share: float, more: str = "") -> str:
    """A charter with a service that takes 60 percent of the team's time, and one that takes this share."""
    source = small("    audiences: [sales]\n", "    audiences: [sales]\n    effort_share: 60\n")
    return source.replace("services:\n", SERVICES % (share, more))


def test_more_than_all() -> None:
    """A warning at the services."""
    (problem,) = found("effort-shares", sharing(40.5))
    assert (problem.line, problem.column, problem.severity) == (4, 1, "warning")
    assert problem.text == "services together take 100.5% of the team's time"


@pytest.mark.parametrize("source", [sharing(40), sharing(50, ", status: retired")])
def test_all_or_less(source: str) -> None:
    """100 percent is allowed; a retired service takes nothing."""
    assert found("effort-shares", source) == []
