"""Tables, headings and addresses in texts of a charter: rendered markup, and markup that stays text."""

from __future__ import annotations

import pytest
from lxml import html

from charterbook.site.render.safe_text import linked, plain, prose, prose_of_section
from tests.load.sample import SMALL, places, small
from tests.site.editions import block, edition

TABLE = "| Team | Hours |\n|---|--:|\n| Sales | **8** |\n"


def nowhere(target: str) -> str | None:
    """Resolves a link in a text to a page of the same name."""
    return f"{target}/" if target == "funding" else None


def test_tables() -> None:
    """In any text, in a frame that the keyboard reaches."""
    shown = prose(TABLE, nowhere)
    assert shown.startswith('<div class="cb-table" tabindex="0"><table class="cb-text">')
    assert "<td><strong>8</strong></td>" in shown
    assert plain(TABLE) == "Team Hours Sales 8"


HOSTILE_TABLE = '| "><b x=" | *5 %* |\n|---|---|\n| 1 | 2 |\n'


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", TABLE, "Table: Team, Hours"),
        ("ru", TABLE, "Таблица: Team, Hours"),
        ("en", HOSTILE_TABLE, 'Table: "><b x=", 5 %'),
        ("en", "| | |\n|---|---|\n| 1 | 2 |\n", "Table"),
    ],
)
def test_frames_of_tables_have_a_name(language: str, text: str, name: str) -> None:
    """That of their columns, in the language of the page, as all that takes the focus."""
    shown = block(edition({"language": language, "mission": {"statement": f"S\n\n{text}"}}), "mission")
    frames = html.fromstring(f"<div>{shown}</div>").xpath("//*[@tabindex='0']")
    assert [(one.get("role"), one.get("aria-label")) for one in frames] == [("group", name)]


def test_headings() -> None:
    """Only in custom sections, below the title of the page, without skipped levels."""
    text = "# One\n\n### Two\n\n## Three\n\n# Four\n"
    shown = prose_of_section(text, nowhere)
    assert [line.partition(" ")[0] for line in shown.splitlines()] == ["<h2", "<h3", "<h3", "<h2"]
    assert len({line.split('"')[1] for line in shown.splitlines()}) == 4
    assert "<h" not in prose(text, nowhere)


@pytest.mark.parametrize(
    "text", ["# <script>x</script>", "| <img src=x onerror=x> |\n|---|\n", "# A {: onclick=x}"]
)
def test_tables_and_headings_allow_no_injection(text: str) -> None:
    """HTML and attributes stay text in them."""
    shown = prose_of_section(text, nowhere)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "onclick=" not in shown.split(">", 1)[0]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("ask@example.org", "mailto:ask@example.org"),
        ("https://example.org/?a=1&b=2", "https://example.org/?a=1&amp;b=2"),
        ("funding", "funding/"),
        ("javascript:x", None),
        ("java\tscript:x", None),
        ("//example.org", None),
        ("\\\\example.org", None),
        ("data:text/html,x", None),
        ("JAVASCRIPT:x@example.org", None),
    ],
)
def test_addresses(address: str, target: str | None) -> None:
    """They lead to the web, to a mailbox or to a page; any other address is not a link."""
    shown = str(linked("<Ask>", address, nowhere))
    assert shown == (
        "&lt;Ask&gt;" if target is None else f'<a href="{target}" rel="noopener noreferrer">&lt;Ask&gt;</a>'
    )


RAW = {
    "heading": "# Head",
    "quotation": "> Said",
    "image": "![x](https://example.org/x.png)",
    "footnote": "Text[^1]",
    "struck": "~~gone~~",
    "underlined": "Head\n    ====",
}


@pytest.mark.parametrize("name", RAW)
def test_markdown_that_texts_do_not_know(name: str) -> None:
    """A hint at the text; custom sections allow headings."""
    text = f"|\n    {RAW[name]}\n"
    found = [rule for *_, rule in places(small("We help.", text))]
    assert found == ["raw-markdown"]
    own = f"{SMALL}sections:\n  - id: own\n    title: Own\n    text: |\n      {RAW[name].replace('    =', '      =')}\n"
    heading = name in ("heading", "underlined")
    assert [rule for *_, rule in places(own)] == ([] if heading else ["raw-markdown"])


@pytest.mark.parametrize("text", ["`# code`", "No. #1 of ~5", "a > b", "- [ ] task"])
def test_what_only_looks_like_it(text: str) -> None:
    """There is no hint."""
    assert places(small("We help.", f"|\n    Text {text}\n")) == []
