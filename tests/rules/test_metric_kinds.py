from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places


def test_no_leading_metric() -> None:
    """A warning at the list."""
    (problem,) = found("metric-kinds", SMALL)
    assert str(problem) == (
        "18:1: warning metric-kinds: there is no leading metric. Add one that is visible at once and that you influence, for example the share attending training."
    )


def test_no_lagging_metric() -> None:
    """A warning as well."""
    (problem,) = found("metric-kinds", small("kind: lagging", "kind: leading"))
    assert problem.text == "there is no lagging metric"


def test_both_kinds() -> None:
    """No problem."""
    both = "metrics:\n  - {id: attendance, name: Attendance, kind: leading}\n"
    assert places("metric-kinds", small("metrics:\n", both)) == []
