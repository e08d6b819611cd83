"""Changes of sign-offs: a new decision, a new day, and a fingerprint that only follows."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest

from tests.compare.small_charters import compared, only

SIGNED = {"role": "CRO", "decision": "approved"}
ONE, OTHER = ({"agreed": f"v1-{pair * 10}"} for pair in ("00", "ab"))
DAY, NEXT = ({"date": datetime.date(2026, 1, day)} for day in (5, 6))


def test_the_condition_of_a_sign_off() -> None:
    """With the same decision: a new, another, a respelled and a withdrawn condition."""
    sides = [
        {"review": {"sign_offs": [SIGNED | more]}}
        for more in ({}, {"condition": "Yes."}, {"condition": "yes"}, {"condition": "No"}, {})
    ]
    assert [only(compared(*pair)).sentence for pair in itertools.pairwise(sides)] == [
        "CRO: approved: “Yes.”, with a new condition",
        "CRO: approved: “yes”; only the spelling differs",
        "CRO: approved: “No”, with a different condition",
        "CRO: approved, no longer with a condition",
    ]


@pytest.mark.parametrize(
    ("old", "new", "forth", "back"),
    [
        (
            {},
            ONE,
            [f"CRO: fingerprint added: {ONE['agreed']}"],
            [f"CRO: fingerprint removed, was {ONE['agreed']}"],
        ),
        (ONE, OTHER, ["CRO: new sign-off: approved"], ["CRO: new sign-off: approved"]),
        (
            {},
            DAY,
            ["CRO: new sign-off: approved on 5 January 2026"],
            ["CRO: date removed, was 5 January 2026"],
        ),
        (
            DAY | ONE,
            NEXT | OTHER,
            ["CRO: new sign-off: approved on 6 January 2026"],
            ["CRO: new sign-off: approved on 5 January 2026"],
        ),
        (
            DAY | ONE,
            NEXT,
            ["CRO: new sign-off: approved on 6 January 2026; fingerprint removed"],
            ["CRO: new sign-off: approved on 5 January 2026"],
        ),
        (
            DAY | ONE,
            {},
            ["CRO: date removed, was 5 January 2026; fingerprint removed"],
            ["CRO: new sign-off: approved on 5 January 2026"],
        ),
    ],
)
def test_the_date_and_the_fingerprint_of_a_sign_off(
    old: dict[str, Any], new: dict[str, Any], forth: list[str], back: list[str]
) -> None:
    """Of a sign-off that is otherwise the same, in both directions."""
    before, after = ({"review": {"sign_offs": [SIGNED | more]}} for more in (old, new))
    assert [each.sentence for each in compared(before, after).statements] == forth
    assert [each.sentence for each in compared(after, before).statements] == back
