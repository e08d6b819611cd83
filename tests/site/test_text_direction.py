"""Texts that are written from right to left, in a charter whose own language is written from left to right."""

from __future__ import annotations

import pytest
from markupsafe import Markup, escape

from charterbook.site.render.safe_text import isolated as isolated_html
from charterbook.site.render.safe_text import prose, prose_inline, prose_of_section
from charterbook.text_direction import isolated

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


#: Sentences, with the parts of them that are isolated in brackets.
SENTENCES = [
    "[הדרכה]: now 5%, was 4%",
    "[פריטי תוכן 3]: “[New דעם card]” now takes up to 5 days",
    "Service removed: [دعم المبيعات 5]",
    "Moved: [דעם], [دعم] and Cards",
    "[הדרכה 3 (ניסיון)]: now 5% (was 4%)",
    'The service "[דעם]" has no owner.',
    "Amount is now €3, was €2",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_names_in_sentences_are_isolated(marked: str) -> None:
    """Figures, quotation marks and colons beside a name stay in their places, in plain text and in HTML."""
    text = marked.translate(str.maketrans("", "", "[]"))
    assert isolated(text) == marked.replace("[", "\u2068").replace("]", "\u2069")
    expected = escape(marked).replace("[", Markup("<bdi>")).replace("]", Markup("</bdi>"))
    assert escape(isolated_html(text)) == expected


def test_a_known_name_is_isolated_as_a_whole() -> None:
    """Also one with a colon and letters from left to right."""
    name = "הדרכה: CRM <b>"
    assert isolated_html(f"{name}: now 5", name) == "<bdi>הדרכה: CRM &lt;b&gt;</bdi>: now 5"
    assert isolated_html("Cards: now 5", name) == "Cards: now 5"
