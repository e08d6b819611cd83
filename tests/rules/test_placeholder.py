from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import places


def test_a_finished_charter() -> None:
    """No hint."""
    assert places("placeholder", SMALL) == []


def test_texts_to_fill_in() -> None:
    """A hint at each place, for every kind of text."""
    source = small("We help.", "‹Your mission›").replace("name: Win rate", "name: Share of ‹what›")
    assert places("placeholder", source) == [(3, 14, "hint"), (20, 11, "hint")]


def test_a_single_sign_is_text() -> None:
    """Only the pair is a placeholder."""
    assert places("placeholder", small("We help.", "Home › Enablement")) == []
    assert places("placeholder", small("We help.", "a › b ‹ c")) == []
