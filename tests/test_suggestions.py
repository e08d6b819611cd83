"""Suggestions of known names for an unknown one."""

from __future__ import annotations

import pytest

from charterbook.suggestions import closest

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("severty", ["rules", "severity"], "did you mean severity?"),
        ("xyz", ["rules", "severity", "rules"], "available: rules, severity"),
        ("1", LETTERS[:24], f"available: {', '.join(LETTERS[:24])}"),
        ("1", LETTERS[:25], f"available: {', '.join(LETTERS[:24])}, …"),
        ("1", [], ""),
        (None, ["rules"], "available: rules"),
    ],
)
def test_closest(word: object, known: list[str] | str, said: str) -> None:
    """The most similar name, else all of them, at most 24 with a sign that there are more."""
    assert closest(word, known) == said
