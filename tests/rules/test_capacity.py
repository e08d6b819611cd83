from __future__ import annotations

import pytest

from tests.load.sample import small
from tests.rules.sample import found


def charter(hours: float, capacity: str, more: str = "") -> str:
    """A charter with a service that takes these hours of the team, which has this capacity."""
    effort = f"    audiences: [sales]\n    effort_hours: {hours}\n{more}"
    return small("    audiences: [sales]\n", effort) + f"capacity: {{{capacity}}}\n"


def test_beyond_it() -> None:
    """A warning at the team's hours."""
    (problem,) = found("capacity", charter(480.5, "hours_per_quarter: 480"))
    assert (problem.line, problem.column, problem.severity) == (23, 31, "warning")
    assert problem.text == "services take 480.5 hours of the team's time a quarter, but it has only 480 hours"


@pytest.mark.parametrize(
    "source",
    [
        charter(480, "hours_per_quarter: 480"),
        charter(481, "posts: 1"),
        charter(481, "hours_per_quarter: 480", "    status: retired\n"),
    ],
)
def test_within_it(source: str) -> None:
    """All hours can be promised; posts alone state no hours; a retired service takes none."""
    assert found("capacity", source) == []
