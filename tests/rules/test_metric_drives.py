from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places

LEADING = "metrics:\n  - {id: attendance, name: Attendance, kind: leading%s}\n"


def test_a_leading_metric_that_drives_nothing() -> None:
    """A warning at its id; the advice names a lagging metric."""
    (problem,) = found("metric-drives", small("metrics:\n", LEADING % ""))
    assert str(problem) == (
        "19:10: warning metric-drives: the leading metric “Attendance” drives no lagging one. Say which results it "
        "moves, for example: drives: [win-rate]."
    )


def test_a_leading_metric_that_drives_a_lagging_one() -> None:
    """No problem; a lagging metric need not drive anything."""
    assert places("metric-drives", small("metrics:\n", LEADING % ", drives: [win-rate]")) == []
    assert places("metric-drives", SMALL) == []


def test_a_cycle() -> None:
    """One warning at its start, with the whole cycle."""
    circle = "metrics:\n  - {id: revenue, name: Revenue, kind: lagging, drives: [win-rate]}\n"
    source = small("metrics:\n", circle).replace(
        "name: Win rate\n", "name: Win rate\n    drives: [revenue]\n"
    )
    (problem,) = found("metric-drives", source)
    assert (problem.line, problem.severity) in {(19, "warning"), (22, "warning")}
    assert problem.text in {
        "metrics drive each other in a circle: revenue → win-rate → revenue",
        "metrics drive each other in a circle: win-rate → revenue → win-rate",
    }
