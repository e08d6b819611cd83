"""Two texts word by word."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterbook.compare import Segment, word_diff
from charterbook.compare.textdiff import WordBudget, _diff, visible_diff
from tests.compare.small_charters import compared, only
from tests.hanging import never_hangs

TEXTS = st.lists(st.sampled_from(["We", "help", "sellers", ",", " ", "  ", "\n", "3.5", "ё", "don't"])).map(
    "".join
)


def test_words_are_marked() -> None:
    """Whole words, with unchanged ones between them."""
    assert word_diff("We help every seller.", "We help each seller now.") == (
        Segment("equal", "We help "),
        Segment("del", "every"),
        Segment("ins", "each"),
        Segment("equal", " seller"),
        Segment("ins", " now"),
        Segment("equal", "."),
    )


def test_nothing_in_common() -> None:
    """Words that are equal by chance do not split a sentence."""
    assert [each.kind for each in word_diff("Shares follow the effort.", "Less than in the spring!")] == [
        "del",
        "ins",
    ]


def test_an_unchanged_sentence() -> None:
    """It is not marked, regardless of changes around it."""
    stayed = " We hire about twenty people a year."
    old = (
        f"A newcomer needs more than seven months to a first full quota.{stayed} That is far too long for us."
    )
    new = f"Ramp took eight months when all of this began.{stayed} One customer in nine leaves within a year."
    assert any(each.kind == "equal" and stayed in each.text for each in word_diff(old, new))


@given(TEXTS, TEXTS)
def test_the_segments_make_both_texts(old: str, new: str) -> None:
    """Equal and del make the older text, equal and ins the newer one; none is empty."""
    assert_makes_both(old, new)


def assert_makes_both(old: str, new: str) -> None:
    """Assert that the segments of a diff make both texts."""
    segments = word_diff(old, new)
    assert "".join(each.text for each in segments if each.kind != "ins") == old
    assert "".join(each.text for each in segments if each.kind != "del") == new
    assert all(each.text for each in segments)


def words(count: int, vocabulary: int, seed: int) -> str:
    """A text with this many words, of this many different ones."""
    chance = Random(seed)  # noqa: S311
    return " ".join(f"w{chance.randrange(vocabulary)}" for _ in range(count))


def test_one_word_in_a_long_text() -> None:
    """In 20,000 characters, only this word is marked."""
    old = words(6_000, 60, 1)
    place = old.index(" ", len(old) // 2)
    diff = visible_diff(old, f"{old[:place]} NEVER{old[place:]}")
    assert diff.whole
    assert [each.text.strip() for each in diff.segments if each.kind != "equal"] == ["NEVER"]


def test_unchanged_sentences_in_a_long_text() -> None:
    """They are found in a text that is too long to compare all words."""
    sentences = [f"{words(12, 40, number)}." for number in range(400)]
    edited = [
        text if index % 9 else f"{words(12, 40, 1000 + index)}." for index, text in enumerate(sentences)
    ]
    diff = visible_diff(" ".join(sentences), " ".join(edited))
    assert diff.whole
    changed = sum(len(each.text) for each in diff.segments if each.kind == "del")
    assert changed < len(" ".join(sentences)) / 7


HOSTILE = {
    "few words": (words(25_000, 60, 1), words(25_000, 60, 2)),
    "one word": ("a " * 42_000, "a " * 41_000 + "b"),
    "turned around": (" ".join(map(str, range(14_000))), " ".join(map(str, range(14_000, 0, -1)))),
    "signs": ("." * 85_000, "!." * 42_000),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_texts_take_bounded_time(case: str) -> None:
    """Two texts of 85,000 characters; an incomplete comparison is marked as such."""
    old, new = HOSTILE[case]
    start = time.process_time()
    diff = _diff(old, new, spaces=True)
    assert time.process_time() - start < 4
    assert "".join(each.text for each in diff.segments if each.kind != "ins") == old
    assert "".join(each.text for each in diff.segments if each.kind != "del") == new
    assert diff.whole == (case in ("one word", "turned around"))


def test_incomplete_comparisons_are_marked() -> None:
    """In the sentence."""
    old, new = ({"sections": [{"id": "p", "title": "P", "text": words(6_500, 3, seed)}]} for seed in (1, 2))
    assert only(compared(old, new)).sentence == (
        "P: text changed (too long for a full word-by-word comparison)"
    )


@pytest.mark.long
def test_many_long_texts_share_a_budget() -> None:
    """Texts beyond it are replaced as a whole, and the sentence says so."""
    words = [f"w{number:x}" for number in range(4_000)]
    old = " ".join(words)[:19_900]
    new = " ".join(word for pair in zip(words, [f"z{word}" for word in words], strict=True) for word in pair)[
        :19_900
    ]
    budget = WordBudget()
    with never_hangs():
        wholes = [visible_diff(old, new, budget).whole for _ in range(40)]
    assert (budget.left >= 0, wholes[-1]) == (True, False)
    assert len(visible_diff(old, new, budget).segments) <= 3


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("- One\n- Three\n", "- One\n- Two\n- Three\n", "- Two\n"),
        ("- One\n- Two\n- Three\n", "- One\n- Three\n", "- Two\n"),
        ("We train. We answer.", "We train. We coach sellers. We answer.", "We coach sellers. "),
        ("1. One\n1. Three", "1. One\n1. Two\n1. Three", "1. Two\n"),
    ],
)
def test_whole_lines_and_sentences_are_marked(old: str, new: str, changed: str) -> None:
    """If equal words leave a choice."""
    assert [each.text for each in word_diff(old, new) if each.kind != "equal"] == [changed]


LINES = st.lists(st.sampled_from(["- One", "- Two", "- One more", ""]), max_size=6).map("\n".join)


@given(LINES, LINES)
def test_the_segments_of_lists_make_both_texts(old: str, new: str) -> None:
    """Shifting changes alters neither text."""
    assert_makes_both(old, new)
