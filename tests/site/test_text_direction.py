"""Texts that are written from right to left, in a charter whose own language is written from left to right."""

from __future__ import annotations

import pytest

from charterbook.site.render.safe_text import prose, prose_inline, prose_of_section

HEBREW, ARABIC = "שיחה עם קונה", "نساعد كل بائع."


@pytest.mark.parametrize("text", [HEBREW, ARABIC, f"Sales: {ARABIC}"])
def test_blocks_have_the_direction_of_their_first_letter(text: str) -> None:
    """Paragraphs and entries of lists, with and without links; a text in a sentence is isolated from it."""
    assert prose(text, lambda _: None) == f'<p dir="auto">{text}</p>'
    assert prose(f"- {text}", lambda _: None).count('<li dir="auto">') == 1
    assert prose(f"[{text}](https://a.example)", lambda _: None).startswith('<p dir="auto"><a href=')
    assert prose_of_section(f"# {text}", lambda _: None).startswith('<h2 dir="auto" ')
    assert prose_inline(text, lambda _: None) == f"<bdi>{text}</bdi>"


@pytest.mark.parametrize("text", ["Sales", "Продажи", "営業", "α → β", "1–2"])
def test_other_texts_have_none(text: str) -> None:
    """They stay as they are."""
    assert prose(text, lambda _: None) == f"<p>{text}</p>"
    assert prose_inline(text, lambda _: None) == text
