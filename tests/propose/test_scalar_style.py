"""Writing a value: it always parses back to the same value."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterbook.load.syntax_tree import Style
from charterbook.propose.scalar_style import ScalarPosition, write_scalar
from tests.propose.styled_charters import read
from tests.propose.test_rewrite import TEXTS

PLACE = ScalarPosition(column=2, inner=4, at=8, width=60)
STYLES: tuple[Style, ...] = ("plain", "single", "double", "literal", "folded")


def read_back(text: str, *, flow: bool) -> Any:
    """The value that a parser finds."""
    return read(f"a: {{b: {text}}}\n" if flow else f"a:\n  b: {text}\n")["a"]["b"]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("value", TEXTS)
@pytest.mark.parametrize("flow", [True, False])
def test_texts_that_look_like_something_else(style: Style, value: str, flow: bool) -> None:
    """They stay texts."""
    assert read_back(write_scalar(value, PLACE._replace(flow=flow), style), flow=flow) == value


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n\t")), st.sampled_from(STYLES), st.booleans())  # fmt: skip
def test_any_text(value: str, style: Style, flow: bool) -> None:
    """In any style."""
    assert read_back(write_scalar(value, PLACE._replace(flow=flow), style), flow=flow) == value


@pytest.mark.parametrize("value", [0, -3, 25, 1.5, 1e-7, 1e22, -2.5e-10, 33.333333333333336, True, None])
def test_numbers(value: Any) -> None:
    """As digits."""
    assert read_back(write_scalar(value, PLACE), flow=False) == value


def test_days() -> None:
    """Without quotes."""
    day = datetime.date(2026, 1, 31)
    assert read_back(write_scalar(day, PLACE), flow=True) == day


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        ("plain", "Our charter", "Our charter"),
        ("plain", "no", '"no"'),
        ("plain", 'say "no": never', "'say \"no\": never'"),
        ("single", "it's", "'it''s'"),
        ("double", "it's", '"it\'s"'),
        ("double", "a\nb", "|-\n    a\n    b"),
        ("literal", "a\nb\n", "|\n    a\n    b"),
        ("literal", "a", "|-\n    a"),
        ("literal", " a\nb", "|2-\n     a\n    b"),
        ("folded", "a\nb", ">-\n    a\n\n    b"),
        ("plain", "word " * 14 + "end", ">-\n    " + "word " * 10 + "word\n    word word word end"),
    ],
)
def test_values_take_the_style_of_their_position(style: Style, value: str, text: str) -> None:
    """If the value allows it."""
    assert write_scalar(value, PLACE, style) == text


def test_a_folded_text_keeps_its_lines() -> None:
    """Those before and after the changed words."""
    old = ["One line of", "words,", "and another", "one."]
    text = write_scalar("One line of many words, and another one.", PLACE, "folded", old)
    assert text == ">-\n    One line of many\n    words,\n    and another\n    one."
