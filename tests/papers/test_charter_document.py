"""A charter as a document, and the document as Markdown: nothing of the charter is lost, nothing is markup."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from charterbook.charter import Charter
from charterbook.papers.audience_charter import for_audience
from charterbook.papers.charter_document import charter_document
from charterbook.papers.document import (
    HeadingBlock,
    LineChart,
    PaperDocument,
    ParagraphBlock,
    TableBlock,
    plain_runs,
)
from charterbook.papers.html_document import as_html_document
from charterbook.papers.markdown_document import as_markdown_document
from charterbook.papers.review_document import review_document
from tests.generated import charters, examples
from tests.papers.sources import HOSTILE, charter, document_text, hostile_charter, source, texts, words


@pytest.mark.long
@given(charters())
@settings(max_examples=examples(25))
def test_every_text_of_a_charter_is_in_its_document(made: Charter) -> None:
    """Each line and each text of any charter, in every section."""
    shown = " ".join(words(document_text(charter_document(source(made=made)))))
    assert [text for text in texts(made) if " ".join(words(text)) not in shown] == []


@given(charters())
@settings(max_examples=examples(10))
def test_markdown_has_the_words_of_the_document(made: Charter) -> None:
    """A reader that knows Markdown finds every text of the charter."""
    tokens = (
        MarkdownIt("commonmark")
        .enable("table")
        .parse(as_markdown_document(charter_document(source(made=made))))
    )
    inline = (child for token in tokens for child in token.children or [token])
    text = " ".join(child.content for child in inline if child.type != "html_inline")
    shown = " ".join(
        words(text.replace("\N{WORD JOINER}", ""))
    )  # it breaks text that a forge reads as a reference
    assert [one for one in texts(made) if " ".join(words(one)) not in shown] == []


def test_html_has_the_words_of_the_document_and_no_others() -> None:
    """It is well-formed, has no script, and links lead to the web or to mail."""
    made = charter_document(source(made=hostile_charter()))
    page = as_html_document(made)
    found = lxml.html.fromstring(page)
    tags = {one.tag for one in found.iter() if isinstance(one.tag, str)}
    assert not tags & {"script", "img", "iframe", "svg", "form", "x-attacked", "base"}
    assert not [name for one in found.iter() for name in one.attrib if name.startswith("on")]
    links = {one.get("href", "") for one in found.iter("a")}
    assert not [link for link in links if not link.startswith(("https://", "http://", "mailto:"))]
    lxml.etree.strip_tags(found, "wbr")
    shown = " ".join(words(" ".join(found.body.itertext())))
    assert [text for text in map(words, document_text(made).split("\n")) if " ".join(text) not in shown] == []


def test_hostile_texts_are_no_markdown() -> None:
    """Neither HTML nor a link to a script comes from a text; only Markdown of the subset has an effect."""
    text = as_markdown_document(charter_document(source(made=hostile_charter())))
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = [child for token in tokens for child in token.children or []]
    html = [one.content for one in (*tokens, *inline) if one.type.startswith("html")]
    assert set(html) <= {"<br>", "<code>", "</code>"}
    links = {str(one.attrs.get("href")) for one in inline if one.type == "link_open"}
    assert not [link for link in links if not link.startswith(("https://", "http://", "mailto:"))]
    assert not [one for one in inline if one.type == "image"]
    assert len(HOSTILE) > 60


def test_links_lead_to_the_page_of_the_version() -> None:
    """Headings of sections and items, names of items, and links in texts."""
    mission = {"statement": "See [onboarding](services/onboarding)."}
    made = charter_document(source({"mission": mission}))
    headings = {block.text: block.link for block in made.blocks if isinstance(block, HeadingBlock)}
    base = "https://example.org/charter/2025-Q1"
    assert headings["Services"] == f"{base}/services/"
    assert headings["Onboarding"] == f"{base}/services/onboarding/"
    assert f"See [onboarding]({base}/services/onboarding/)." in as_markdown_document(made)


def test_values_over_the_versions_are_a_chart() -> None:
    """With its description in words, which is its alternative text."""
    metric = {"id": "win-rate", "name": "Win rate", "kind": "lagging", "target": {"value": 30}}
    made = source(*({"metrics": [metric | {"actual": {"value": value}}]} for value in (10, 20)))
    chart = next(one for one in charter_document(made).blocks if isinstance(one, LineChart))
    assert chart.alt == "Win rate: from 10% in 2025-Q1 to 20% in 2025-Q2. Target: 30%."
    assert [point.value for point in chart.points] == [10, 20]


def test_changes_since_the_version_before() -> None:
    """They are the last section."""
    made = charter_document(source({"title": "Old"}, {"title": "New"}))
    headings = [block.text for block in made.blocks if isinstance(block, HeadingBlock)]
    assert "What changed from 2025-Q1 to 2025-Q2" in headings


def test_one_audience() -> None:
    """Only its services, their metrics and their sources; names of others stay names."""
    audiences = [{"id": "sellers", "name": "Sellers"}, {"id": "partners", "name": "Partner team"}]
    services = [
        {"id": "one", "name": "For both", "summary": "A.", "audiences": ["sellers", "partners"]},
        {"id": "two", "name": "For partners", "summary": "B.", "audiences": ["partners"]},
    ]
    whole = charter(audiences=audiences, services=services)
    found = for_audience(whole, "sellers")
    assert [one.name for one in found.services] == ["For both"]
    assert [one.name for one in found.audiences] == ["Sellers"]


def test_a_review_has_a_sheet_to_sign() -> None:
    """Its table is the last one, with space for pens."""
    sign_offs = [{"role": "Head of sales", "decision": "pending"}]
    made = review_document(source({"review": {"sign_offs": sign_offs}}))
    tables = [block for block in made.blocks if isinstance(block, TableBlock)]
    assert tables[-1].to_fill_in
    assert tables[-1].head[-2:] == ("Decision", "Date")


def test_a_print_of_a_page_parts_no_short_item() -> None:
    """Short items, tables and facts are marked as whole; numbers are on the right, and very long words can break."""
    item = (HeadingBlock(2, "A"), ParagraphBlock(plain_runs("x" * 40)))
    short = TableBlock("T", ("Name", "Value"), ((plain_runs("5 days"), plain_runs("7")),), frozenset({1}))
    long = TableBlock("L", ("Name",), ((plain_runs("x"),),) * 60)
    page = as_html_document(PaperDocument("T", "", "en", (), "", (*item, HeadingBlock(1, "B"), short, long)))
    found = lxml.html.document_fromstring(page)
    assert [one.get("class") for one in found.iter("table")] == ["whole", None]
    assert [one.text_content().strip() for one in found.iter("div")] == [f"A\n{'x' * 40}"]
    assert [one.get("class") for one in found.find(".//tbody/tr")] == [None, "number"]
    assert "5\u00a0days" in page
    assert len(list(found.iter("wbr"))) == 2
