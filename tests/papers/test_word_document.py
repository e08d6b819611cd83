"""A document as a Word file."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import docx

from charterbook.papers.charter_document import charter_document
from charterbook.papers.document import Block, Facts, HeadingBlock, PaperDocument, ParagraphBlock, plain_runs
from charterbook.papers.word_document import as_docx
from tests.papers.sources import hostile_charter, source, words

_SERVICE = {
    "id": "onboarding",
    "name": "Onboarding",
    "summary": "Four weeks.\n\n- one\n- two\n\n1. first\n\n`code`",
    "service_levels": [{"request": "A place", "within": 3}],
}


@cache
def made() -> bytes:
    """A charter with a list, a table and a link."""
    mission = {"statement": "We *help* **all** [sellers](https://example.org)."}
    return as_docx(charter_document(source({"services": [_SERVICE], "mission": mission})))


def parts(data: bytes) -> dict[str, str]:
    """The XML files of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


def test_headings_lists_and_tables_are_those_of_word() -> None:
    """So that Word shows a navigation, and screen readers know them."""
    file = docx.Document(io.BytesIO(made()))
    styles = [(one.style.name if one.style else "", one.text) for one in file.paragraphs]
    assert ("Title", "Enablement charter") in styles
    assert ("Heading 1", "Services") in styles
    assert ("Heading 2", "Onboarding") in styles
    assert ("List Bullet", "one") in styles
    assert ("List Number", "first") in styles
    assert parts(made())["word/document.xml"].count("<w:tblHeader") == 3
    assert 'w:lang w:val="en-US"' in parts(made())["word/styles.xml"]


def test_each_numbered_list_begins_with_one() -> None:
    """Each has its own numbering."""
    other = {"id": "other", "name": "Other", "summary": "1. first"}
    file = docx.Document(io.BytesIO(as_docx(charter_document(source({"services": [_SERVICE, other]})))))
    lists = [
        one._p.xpath("w:pPr/w:numPr/w:numId/@w:val")[0] for one in file.paragraphs if one.text == "first"
    ]
    assert len(set(lists)) == len(lists) == 2
    starts = file.part.numbering_part.element.xpath("//w:num/w:lvlOverride/w:startOverride/@w:val")
    assert starts == ["1", "1"]


def test_columns_are_as_wide_as_their_texts() -> None:
    """And together as wide as the page."""
    widths = [int(one) for one in re.findall(r'<w:gridCol w:w="(\d+)"', parts(made())["word/document.xml"])]
    assert widths
    assert len(set(widths)) > 2


def test_the_same_document_gives_the_same_bytes() -> None:
    """The clock is in no part of the file."""
    mission = {"statement": "We *help* **all** [sellers](https://example.org)."}
    assert as_docx(charter_document(source({"services": [_SERVICE], "mission": mission}))) == made()
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert {one.date_time for one in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_hostile_texts_are_texts() -> None:
    """The only field is the page number, and links lead to the web or to mail."""
    data = as_docx(charter_document(source(made=hostile_charter())))
    found = parts(data)
    assert re.findall(r'w:instr="([^"]*)"|<w:instrText', "".join(found.values())) == ["PAGE"]
    links = re.findall(r'Target="([^"]*)" TargetMode="External"', found["word/_rels/document.xml.rels"])
    assert not [link for link in links if not link.startswith(("http://", "https://", "mailto:"))]
    text = " ".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    assert " ".join(words("{ HYPERLINK \\l x } MERGEFIELD PAGE")) in " ".join(words(text))
    assert not re.search("[\x00-\x08\u202e\u2066]", text)


def test_short_items_are_on_one_page() -> None:
    """A heading, its text and its facts are not parted; a long list of facts is."""
    item: list[Block] = [HeadingBlock(2, "Onboarding"), ParagraphBlock(plain_runs("Four weeks."))]
    short = Facts((("Status", plain_runs("live")), ("Owner", plain_runs("Ada"))))
    long = Facts(tuple((f"Label {place}", plain_runs("x")) for place in range(40)))
    assert _kept((*item, short)) == ["Onboarding", "Four weeks.", "Status", "live"]
    assert _kept((*item, long)) == []


def _kept(blocks: tuple[Block, ...]) -> list[str]:
    """The texts of the paragraphs that say themselves that they are on the page of the next one."""
    data = as_docx(PaperDocument("T", "", "en", (), "", blocks))
    body = docx.Document(io.BytesIO(data)).element.body
    return [
        str(one.findtext(f".//{_MAIN}t"))
        for one in body.iter(f"{_MAIN}p")
        if one.find(f"{_MAIN}pPr/{_MAIN}keepNext") is not None
    ]


_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
