"""Suggestions of known names."""

from __future__ import annotations

import pytest

from charterbook.load.did_you_mean import nearest

KEYS = ("admin", "data", "data_owner", "description", "id", "links", "name")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("administrator", "admin"),
        ("Administrator", "admin"),
        ("desc", "description"),
        ("discription", "description"),
        ("dat", "data"),  # the most similar one
        ("identity", ""),  # two letters are too few
        ("zz", ""),
        ("", ""),
    ],
)
def test_the_nearest_name(word: str, found: str) -> None:
    """By similarity, else by an abbreviation that fits one name alone."""
    assert nearest(word, KEYS) == found


def test_an_abbreviation_of_several_names() -> None:
    """Nothing is suggested."""
    assert nearest("hou", ("hours_per_quarter", "hours_once_for_each_person")) == ""
