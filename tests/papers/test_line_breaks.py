"""Where lines break, and where not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterbook.i18n import translator
from charterbook.papers.document import plain_runs, text_of
from charterbook.papers.inert_text import inert_line
from charterbook.papers.line_breaks import breakable
from charterbook.papers.summary_blocks import shortened


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("within 5 working days", "within 5~working days"),
        ("80 % of 1,200 sellers", "80~% of 1,200~sellers"),
        ("in 2026 we met", "in 2026 we met"),
        ("2026-Q4 priorities, step 3", "2026-Q4 priorities, step 3"),
        ("Отказ в срок и с причиной", "Отказ в~срок и~с~причиной"),
        ("№ 5 — договор", "№~5~— договор"),
        ("- a list\n5 b", "- a list\n5~b"),
        ("x" * 30, "x" * 14 + "|" + "x" * 14 + "|xx"),
    ],
)
def test_breaks(text: str, expected: str) -> None:
    """A number is on the line of its unit; years and parts of names are not joined to the next word."""
    assert breakable(text).replace("\u00a0", "~").replace("\u200b", "|") == expected


@given(st.text("a я5%—№ \n", max_size=60))
def test_no_word_is_lost(text: str) -> None:
    """Only the kind of spaces changes, and breaks are added."""
    assert breakable(text).replace("\u00a0", " ").replace("\u200b", "") == text


def test_numbers_are_whole() -> None:
    """The spaces inside of a Russian number remain no-break spaces in one line of text."""
    number = translator("ru").number(143_600_000)
    assert inert_line(f" Было\n {number}  рублей ") == f"Было {number} рублей"


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("Собираем материалы со всей компании — презентации", 44, "Собираем материалы со всей компании…"),
        ("Настраиваем и сопровождаем инструменты, с которыми", 44, "Настраиваем и сопровождаем инструменты…"),
        ("One page a day. Two pages", 18, "One page a day…"),
        ("abcdefgh", 5, "abcde…"),
    ],
)
def test_shortened_texts(text: str, most: int, expected: str) -> None:
    """They end with a word, never with a dash, a comma or a preposition of one letter."""
    assert text_of(shortened(plain_runs(text), most)) == expected
