"""PDFs: tagged, with fonts inside, the same on every day, and with texts that are never markup of Typst."""

from __future__ import annotations

import datetime
import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pikepdf
import pypdfium2
import pytest

from charterbook.charter import Charter
from charterbook.diff.change import plain
from charterbook.errors import CharterbookError
from charterbook.history import Revision
from charterbook.papers import typst_pdf
from charterbook.papers.document import PaperDocument, TableBlock, plain_runs
from charterbook.papers.formats import FORMATS, render
from charterbook.papers.line_breaks import breakable
from charterbook.papers.paper_source import PaperSource
from charterbook.papers.slides import slides_of
from charterbook.papers.typst_data import document_data
from charterbook.papers.typst_pdf import as_pdf
from charterbook.site.paper_data import paper_source
from tests.papers.sources import CODE, SITE, charter, hostile_charter, source, words
from tests.quality.stress_charter import stress_charter
from tests.site.editions import edition

PDFS = ("pdf", "onepager", "review", "slides")
_METRIC = {"id": "win-rate", "name": "Доля побед", "kind": "lagging", "target": {"value": 30}}
_SERVICE = {
    "id": "onboarding",
    "name": "Обучение",
    "summary": "Четыре недели до первой сделки.",
    "service_levels": [{"request": "Место", "within": 3, "target_share": 90}],
}


@cache
def russian() -> PaperSource:
    """Two versions in Russian, with a promise, values over the versions, and a review."""
    changes: dict[str, Any] = {
        "language": "ru",
        "services": [_SERVICE],
        "review": {"next": datetime.date(2027, 1, 9)},
    }
    return source(*(changes | {"metrics": [_METRIC | {"actual": {"value": value}}]} for value in (10, 20)))


@cache
def paper(name: str) -> bytes:
    """A paper of it."""
    return render(russian(), name)


def text(data: bytes) -> str:
    """All words of a PDF, in the order of its pages."""
    file = pypdfium2.PdfDocument(data)
    return " ".join(words(" ".join(page.get_textpage().get_text_bounded() for page in file)))


def elements(node: Any) -> Iterator[Any]:
    """The elements of a structure tree."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_is_tagged(name: str) -> None:
    """As PDF/UA-1 asks: marked, with a structure tree, a title, a language, and fonts inside."""
    with pikepdf.open(io.BytesIO(paper(name))) as file:
        root = file.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "ru"
        assert root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"]
        kinds = [str(one.S) for one in elements(root.StructTreeRoot)]
        assert "/H1" in kinds
        fonts = [
            one for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/FontDescriptor" in one
        ]
        embedded = ("/FontFile", "/FontFile2", "/FontFile3")
        assert fonts
        assert all(any(key in one.FontDescriptor for key in embedded) for one in fonts)


def test_tables_have_headings_and_charts_have_words() -> None:
    """The words of a screen reader for a chart, and for the cells of a table."""
    with pikepdf.open(io.BytesIO(paper("pdf"))) as file:
        found = list(elements(file.Root.StructTreeRoot))
        kinds = {str(one.S) for one in found}
        assert {"/Table", "/TH", "/TD", "/H1", "/H2", "/L", "/LI", "/Link"} <= kinds
        alternatives = [str(one.Alt) for one in found if "/Alt" in one and str(one.S) == "/Figure"]
        assert [one for one in alternatives if one.startswith("Доля побед: ")]


@pytest.mark.parametrize("name", PDFS)
def test_cyrillic_words_can_be_read(name: str) -> None:
    """Text can be searched and copied; nothing is an empty box."""
    shown = text(paper(name))
    assert "Enablement charter" in shown
    assert (name == "review") or "Обучение" in shown


def test_links_lead_to_the_version() -> None:
    """Each is a web address of the exact version; the QR code has it for paper."""
    with pikepdf.open(io.BytesIO(paper("pdf"))) as file:
        links = [
            str(one.A.URI)
            for page in file.pages
            for one in page.get("/Annots", [])
            if one.get("/Subtype") == "/Link" and "/URI" in one.get("/A", {})
        ]
    assert "https://example.org/charter/2025-Q2/services/onboarding/" in links
    assert not [link for link in links if not link.startswith("https://example.org/charter/2025-Q2/")]


@pytest.mark.parametrize("name", PDFS)
def test_the_same_bytes_on_every_day(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the clock nor the temporary folder has a part in it."""
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert render(russian(), name) == paper(name)
    today = datetime.datetime.now(datetime.UTC)
    with pikepdf.open(io.BytesIO(paper(name))) as file:
        dates = [str(value) for key, value in file.docinfo.items() if "Date" in key]
    assert dates
    assert not [date for date in dates if today.strftime("%Y%m%d") in date]


@pytest.mark.parametrize("zone", ["Europe/Moscow", "Africa/Monrovia", "America/St_Johns"])
@pytest.mark.parametrize("name", PDFS)
def test_the_date_of_a_commit_in_any_zone(name: str, zone: str) -> None:
    """`timezone` in mkdocs.yml changes neither whether a paper can be made nor the moment in it."""
    moment = datetime.datetime(2026, 7, 15, 9, tzinfo=datetime.UTC)
    found = edition({})
    made = []
    for when in (moment, moment.astimezone(ZoneInfo(zone))):
        shown = Revision("c" * 40, when, "A", "B", "charter.yml", "", "2025-Q1")
        made.append(render(paper_source(replace(found, own=replace(found.own, shown=shown)), SITE), name))
    assert made[0] == made[1]


def test_texts_are_no_typst() -> None:
    """Code, links and includes are in the PDF as written."""
    made = Charter.model_validate(
        plain(charter())
        | {"mission": {"statement": "\n\n".join(f"`{one}`" if "`" not in one else one for one in CODE)}}
    )
    shown = text(render(source(made=made), "pdf")).replace(" ", "")
    assert "".join(words('eval("1+1") import "@preview/x:1.0.0" x^2')) in shown
    assert "".join(words("HYPERLINK l x MERGEFIELD PAGE")) in shown


@pytest.mark.long
@pytest.mark.parametrize("name", ["pdf", "onepager", "slides"])
def test_a_hostile_charter_is_inert(name: str) -> None:
    """No action, script or file is in the PDF, and links lead to the web or to mail."""
    data = render(source(made=hostile_charter()), name)
    with pikepdf.open(io.BytesIO(data)) as file:
        known = [one for one in file.objects if isinstance(one, pikepdf.Dictionary)]
        actions = {str(one.S) for one in known if one.get("/Type") == "/Action"}
        assert actions <= {"/URI", "/GoTo"}
        links = [str(one.URI) for one in known if "/URI" in one]
        assert not [link for link in links if not link.startswith(("http://", "https://", "mailto:"))]
        assert not [one for one in known if "/JS" in one or "/EmbeddedFiles" in one or "/OpenAction" in one]


def test_one_page_whatever_the_size() -> None:
    """Sixty audiences and a hundred services are named as far as there is space, and counted."""
    many = [{"id": f"a{place}", "name": f"Audience number {place}"} for place in range(60)]
    services = [
        {"id": f"s{place}", "name": f"Service {place}", "summary": "x " * 400} for place in range(100)
    ]
    made = charter(audiences=many, services=services, mission={"statement": "We help. " * 300})
    data = render(source(made=made), "onepager")
    assert len(pypdfium2.PdfDocument(data)) == 1
    shown = text(data)
    count = len(re.findall(r"Audience number \d+", shown))
    assert re.search(r"\d+ more Audience number", shown)
    assert count >= 4


def test_each_slide_is_on_one_page() -> None:
    """Sixty audiences and thirty services are on as many slides as they need, and none of them overflows."""
    audiences = [
        {"id": f"a{place}", "name": f"Audience {place}", "expects": "A word. " * 20} for place in range(60)
    ]
    services = [{"id": f"s{place}", "name": f"Service {place}", "summary": "x " * 90} for place in range(31)]
    made = source(made=charter(audiences=audiences, services=services))
    found = list(slides_of(made))
    file = pypdfium2.PdfDocument(render(made, "slides"))
    assert len(file) == 1 + len(found)
    assert len(found) < 25
    shown = text(render(made, "slides"))
    assert not [one["name"] for one in (*audiences, *services) if one["name"] not in shown]


def test_slides_of_a_topic_have_one_size() -> None:
    """The text is as large on a slide of narrow letters as on one of wide letters."""
    audiences = [
        {
            "id": f"a{place}",
            "name": f"Audience {place}",
            "expects": ("WWWMM " if place < 10 else "illil ") * 20,
        }
        for place in range(20)
    ]
    pages = pypdfium2.PdfDocument(render(source(made=charter(audiences=audiences)), "slides"))
    sizes = [
        _size_of(page, "Audience 1") for page in pages if "Audience 1" in page.get_textpage().get_text_range()
    ]
    assert len(sizes) > 1
    assert len(set(sizes)) == 1


def _size_of(page: pypdfium2.PdfPage, words: str) -> float:
    """The size of the font in which a page has these words."""
    found = page.get_textpage()
    place = found.search(words).get_next()[0]
    return round(float(pypdfium2.raw.FPDFText_GetFontSize(found.raw, place)), 2)


@pytest.mark.long
@pytest.mark.parametrize("name", ["pdf", "onepager", "slides"])
def test_no_text_is_outside_of_the_margins(name: str) -> None:
    """Neither words that are longer than a line nor the titles of narrow columns."""
    data = render(source(made=Charter.model_validate(stress_charter("2026-Q3", "ru"))), name)
    for page in pypdfium2.PdfDocument(data):
        found = page.get_textpage()
        right = max(found.get_rect(place)[2] for place in range(found.count_rects()))
        assert right <= page.get_width() - _MARGINS[name] + _SPACE


#: The right margin of pages, and the space at the end of a line, in points.
_MARGINS = {"pdf": 59.5, "onepager": 42.5, "slides": 56.7}
_SPACE = 6


def test_no_page_break_parts_a_row() -> None:
    """The first and the last word of each cell are on one page."""
    rows = tuple(
        (plain_runs(f"first{place} " + "word " * 120 + f"last{place}"), plain_runs("x"))
        for place in range(30)
    )
    made = PaperDocument("A", "", "en", (), "", (TableBlock("", ("Text", "Mark"), rows),), None)
    pages = [
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(as_pdf("charter", document_data(made) | {"contents": ""}))
    ]
    assert len(pages) > 1
    for place in range(30):
        assert [f"first{place} " in page for page in pages] == [
            re.search(rf"last{place}\b", page) is not None for page in pages
        ]


@pytest.mark.long
def test_characters_without_a_glyph_are_reported() -> None:
    """Once each, with the place of the value; the others of the same text remain."""
    found: list[str] = []
    made = source({"organisation": "漢 \U0001f389\ufe0f Δ \u0c05", "title": "Устав \U0001fae8"})
    data = render(replace(made, report=found.append), "onepager")
    shown = text(data)
    assert "Устав" in shown
    assert "Δ" in shown
    assert "No font has the character \U0001fae8 (U+1FAE8) in title; it is shown as □." in found
    assert len(found) == len(set(found))
    known = [one for one in found if "organisation" in one]
    assert len(known) + 1 == len(found)


def test_what_many_fonts_lack_is_replaced_at_once() -> None:
    """A charter in a script without fonts takes a bounded number of attempts."""
    found: list[str] = []
    strange = "".join(map(chr, range(0x1B000, 0x1B040)))
    render(replace(source({"organisation": " ".join(strange)}), report=found.append), "onepager")
    assert len(found) == len(strange)


def test_other_errors_are_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that names no character is passed on."""

    def compile_(*given: object, is_own: bool) -> bytes:
        raise CharterbookError("the PDF cannot be made: no space left")

    monkeypatch.setattr(typst_pdf, "_compile", compile_)
    with pytest.raises(CharterbookError, match="no space left"):
        render(source(), "onepager")


def test_very_long_words_can_break() -> None:
    """In each place a fixed number of characters."""
    word = "x" * 200
    assert breakable(word).replace("\N{ZERO WIDTH SPACE}", "") == word
    assert max(map(len, breakable(word).split("\N{ZERO WIDTH SPACE}"))) < 30


def test_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also none that is removed later."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    for name in FORMATS:
        render(russian(), name)
    assert list(tmp_path.iterdir()) == []
