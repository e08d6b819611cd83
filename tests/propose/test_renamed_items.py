"""Proposals for items and entries with another name, applied once and again."""

from __future__ import annotations

import pytest

from tests.load.sample import SMALL
from tests.propose.applied_proposals import HAND, applied, becomes, change


def test_a_renamed_item_is_found_by_its_former_id() -> None:
    """A proposal from before the rename still applies."""
    renamed = HAND.replace("id: onboarding\n", "id: start\n    was: [onboarding]\n")
    outcome = applied(renamed, change("services.onboarding.name", "Onboarding", "Start"))
    assert becomes(outcome, ("Onboarding #", "Start #"), source=renamed)


def test_another_name_can_be_applied_again() -> None:
    """With other changes of the same item; the second application changes nothing."""
    levels = "    service_levels:\n      - request: New card, v. 2.0\n        within: 3\n"
    source = SMALL.replace("    audiences: [sales]\n", "    audiences: [sales]\n" + levels)
    path = "services.onboarding.service_levels.New card, v. 2.0"
    asked = change(f"{path}.request", "'New card, v. 2.0'", "Card") + change(f"{path}.within", "3", "4")
    asked += change("metrics.win-rate.id", "win-rate", "wins")
    outcome = applied(source, asked)
    assert (outcome.refusals, outcome.applied) == ((), 3)
    again = applied(outcome.data, asked)
    assert (again.refusals, again.already, again.data) == ((), 3, outcome.data)


LEVELS = "    service_levels:\n      - request: Card\n        within: 3\n      - request: Deck\n        within: 5\n"
PROMISES = SMALL.replace("    audiences: [sales]\n", "    audiences: [sales]\n" + LEVELS)
CARD = "services.onboarding.service_levels.Card"


def test_names_of_names_can_be_applied_again() -> None:
    """An item with a new id, without `was`, whose promise has a new name and another value."""
    asked = change(f"{CARD}.within", "3", "4") + change(f"{CARD}.request", "Card", "Paper")
    asked += change("services.onboarding.id", "onboarding", "start")
    outcome = applied(PROMISES, asked)
    again = applied(outcome.data, asked)
    assert (outcome.refusals, again.refusals, again.already, again.data) == ((), (), 3, outcome.data)


@pytest.mark.parametrize(
    "asked",
    [
        change(f"{CARD}.request", "Card", "Deck"),
        change(f"{CARD}.request", "Card", "X") + change(CARD.replace("Card", "Deck.request"), "Deck", "X"),
        change(f"{CARD}.request", "Card", "X")
        + change(CARD.replace("Card", "X"), new="{request: X, within: 1}"),
        change(f"{CARD}.request", "Card", "Deck")
        + change(CARD.replace("Card", "Deck.request"), "Deck", "Card"),
    ],
)
def test_a_name_that_another_item_has(asked: str) -> None:
    """Applied again, the name would be ambiguous."""
    assert {refusal.problem.rule for refusal in applied(PROMISES, asked).refusals} == {"taken-id"}
