"""Every attack in files that Charterbook reads and in files that it writes: documents, spreadsheets, papers, calendars.

Pages, feeds and the form are tested in tests/site/test_safety.py, the output of commands in
tests/test_hostile_commands.py.
"""

from __future__ import annotations

import csv
import datetime
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import lxml.html
import pikepdf
import pytest
import xlsxwriter
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from charterbook.calendars import WHOLE, Calendars
from charterbook.charter import Charter
from charterbook.charter.model_shape import walk
from charterbook.export.calendar_file import as_ical
from charterbook.history import History, Version
from charterbook.imports.documents import read_document
from charterbook.imports.drafts import DraftedCharter, draft_of
from charterbook.load import load
from charterbook.pages import read_docs
from charterbook.papers.formats import FORMATS, render
from charterbook.papers.inert_text import is_like_formula
from charterbook.papers.paper_source import PaperSource
from charterbook.papers.value_table import safe_cell
from charterbook.settings import Settings
from charterbook.site.edition import Edition
from charterbook.site.edition_builder import editions
from charterbook.site.paper_data import paper_source
from charterbook.terminal import printed
from charterbook.versions import FiscalYear
from tests.commands_in_logs import commands_in
from tests.histories import Repo
from tests.imports.charter_documents import table, word
from tests.imports.document_words import words
from tests.papers.sources import CODE
from tests.site.attacks import LINES
from tests.site.hostile import VERSIONS, Maker, Rotation, charter_text, maker
from tests.site.rotated_attacks import ROTATED, all_attacks

ROOT = Path(__file__).parents[1]

#: Texts that another format than HTML would obey.
OTHERS = (
    *CODE,
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "+1",
    "-1+1",
    "x\r\nATTENDEE:mailto:attacked@evil.example",
    "x\nEND:VEVENT\nBEGIN:VALARM\nACTION:EMAIL",
    "x\u2028BEGIN:VEVENT",
    "x\u0085y\u000bz",
    "# x\nservices: [attacked]",
    "x: &a [*a]",
    "W" * 5_000,
)
ATTACKS = tuple(dict.fromkeys([*OTHERS, *all_attacks()]))
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_WEB = ("http://", "https://", "mailto:")


def _xml(attack: str) -> str:
    return _NOT_IN_XML.sub(" ", attack)


def _docx() -> bytes:
    def fill(document: Any) -> None:
        document.add_heading("Services", 1)
        for place, attack in enumerate(map(_xml, ATTACKS)):
            document.add_heading(attack, 2 + place % 2)
            document.add_paragraph(attack)
        table(document, [("Metric", "Target"), *((_xml(one), _xml(one)) for one in ATTACKS)])

    return word(fill)


def _html() -> bytes:
    parts = [f"<h2>{html.escape(one)}</h2><p>{html.escape(one)}</p>" for one in map(_xml, ATTACKS)]
    return f"<h1>Services</h1>{''.join(parts)}".encode(errors="replace")


def _live_html() -> bytes:
    return f"<h1>Services</h1>{''.join(f'<div>{one}</div>' for one in map(_xml, ATTACKS))}".encode(
        errors="replace"
    )


def _markdown() -> bytes:
    """Without deeper levels than a document may have, which is refused as a whole."""
    attacks = [one for one in map(_xml, ATTACKS) if "- " * 60 not in one]
    return "\n\n".join(["# Services", *(f"## {one}\n\n{one}" for one in attacks)]).encode(errors="replace")


def _csv() -> bytes:
    made = io.StringIO()
    csv.writer(made).writerows([("Service", "What it is"), *((one, one) for one in map(_xml, ATTACKS))])
    return made.getvalue().encode(errors="replace")


def _xlsx() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Services")
        for row, attack in enumerate(("Service", *map(_xml, ATTACKS))):
            sheet.write_string(row, 0, attack)
            sheet.write_string(row, 1, attack if row else "What it is")
    return made.getvalue()


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "a.docx": _docx,
    "a.html": _html,
    "live.html": _live_html,
    "a.md": _markdown,
    "a.txt": _markdown,
    "a.csv": _csv,
    "a.xlsx": _xlsx,
}


@pytest.mark.long
@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_of_attacks(name: str, tmp_path: Path) -> None:
    """A document becomes a charter with the keys of a charter, errors only at placeholders, and nothing to obey."""
    (tmp_path / name).write_bytes(DOCUMENTS[name]())
    draft = draft_of(read_document(tmp_path / name))
    data = yaml.safe_load(draft.text)
    assert set(data) <= {"schema", *Charter.model_fields}
    lines = draft.text.split("\n")
    errors = [one for one in load(draft.text.encode()).problems if one.severity == "error"]
    assert [str(one) for one in errors if "‹" not in lines[one.line - 1]] == []
    assert commands_in(printed(draft.text, "yaml")) == []
    assert not [line for line in lines if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", line)]
    _check_words(name, draft)


def _check_words(name: str, draft: DraftedCharter) -> None:
    """The words of attacks that are no markup are in the result."""
    shown = words(draft.text.replace("\\", ""))
    for attack in ("=cmd|' /C calc'!A0", "::error::attacked", "MERGEFIELD PAGE"):
        assert name == "live.html" or words(attack) in shown, attack


#: A charter with all attacks that fit into a line, and one with other texts.
_ALL, _OTHER = "2026-Q2", VERSIONS[1]


@cache
def _text(version: str) -> str:
    """A charter in which every text is an attack."""
    if version != _ALL:
        return charter_text(maker(version).charter())
    others = [one for one in OTHERS if len(one) < 180 and one.isprintable()]
    pack = Rotation((*others, *LINES.values(), *ROTATED))
    return charter_text(Maker(version, pack, every=(pack,)).charter())


@cache
def _edition(version: str) -> Edition:
    """A hostile edition after another one."""
    found = [Version(name, charter=_loaded(_text(name))) for name in (VERSIONS[0], version)]
    return editions(History(tuple(found), None), read_docs(ROOT / "docs"), datetime.date(2026, 7, 1))[-1]


def _loaded(text: str) -> Charter:
    found = load(text.encode())
    assert found.charter is not None, found.problems
    return found.charter


def _source(version: str) -> PaperSource:
    return paper_source(_edition(version), Settings(site_url="https://example.org/charter/"))


def test_all_attacks_are_there() -> None:
    """Attacks that fit into a line, in one of the charters."""
    texts = [str(one.value) for one in walk(yaml.safe_load(_text(_ALL)))]
    whole = "\n".join(texts)
    assert [one for one in (*LINES.values(), *ROTATED) if len(one) < 150 and one not in whole] == []


@pytest.fixture(params=[_ALL, _OTHER])
def version(request: pytest.FixtureRequest) -> str:
    """Each hostile charter."""
    return str(request.param)


@pytest.mark.long
def test_csv_has_no_formula(version: str) -> None:
    """No cell begins with a sign of formulas, also after white space."""
    rows = list(csv.reader(io.StringIO(render(_source(version), "csv").decode().lstrip("\ufeff"))))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if re.match(r"\s*[=@|]|\s*[+-](?!\d+(\.\d+)?$)", cell)]


#: The signs of formulas, and full-width ones, behind white space and characters without a width.
_FORMULA = re.compile(
    r"[\s\u200b-\u200f\u2060\ufeff]*[=+@|\-\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
)


@given(st.text(st.characters(categories=["Z", "C", "M"]) | st.sampled_from("\u115f\u1160\u2800\u3164\uffa0")))
def test_nothing_invisible_hides_a_formula(blank: str) -> None:
    """Whatever is before its sign."""
    assert [safe_cell(f"{blank}{sign}1+1")[0] for sign in "=+-@|\uff1d\uff0b"] == ["'"] * 7


def test_no_attack_begins_a_cell() -> None:
    """In the hostile charters each text begins with a marker; here an attack is the whole of a cell."""
    assert [one for one in ATTACKS if _FORMULA.match(safe_cell(one))] == []
    assert [one for one in ATTACKS if _FORMULA.match(one) and not is_like_formula(one)] == []


@pytest.mark.long
def test_markdown_has_no_html(version: str) -> None:
    """And no links except the charter's, no images."""
    tokens = MarkdownIt("commonmark").enable("table").parse(render(_source(version), "md").decode())
    inline = [child for token in tokens for child in token.children or []]
    assert not [
        one
        for one in (*tokens, *inline)
        if one.type.startswith("html") and "code>" not in one.content and one.content != "<br>"
    ]
    assert not [one for one in inline if one.type == "image"]
    links = [str(one.attrs.get("href")) for one in inline if one.type == "link_open"]
    assert not [link for link in links if not link.lower().startswith(_WEB)]


_INERT = {
    *(
        "html",
        "div",
        "wbr",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "ul",
        "ol",
    ),
    *("li", "strong", "em", "code", "pre", "a", "br", "dl", "dt", "dd"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}


@pytest.mark.long
def test_html_has_no_other_elements(version: str) -> None:
    """And no attributes except on links and tables."""
    page = lxml.html.document_fromstring(render(_source(version), "html"))
    found = [one for one in page.iter() if isinstance(one.tag, str)]
    assert {one.tag for one in found} <= _INERT
    attributes = {name for one in found for name in one.attrib}
    assert attributes <= {"lang", "charset", "name", "content", "href", "rel", "scope", "class"}
    assert {one.get("class") for one in found} <= {None, "whole", "number"}
    assert not [
        one.get("href")
        for one in found
        if "href" in one.attrib and not one.get("href").lower().startswith(_WEB)
    ]


@pytest.mark.long
@pytest.mark.parametrize("name", ["pdf", "onepager", "slides", "review"])
def test_pdf_has_no_actions(name: str) -> None:
    """But links to the web and to mail, and into the document."""
    with pikepdf.open(io.BytesIO(render(_source(_ALL), name))) as file:
        known = [one for one in file.objects if isinstance(one, pikepdf.Dictionary)]
        assert {str(one.S) for one in known if one.get("/Type") == "/Action"} <= {"/URI", "/GoTo"}
        assert not [one.URI for one in known if "/URI" in one and not str(one.URI).lower().startswith(_WEB)]
        assert not [one for one in known if {"/JS", "/EmbeddedFiles", "/OpenAction", "/AA"} & set(one.keys())]


def _parts(data: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in (one for one in archive.namelist() if not one.endswith(".jpeg")):
            yield name, archive.read(name).decode(errors="replace")


@pytest.mark.long
def test_word_has_no_fields(version: str) -> None:
    """But the number of the page; and no links but to the web and to mail."""
    found = dict(_parts(render(_source(version), "docx")))
    whole = "".join(found.values())
    assert re.findall(r'w:instr="([^"]*)"|<w:instrText', whole) == ["PAGE"]
    links = re.findall(r'Target="([^"]*)" TargetMode="External"', whole)
    assert not [link for link in links if not link.lower().startswith(_WEB)]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]", whole)


@pytest.mark.long
def test_excel_has_no_formulas(version: str) -> None:
    """No formula, link or connection; a text that looks like a formula is marked as a text."""
    found = dict(_parts(render(_source(version), "xlsx")))
    cells = "".join(text for name, text in found.items() if name.startswith("xl/worksheets/"))
    assert "<f>" not in cells
    assert "<hyperlink" not in cells
    assert not [
        name for name in found if "connections" in name or "externalLink" in name or name.endswith(".bin")
    ]


@pytest.mark.parametrize("version", [_ALL, _OTHER])
def test_calendar_has_no_other_properties(repo: Repo, version: str) -> None:
    """Texts add neither properties nor components; lines are folded and end with CRLF."""
    repo.commit({"charter.yml": _text(version)}, date="2026-01-10")
    data = as_ical(Calendars(repo.history().versions, version, FiscalYear()).calendar(WHOLE))
    assert not [line for line in data.split(b"\r\n") if len(line) > 75 or b"\n" in line or b"\r" in line]
    file = icalendar.Calendar.from_ical(data)
    assert {one.name for one in file.walk()} == {"VCALENDAR", "VEVENT"}
    names = {name for one in file.walk("VEVENT") for name in one}
    assert not names & {"ATTENDEE", "ORGANIZER", "ATTACH", "ACTION"}


def test_all_formats_are_here() -> None:
    """A new format of papers is also attacked."""
    assert set(FORMATS) == {
        "pdf",
        "onepager",
        "review",
        "slides",
        "docx",
        "xlsx",
        "csv",
        "json",
        "md",
        "html",
    }
