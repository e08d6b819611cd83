"""Splits, merges, renames and moves together with edits: each edit is reported for its item."""

from __future__ import annotations

from typing import Any

import pytest

from charterbook.compare import Comparison
from tests.compare.small_charters import compared, figure, level
from tests.test_diff import service

SAME = {"summary": "Help."}


def measure(id_: str, name: str, target: float, **more: Any) -> dict[str, Any]:
    """A metric with a target."""
    return {"id": id_, "name": name, "kind": "lagging", "target": figure(target)} | more


def severities_and_sentences(of: Comparison) -> list[str]:
    """Severity and sentence of each statement."""
    return [f"{each.severity}: {each.sentence}" for each in of.statements]


def test_a_merge_into_an_item_that_keeps_its_id() -> None:
    """Its own edits are reported as without the merge, beside the other item's."""
    old = {"metrics": [measure("win", "Win rate", 30, owner="CRO"), measure("wins", "Deal wins", 28)]}
    new = {"metrics": [measure("win", "Win rate", 5, was=["wins"], owner="Nobody")]}
    assert severities_and_sentences(compared(old, new)) == [
        "commitment: Win rate and Deal wins were merged into Win rate",
        "commitment: Win rate: the target is now 5%, was 30% (easier)",
        "meaning: Win rate: owner is now Nobody, was CRO",
        "commitment: Deal wins → Win rate: the target is now 5%, was 28% (easier)",
    ]


def test_a_merge_into_a_new_item() -> None:
    """Values of one former item are unchanged, other values of the successor are new, and missing ones are lost."""
    old = {
        "services": [
            service("a", **SAME, service_levels=level(3), asks="Time."),
            service("b", **SAME, service_levels=[{"request": "New deck", "within": 5}]),
        ]
    }
    both = [*level(3), {"request": "New deck", "within": 9}, {"request": "New film", "within": 9}]
    new = {"services": [service("c", "a", "b", **SAME, service_levels=both)]}
    assert severities_and_sentences(compared(old, new)) == [
        "commitment: A and B were merged into C; 1 promise is unchanged",
        "commitment: C: new promise: “New film” within 9 working days (stronger)",
        "commitment: B → C: “New deck” now takes up to 9 working days, was 5 (weaker)",
        "commitment: A: “what is asked of users” removed",
    ]


def test_merged_items_with_equal_values() -> None:
    """There are two changes with different fingerprints."""
    old = {"services": [service(id_, **SAME, hours_per_quarter=2) for id_ in ("a", "b")]}
    new = {"services": [service("c", "a", "b", **SAME, hours_per_quarter=9)]}
    statements = compared(old, new).statements
    assert [each.sentence for each in statements][1:] == [
        "A → C: time of each person per quarter is now 9 hours, was 2 hours (more)",
        "B → C: time of each person per quarter is now 9 hours, was 2 hours (more)",
    ]
    assert len({each.fingerprint for each in statements}) == 3
    assert [each.source for each in statements[1:]] == [
        ("services", id_, "hours_per_quarter") for id_ in "ab"
    ]


def test_a_split() -> None:
    """Successors with other values are reported, and successors with the same values are not."""
    old = {"metrics": [measure("win", "Win rate", 30, formula="a / b")]}
    new = {
        "metrics": [
            measure("new", "New", 30, was=["win"], formula="a / b"),
            measure("growth", "Growth", 5, was=["win"]),
        ]
    }
    assert severities_and_sentences(compared(old, new)) == [
        "commitment: Win rate was split into New and Growth",
        "commitment: Win rate → Growth: the target is now 5%, was 30% (easier)",
    ]


def test_a_value_that_no_part_of_a_split_has() -> None:
    """It is reported as lost once."""
    old = {"metrics": [measure("win", "Win rate", 30, formula="a / b")]}
    new = {
        "metrics": [measure("new", "New", 30, was=["win"]), measure("growth", "Growth", 30, was=["win"])],
    }
    assert severities_and_sentences(compared(old, new))[1:] == [
        "commitment: Win rate: formula removed, was “a / b”"
    ]


def test_users_of_a_split_service() -> None:
    """Audiences that no successor serves are reported; audiences that one of them serves are not."""
    people = {"audiences": [{"id": id_, "name": id_.upper()} for id_ in "xyz"]}
    old = {"services": [service("a", **SAME, audiences=["x", "y", "z"])]} | people
    new = {
        "services": [service("b", "a", **SAME, audiences=["x"]), service("c", "a", **SAME, audiences=["y"])],
    } | people
    assert severities_and_sentences(compared(old, new))[1:] == ["commitment: A: no longer for Z (weaker)"]


def test_a_figure_in_another_unit_is_not_compared() -> None:
    """Two merged metrics can count different things."""
    old = {"metrics": [measure("win", "Win rate", 30), measure("days", "Days", 28, unit="days")]}
    new = {"metrics": [measure("win", "Win rate", 30, was=["days"])]}
    assert severities_and_sentences(compared(old, new))[1:] == [
        "commitment: Days → Win rate: unit is now percent, was days",
        "commitment: Days → Win rate: the target is now 30%, was 28 days (cannot be compared)",
    ]


@pytest.mark.parametrize(("here", "there"), [("out", "later"), ("later", "out")])
def test_a_move_between_lists(here: str, there: str) -> None:
    """Other edits of the item are reported as well."""
    old = {"scope": {here: [{"id": "hr", "name": "HR", "why": "Others do it.", "instead": "People team"}]}}
    new = {"scope": {there: [{"id": "hr", "name": "HR and legal", "why": "We start in 2028."}]}}
    assert severities_and_sentences(compared(old, new))[1:] == [
        "commitment: “HR” is now called “HR and legal”",
        "meaning: HR → HR and legal: reason changed",
        "meaning: HR → HR and legal: “who does it instead” removed, was “People team”",
    ]


def test_audiences_of_a_former_item_are_affected() -> None:
    """By its edits; those of both by the merge."""
    people = {"audiences": [{"id": id_, "name": id_.upper()} for id_ in "xy"]}
    one = service("a", **SAME, audiences=["x"], hours_per_quarter=2)
    other = service("b", **SAME, audiences=["y"], hours_per_quarter=3)
    successor = service("c", "a", "b", **SAME, audiences=["x", "y"], hours_per_quarter=9)
    statements = compared({"services": [one, other]} | people, {"services": [successor]} | people).statements
    assert [each.audiences for each in statements] == [("x", "y"), ("x",), ("y",)]


def test_a_reference_to_another_item_of_the_same_id() -> None:
    """A contributor is an audience before it is a partner team: the rename of the partner team changes no service."""
    people = {"audiences": [{"id": "x", "name": "X"}]}
    sides = [
        {"services": [service("a", **SAME, contributors=["x"])], "partners": [{"id": id_, "name": "P"} | was]}
        for id_, was in (("x", {}), ("y", {"was": ["x"]}))
    ]
    assert severities_and_sentences(compared(sides[0] | people, sides[1] | people)) == [
        "meaning: P: id is now y, was x"
    ]


def test_links_follow_a_rename() -> None:
    """In texts and in addresses, without being changes; any other change of the text is reported."""
    sides = [
        [
            service(
                a,
                *was_a,
                summary=f"See [B](services/{b}).",
                links=[{"label": "B", "address": f"services/{b}#x"}],
            ),
            service(b, *was_b, name="B", summary=f"See [A](services/{a}){more}."),
        ]
        for a, b, was_a, was_b, more in (("a", "b", (), (), ""), ("c", "d", ("a",), ("b",), " first"))
    ]
    assert severities_and_sentences(compared({"services": sides[0]}, {"services": sides[1]})) == [
        "meaning: “A” is now called “C”",
        "meaning: B: id is now d, was b",
        "meaning: B: description changed",
    ]
