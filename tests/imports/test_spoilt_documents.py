"""Unreadable documents: one line with the mistake and the correction, and nothing is written."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from charterbook.cli import main
from charterbook.imports.documents import read_document
from charterbook.imports.drafts import draft_of
from tests.imports.charter_documents import table, word
from tests.imports.workbooks import packed, with_parts, workbook

DOCUMENT = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def letter() -> bytes:
    """A small Word document."""
    return word(lambda document: document.add_paragraph("We help."))


def _lying() -> bytes:
    """A document whose text has another size than it says."""
    data = bytearray(with_parts(letter(), {DOCUMENT: bytes(90 * 2**20)}))
    size = (90 * 2**20).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def _with_type(declared: str) -> Callable[[bytes], bytes]:
    def changed(part: bytes) -> bytes:
        head, _, rest = part.partition(b"?>")
        return head + b"?>" + declared.encode() + rest.replace(b"We help.", b"&x;")

    return changed


LAUGHS = (
    "<!DOCTYPE d [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "<!ENTITY x '&j;'>]>"
)

SPOILT: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "bomb": (
        "a.docx",
        lambda: with_parts(letter(), {DOCUMENT: bytes(90 * 2**20)}),
        "would unpack to more than 64 MB",
    ),
    "lying bomb": ("a.docx", _lying, "a.docx: the document is damaged"),
    "laughs": (
        "a.docx",
        lambda: with_parts(letter(), {DOCUMENT: _with_type(LAUGHS)}),
        'the part "word/document.xml"',
    ),
    "external entity": (
        "a.docx",
        lambda: with_parts(
            letter(), {DOCUMENT: _with_type('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')}
        ),
        'the part "word/document.xml"',
    ),
    "cut off": ("a.docx", lambda: letter()[:-300], "a.docx: the document is damaged and cannot be unpacked"),
    "no text part": ("a.docx", lambda: with_parts(letter(), {DOCUMENT: None}), "is damaged"),
    "broken XML": (
        "a.docx",
        lambda: with_parts(letter(), {DOCUMENT: b"<w:document"}),
        "Open it in a word processor",
    ),
    "another root": (
        "a.docx",
        lambda: with_parts(letter(), {DOCUMENT: b"<a/>"}),
        "Open it in a word processor",
    ),
    "missing part": (
        "a.docx",
        lambda: with_parts(letter(), {"word/styles.xml": None}),
        "Open it in a word processor",
    ),
    "no words": ("a.docx", lambda: word(lambda document: None), "there is no text in the document"),
    "password": ("a.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "old Word": (
        "a.doc",
        lambda: OLE,
        "this is an old Office file (.doc, .xls or .ppt). Save it as .docx or .xlsx.",
    ),
    "slides": ("a.pptx", lambda: packed(**{"ppt/presentation.xml": b"<p/>"}), "Export its outline as text"),
    "OpenDocument": (
        "a.odt",
        lambda: packed(mimetype=b"x", **{"content.xml": b"<a/>"}),
        "this is an OpenDocument file",
    ),
    "any ZIP": ("a.zip", lambda: packed(x=b"y"), "neither a Word document nor a workbook"),
    "PDF": ("a.pdf", lambda: b"%PDF-1.7\n", "this is a PDF file"),
    "RTF": ("a.rtf", lambda: b"{\\rtf1 We help.}", "this is an RTF file"),
    "web archive": (
        "a.doc",
        lambda: b"Date: x\nContent-Type: multipart/related\n\n",
        "Save it as .docx or .html"[5:],
    ),
    "picture": ("a.md", lambda: b"\x89PNG\r\n\x1a\n", "this is not a document with text"),
    "XML": ("a.xml", lambda: b"<?xml version='1.0'?><a/>", "this is an XML file"),
    "empty": ("a.md", lambda: b" \n", "the file is empty"),
    "markup only": (
        "a.html",
        lambda: b"<html><body><script>x</script></body></html>",
        "there is no text in the document",
    ),
    "deep page": ("a.html", lambda: b"<div>" * 300_000, "nested more than 250 deep"),
    "deep quotations": ("a.md", lambda: b">" * 200 + b" x", "nested more than 90 deep"),
    "control characters": ("a.md", lambda: b"a\n\x1b[31m", "a.md:2: line 2 has a control character"),
    "endless quotation": ("a.csv", lambda: b'KPI;Target\n"Win', "a quotation mark is not closed"),
    "unknown encoding": ("a.md", lambda: "Привет é".encode("cp1251", "replace") + b" caf\xe9", "--encoding"),
    "long": ("a.md", lambda: b"word " * 900_000, "larger than 4 MB"),
    "too much": ("a.md", lambda: b"word " * 220_000, "would have more than 1,000 kB of text"),
    "exported workbook": (
        "a.xlsx",
        lambda: workbook([["x"]], names=("Services", "charterbook", "base")),
        "Propose what was edited in it: charterbook propose --from-xlsx FILE.",
    ),
    "wide sheet": ("a.xlsx", lambda: workbook([["x"] * 400]), "more than 300 columns"),
}


def imported(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    """Run the command in a folder."""
    monkeypatch.chdir(folder)
    return CliRunner().invoke(main, ["import", *arguments])


@pytest.mark.long
@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_document(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line; exit code 1; no file."""
    file, data, said = SPOILT[name]
    (tmp_path / file).write_bytes(data())
    result = imported(tmp_path, monkeypatch, file)
    assert said in result.stderr
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
    assert result.stderr.startswith(file)
    assert [path.name for path in tmp_path.iterdir()] == [file]


def test_a_folder_and_a_missing_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither is a document."""
    (tmp_path / "folder").mkdir()
    assert "this is not a file. Name a document." in imported(tmp_path, monkeypatch, "folder").stderr
    missing = imported(tmp_path, monkeypatch, "none.docx")
    assert (missing.exit_code, "none.docx: No such file" in missing.stderr) == (2, True)


def test_an_existing_charter_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless an option of the command replaces it."""
    (tmp_path / "a.md").write_text("# Mission\n\nWe help.\n", encoding="utf-8")
    (tmp_path / "charter.yml").write_text("mine", encoding="utf-8")
    refused = imported(tmp_path, monkeypatch, "a.md")
    assert refused.exit_code == 2
    assert "charter.yml exists. Name another file with --output, or add --overwrite." in refused.stderr
    assert (tmp_path / "charter.yml").read_text(encoding="utf-8") == "mine"
    assert imported(tmp_path, monkeypatch, "a.md", "--overwrite").exit_code == 0
    assert "statement: We help." in (tmp_path / "charter.yml").read_text(encoding="utf-8")
    printed = imported(tmp_path, monkeypatch, "a.md", "--output", "-", "--language", "ru")
    assert "language: ru" in printed.stdout
    assert "Made from" not in printed.stdout
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["a.md", "charter.yml"]


def test_macros_and_pictures_are_noted(tmp_path: Path) -> None:
    """They are neither run nor read."""
    (tmp_path / "a.docm").write_bytes(with_parts(letter(), {"word/vbaProject.bin": b"x"}))
    document = read_document(tmp_path / "a.docm")
    assert [note.phrase.message for note in document.notes] == ["the document has macros; they are not run"]
    assert "statement: " in draft_of(document).text


def test_linked_files_are_not_opened(tmp_path: Path) -> None:
    """A relation to another file or to the network is unchanged."""

    def linked(part: bytes) -> bytes:
        more = (
            b'<Relationship Id="rX" Type="http://x/attachedTemplate" Target="http://192.0.2.1/x.dotm" '
            b'TargetMode="External"/></Relationships>'
        )
        return part.replace(b"</Relationships>", more)

    data = with_parts(letter(), {"word/_rels/document.xml.rels": linked})
    (tmp_path / "a.docx").write_bytes(data)
    assert [phrase.text for phrase in read_document(tmp_path / "a.docx").phrases()] == ["We help."]


def test_notes_comments_and_nested_tables(tmp_path: Path) -> None:
    """Words beside the body and in tables of tables are read; tables of great depth become paragraphs."""

    def fill(document: object) -> None:
        cell = table(document, [("Outer", "Value")]).rows[0].cells[1]
        for depth in range(8):
            cell.add_paragraph(f"depth {depth}")
            cell = cell.add_table(1, 1).rows[0].cells[0]
        cell.text = "innermost"

    (tmp_path / "a.docx").write_bytes(word(fill))
    texts = [phrase.text for phrase in read_document(tmp_path / "a.docx").phrases()]
    assert texts == ["Outer", "Value", *(f"depth {depth}" for depth in range(8)), "innermost"]


def test_a_text_box_with_a_copy_for_older_programs_is_read_once(tmp_path: Path) -> None:
    """Word writes each text box twice."""
    box = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>'
    )
    data = with_parts(letter(), {DOCUMENT: lambda part: part.replace(b"</w:p>", both.encode(), 1)})
    (tmp_path / "a.docx").write_bytes(data)
    assert [phrase.text for phrase in read_document(tmp_path / "a.docx").phrases()] == [
        "We help.",
        "In a box",
    ]


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200b\ufeff", "\x9b"])
def test_invisible_characters_are_left_out(character: str, tmp_path: Path) -> None:
    """With a note, because no charter may have them."""
    (tmp_path / "a.html").write_text(f"<h1>Mission</h1><p>We {character}help.</p>", encoding="utf-8")
    document = read_document(tmp_path / "a.html")
    assert not re.search("[\u202e\u2066\ufeff\x9b]", draft_of(document).text)
    assert [note.phrase.message for note in document.notes] == [
        "invisible control characters are removed: %(count)s"
    ]


def test_no_file_is_left_and_memory_is_bounded(tmp_path: Path) -> None:
    """A document with a large picture: the picture is not unpacked."""
    made = io.BytesIO(letter())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as more:
        more.writestr("word/media/image1.png", bytes(100 * 2**20))
    (tmp_path / "a.docx").write_bytes(made.getvalue())
    assert draft_of(read_document(tmp_path / "a.docx")).language == "en"


def test_without_the_extra_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line."""
    monkeypatch.delitem(sys.modules, "charterbook.imports.documents.docx_reader", raising=False)
    monkeypatch.delitem(sys.modules, "charterbook.imports.documents.docx_text", raising=False)
    monkeypatch.setitem(sys.modules, "docx", None)
    (tmp_path / "a.docx").write_bytes(letter())
    result = imported(tmp_path, monkeypatch, "a.docx", "--language", "ru")
    assert result.stderr == (
        "a.docx: для чтения документов Word нужен python-docx. Установите его командой: "
        "pip install 'charterbook[papers]'.\n"
    )
    assert result.exit_code == 1
