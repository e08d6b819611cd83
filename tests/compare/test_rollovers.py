"""New targets for a new year are one group; weakened targets come first."""

from __future__ import annotations

import datetime
from typing import Any

from charterbook.compare.rollovers import rollovers, with_rollovers
from charterbook.export.changes_json import document
from charterbook.export.changes_words import ChangeWords
from charterbook.i18n import translator
from charterbook.site.render.views.change_groups import severity_counts
from tests.compare.small_charters import compared, level
from tests.test_diff import service


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


def test_a_rejection_is_among_the_most_important_changes() -> None:
    """Before a promise that became stronger."""
    role = {"role": "CFO", "decision": "approved", "date": datetime.date(2026, 1, 5)}
    old = {"services": [service("a", service_levels=level(5))], "review": {"sign_offs": [role]}}
    new = {
        "services": [service("a", service_levels=level(3)), service("b"), service("c")],
        "review": {"sign_offs": [role | {"decision": "rejected", "date": datetime.date(2026, 4, 5)}]},
    }
    found = compared(old, new).important[0]
    assert found.sentence == "CFO: now rejected on 5 April 2026; was approved on 5 January 2026"
    assert {found.before, found.after} == {"approved on 5 January 2026", "rejected on 5 April 2026"}


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


def test_every_format_counts_each_new_target() -> None:
    """A group of new targets is several changes, in the summaries for readers as in the data for programs."""
    old = {"metrics": [metric(name, 20, 2026) for name in ("win", "use", "reach")]}
    new = {
        "metrics": [metric(name, value, 2027) for name, value in (("win", 30), ("use", 25), ("reach", 40))]
    }
    comparison = compared(old, new)
    number = len(document(comparison)["changes"])
    assert number == sum(document(comparison)["counts"].values()) == 3
    assert ChangeWords(comparison).count == "3 changes: commitment 3"
    assert severity_counts(comparison) == [("commitment", 3)]
