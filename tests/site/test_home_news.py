"""What the home page says about items that came, went or changed their names."""

from __future__ import annotations

from typing import Any

import pytest

from tests.site.editions import block, edition, words


def services(*items: dict[str, Any]) -> dict[str, Any]:
    """A charter with these services, each named by its id."""
    return {
        "services": [{"name": item["id"].title(), "summary": "It helps."} | item for item in items],
    }


CARDS, DECKS = {"id": "cards"}, {"id": "decks"}


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        ([CARDS], [CARDS, DECKS], ["Added: Decks (service)"]),
        ([CARDS, DECKS], [CARDS], ["Removed: Decks (service)"]),
        ([CARDS], [{"id": "one", "was": ["cards"]}], ["Renamed: One (was: Cards) (service)"]),
        (
            [CARDS, DECKS],
            [{"id": "all", "was": ["cards", "decks"]}],
            ["Merged: All (was: Cards, Decks) (service)"],
        ),
        (
            [CARDS, DECKS],
            [{"id": "cards", "was": ["decks"]}],
            ["Merged: Cards (was: Cards, Decks) (service)"],
        ),
        (
            [CARDS],
            [{"id": "one", "was": ["cards"]}, {"id": "two", "was": ["cards"]}],
            ["Split: One (was: Cards) (service)", "Split: Two (was: Cards) (service)"],
        ),
        ([CARDS], [{"id": "cards", "status": "retired"}], ["Retired: Cards (service)"]),
        ([CARDS], [{"id": "cards", "name": "Other"}], []),
    ],
)
def test_items_since_the_version_before(before: list[Any], after: list[Any], news: list[str]) -> None:
    """One line for each, with the names of all former items."""
    home = words(block(edition(services(*before), services(*after)), "overview"))
    listed = home.rpartition("All changes since")[0]
    assert [one for one in news if one in listed] == news
    assert listed.count("(service)") == len(news)
