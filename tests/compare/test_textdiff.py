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


def test_a_sentence_that_stayed() -> None:
    """It is not told as gone and new, however much changed around it."""
    stayed = " We hire about twenty people a year."
    old = (
        f"A newcomer needs more than seven months to a first full quota.{stayed} That is far too long for us."
    )
    new = f"Ramp took eight months when all of this began.{stayed} One customer in nine leaves within a year."
    assert any(each.kind == "equal" and stayed in each.text for each in word_diff(old, new))


@given(TEXTS, TEXTS)
def test_the_segments_make_both_texts(old: str, new: str) -> None:
    """Equal and del the older, equal and ins the newer; none is empty."""
    segments = word_diff(old, new)
    assert "".join(each.text for each in segments if each.kind != "ins") == old
    assert "".join(each.text for each in segments if each.kind != "del") == new
    assert all(each.text for each in segments)
