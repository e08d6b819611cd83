"""Two texts word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from charterbook.compare import Segment, word_diff

TEXTS = st.lists(st.sampled_from(["We", "help", "sellers", ",", " ", "  ", "\n", "3.5", "ё", "don't"])).map(
    "".join
)


def test_words_are_marked() -> None:
    """Whole words, with what stays between."""
    assert word_diff("We help every seller.", "We help each seller now.") == (
        Segment("equal", "We help "),
        Segment("del", "every"),
        Segment("ins", "each"),
        Segment("equal", " seller"),
        Segment("ins", " now"),
        Segment("equal", "."),
    )


def test_nothing_in_common() -> None:
    """Words that only happen to be the same do not cut a sentence to pieces."""
    assert [each.kind for each in word_diff("Shares follow the effort.", "Less than in the spring!")] == [
        "del",
        "ins",
    ]


@given(TEXTS, TEXTS)
def test_the_segments_make_both_texts(old: str, new: str) -> None:
    """Equal and del the older, equal and ins the newer; none is empty."""
    segments = word_diff(old, new)
    assert "".join(each.text for each in segments if each.kind != "ins") == old
    assert "".join(each.text for each in segments if each.kind != "del") == new
    assert all(each.text for each in segments)
