"""Proposals that are refused, each with its place and reason."""

from __future__ import annotations

import pytest

from charterbook.propose.proposal import read_proposal
from tests.propose.applied_proposals import HAND, HEAD, applied, change, refused


def test_an_old_value_that_no_longer_holds() -> None:
    """All three values are shown."""
    outcome = applied(HAND, change("title", "Their charter", "Everybody's"))
    assert refused(outcome) == [("p0.yml", 5, "old-value")]
    assert outcome.refusals[0].values == ("Their charter", "Our charter", "Everybody's")
    assert outcome.data == HAND.encode()


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        (change("titel", new="x"), "unknown-step"),
        (change("services.onboarding.nmae", new="x"), "unknown-step"),
        (change("title.x", new="x"), "inside-a-value"),
        (change("services.nothing.name", "x", "y"), "no-such-item"),
        (change("services.new", new="{id: other, name: N, summary: S}"), "other-id"),
        (change("services.new", new="{name: N, summary: S}", more="before: nothing"), "no-such-neighbour"),
        (
            change("services.onboarding.audiences", "[sales]", "[]", more="before: clinics"),
            "no-such-neighbour",
        ),
        (change("mission.why", new="x", more="before: clinics"), "no-such-neighbour"),
        (change("services.clinics.name", "Clinics", "x", more="before: onboarding"), "no-such-neighbour"),
        (change("services", "[onboarding]", "[clinics]"), "other-order"),
        (change("services", "[onboarding, x]", "[x, onboarding]"), "order-of-nothing"),
        (change("services.onboarding", new="{name: N, summary: S}"), "old-value"),
        (change("title", "Our charter", "x") * 2, "twice-here"),
        (change("title", "'1'", "true"), "old-value"),
        (change("title", "Our charter", "true"), "yaml-boolean"),
        (change("title", "Our charter", "[a]"), "wrong-type"),
        (change("title", "Our charter"), "missing-key"),
        (change("services.onboarding.audiences", "[sales]", "[sale]"), "unknown-audience"),
        (change("services.new", new="{name: N, sumary: S}"), "unknown-key"),
        (change("services.onboarding.id", "onboarding", "'No id'"), "bad-id"),
        (change("mission.why", new="'[x](javascript:x)'"), "unsafe-link"),
    ],
)
def test_what_is_refused(asked: str, rule: str) -> None:
    """With its place in the proposal, or in the resulting charter."""
    outcome = applied(HAND, asked)
    assert outcome.refusals[0].problem.rule == rule
    assert outcome.data == HAND.encode()


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("services.onbording.name", 'Did you mean "onboarding"?'),
        ("services.0.name", "Name an item by its id, for example services.onboarding."),
        ("services[0].name", "Name an item by its id, for example services.onboarding."),
        ("services/onboarding/name", "Separate its steps by dots: services.onboarding.name."),
    ],
)
def test_advice_for_a_path(path: str, advice: str) -> None:
    """It is made from the ids of the charter."""
    assert applied(HAND, change(path, "x", "y")).refusals[0].problem.fix == advice


@pytest.mark.parametrize(
    ("keys", "advice"),
    [(("from", "to"), ["old", "new"]), (("was", "value"), ["old", "new"]), (("olt", "new"), ["old"])],
)
def test_other_words_for_keys(keys: tuple[str, str], advice: list[str]) -> None:
    """One message for each, and none that the values are missing."""
    text = HEAD + f"  - path: title\n    {keys[0]}: x\n    {keys[1]}: y\n"
    problems = read_proposal(text.encode(), "p.yml")[1]
    assert [problem.fix for problem in problems] == [f'Did you mean "{word}"?' for word in advice]


def test_a_missing_path_is_named_as_requested() -> None:
    """By ids, never by positions in the file."""
    outcome = applied(HAND, change("services.clinics.service_levels.A deal.within", "3", "4"))
    assert '"services.clinics.service_levels.A deal"' in outcome.refusals[0].problem.text


def test_an_error_of_the_result_is_reported_at_its_proposal() -> None:
    """At the line of the value, even deep inside a new item."""
    text = "  - path: services.new\n    new:\n      name: New\n      summary: S\n      audiences:\n        - sales\n        - sale\n"
    assert refused(applied(HAND, change("title", "Our charter", "X") + text)) == [
        ("p0.yml", 13, "unknown-audience")
    ]


def test_an_error_elsewhere_is_reported_at_the_charter() -> None:
    """For removing items that others refer to."""
    outcome = applied(
        HAND, change("audiences.sales", "{name: Sales}") + change("audiences.new", new="{name: New}")
    )
    assert refused(outcome) == [("charter.yml (as it would be)", 15, "unknown-audience")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (change("title", "Our charter", "X"), change("title", "Our charter", "Y")),
        (
            change("services.a", new="{name: A, summary: A}"),
            change("services.a", new="{name: B, summary: B}"),
        ),
        (
            change("services.clinics", "{name: Clinics, summary: One deal}"),
            change("services.clinics.name", "Clinics", "X"),
        ),
        (
            change("services.clinics.name", "Clinics", "X"),
            change("services.clinics", "{name: Clinics, summary: One deal}"),
        ),
    ],
)
def test_two_that_disagree(one: str, other: str) -> None:
    """Neither is applied, and both files are named."""
    outcome = applied(HAND, one, other)
    assert refused(outcome) == [("p1.yml", 4, "conflict")]
    assert "p0.yml" in outcome.refusals[0].problem.text
    assert outcome.data == HAND.encode()


def test_all_or_none() -> None:
    """One refusal stops all others."""
    outcome = applied(HAND, change("title", "Our charter", "X"), change("mission.why", "so", "X"))
    assert refused(outcome) == [("p1.yml", 5, "old-value")]
    assert outcome.data == HAND.encode()
