"""Both values of a change in words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.compare.small_charters import compared, figure, level, metric, money, only
from tests.test_diff import service

#: Two audiences with equal names.
NAMESAKES = [{"id": id_, "name": "Sellers"} for id_ in ("one", "two")]

#: The change, its values in both charters, and the words before and after.
VALUES: list[tuple[dict[str, Any], dict[str, Any], str, str]] = [
    (
        {"services": [service("a", service_levels=level(3))]},
        {"services": [service("a", service_levels=level(1, "weeks"))]},
        "3 working days",
        "1 week",
    ),
    (
        {"metrics": metric(actual=figure(20, "2026-01-31"))},
        {"metrics": metric(actual=figure(21.5, "2026-04-30"))},
        "20% on 31 January 2026",
        "21.5% on 30 April 2026",
    ),
    (
        {"metrics": metric(target=figure(20) | {"note": "If we hire"})},
        {"metrics": metric(target=figure(20) | {"note": "In any case"})},
        "20% (“If we hire”)",
        "20% (“In any case”)",
    ),
    (
        {"services": [service("a", effort_share=20)]},
        {"services": [service("a", effort_share=5)]},
        "20%",
        "5%",
    ),
    (
        {"services": [service("a", status="pilot")]},
        {"services": [service("a", status="live")]},
        "pilot",
        "live",
    ),
    (
        {"services": [service("a", audiences=[])]},
        {"services": [service("a", audiences=["sellers"])]},
        "–",
        "Sellers",
    ),
    (
        {"review": {"sign_offs": [{"role": "CRO", "decision": "pending"}]}},
        {
            "review": {
                "sign_offs": [{"role": "CRO", "decision": "approved_with_condition", "condition": "Less"}]
            }
        },
        "sign-off pending",
        "approved with a condition: “Less”",
    ),
    (
        {"services": [service("a", name="First"), service("b", name="Second")]},
        {"services": [service("b", name="Second"), service("a", name="First")]},
        "First, Second",
        "Second, First",
    ),
    (
        {"services": [service("a", audiences=["one", "two"])], "audiences": NAMESAKES},
        {"services": [service("a", audiences=["one"])], "audiences": NAMESAKES},
        "Sellers (one), Sellers (two)",
        "Sellers (one)",
    ),
]


@pytest.mark.parametrize(("old", "new", "before", "after"), VALUES)
def test_values(old: dict[str, Any], new: dict[str, Any], before: str, after: str) -> None:
    """With units, dates and names instead of ids."""
    statement = only(compared(old, new))
    assert (statement.before, statement.after) == (before, after)


def test_money() -> None:
    """The sum and its only part, in the charter's currency."""
    said = [
        (each.before, each.after)
        for each in compared({"funding": money(100)}, {"funding": money(250.5)}).statements
    ]
    assert said == [("$100", "$250.50")] * 2


def test_added_and_removed_items() -> None:
    """The description of an item, without the values that the sentence already states."""
    old = {"services": [service("a"), service("b", summary="One hour.", motion="new business")]}
    new = {"services": [service("a", asks="Time.", motion="renewal")]}
    said = {each.path[1:]: (each.before, each.after) for each in compared(old, new).statements}
    assert said == {
        ("b",): ("One hour.", None),
        ("a", "asks"): (None, "Time."),
        ("a", "motion"): (None, None),
    }


def test_changed_texts() -> None:
    """A changed text has no before and after: it is shown word by word."""
    old, new = ({"mission": {"statement": text}} for text in ("We help sellers.", "We help partners."))
    statement = only(compared(old, new))
    assert (statement.before, statement.after, bool(statement.segments)) == (None, None, True)
