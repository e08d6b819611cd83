"""New targets for a new year are one group; weakened targets come first."""

from __future__ import annotations

import datetime
from typing import Any

from charterbook.compare.rollovers import rollovers, with_rollovers
from charterbook.i18n import translator
from tests.compare.small_charters import compared


def metric(name: str, value: float, year: int) -> dict[str, Any]:
    """A metric with a target for the end of a year."""
    target = {"value": value, "date": datetime.date(year, 12, 31)}
    return {
        "id": name,
        "name": name.title(),
        "definition": "Share.",
        "kind": "lagging",
        "unit": "percent",
        "direction": "up",
        "target": target,
    }


def test_new_targets_are_one_group() -> None:
    """A target that became easier has its own statement, and is first."""
    old = {"metrics": [metric(name, 20, 2026) for name in ("win", "ramp", "use", "reach")]}
    new = {"metrics": [metric(name, value, 2027) for name, value in (("win", 30), ("ramp", 10), ("use", 25))]}
    new["metrics"].append(metric("reach", 20, 2027))
    comparison = compared(old, new)
    (group,) = rollovers(comparison.statements)
    assert group.title(translator("en")) == "2 metrics have new targets for 2027"
    assert [statement.label for statement in group.statements] == ["Win", "Use"]
    assert len(with_rollovers(comparison.statements)) == len(comparison.statements) - 1
    assert comparison.important[0].direction == "easier"
    assert {each.severity for each in comparison.statements} == {"commitment"}
