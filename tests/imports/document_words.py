"""The words of documents, read independently of the program: the oracle for an import."""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterator

import lxml.html
from lxml import etree

_WORD = re.compile(r"\w+")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def words(text: str) -> str:
    """The words of a text, with one space around each."""
    return f" {' '.join(_WORD.findall(text))} "


def sentences(name: str, data: bytes) -> list[str]:
    """Every sentence of a document, as the words of each."""
    read = {"docx": _docx, "xlsx": _xlsx, "html": _html, "csv": _csv}.get(name.rpartition(".")[2], _plain)
    texts = (part for text in read(data) for part in re.split(r"\n|(?<=[.!?…])\s", text))
    return [found for text in texts if (found := words(text)).strip()]


def _docx(data: bytes) -> Iterator[str]:
    """The paragraphs of every part, without deleted text."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            if re.fullmatch(r"word/(document|footnotes|endnotes|comments|header\d+|footer\d+)\.xml", name):
                for paragraph in etree.fromstring(packed.read(name)).iter(f"{_W}p"):
                    yield "".join(
                        {"t": element.text or "", "br": "\n", "tab": " "}.get(
                            etree.QName(element).localname, ""
                        )
                        for element in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}tab")
                        if next(element.iterancestors(f"{_W}p")) is paragraph
                    )


def _xlsx(data: bytes) -> Iterator[str]:
    """The texts of all cells, their numbers as they are shown, and the names of the sheets."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for text in etree.fromstring(packed.read("xl/sharedStrings.xml")).iter(f"{_S}si"):
            yield "".join(element.text or "" for element in text.iter(f"{_S}t"))
        formats = [
            int(found.get("numFmtId", "0"))
            for found in next(etree.fromstring(packed.read("xl/styles.xml")).iter(f"{_S}cellXfs"))
        ]
        used = [f"xl/worksheets/sheet{number}.xml" for number in range(1, 9)]
        sheets = etree.fromstring(packed.read("xl/workbook.xml")).iter(f"{_S}sheet")
        for sheet, part in zip(sheets, used, strict=False):
            if b"<c " not in packed.read(part):
                continue
            yield sheet.get("name", "")
            for cell in etree.fromstring(packed.read(part)).iter(f"{_S}c"):
                number = cell.findtext(f"{_S}v")
                if number and cell.get("t") is None:
                    yield _shown(float(number), formats[int(cell.get("s", "0"))])


def _shown(number: float, number_format: int) -> str:
    """A number as its cell shows it: a share, a day, or digits."""
    if number_format == 9:
        return f"{number * 100:g} %"
    return (
        str(datetime.date(1899, 12, 30) + datetime.timedelta(number))
        if number_format > 100
        else f"{number:g}"
    )


def _html(data: bytes) -> Iterator[str]:
    page = lxml.html.fromstring(data)
    for element in page.iter():
        if element.tag in ("script", "style") or not isinstance(element.tag, str):
            continue
        yield element.get("alt", "")
        if element.tag in (
            "p",
            "li",
            "td",
            "th",
            "h1",
            "h2",
            "h3",
            "dt",
            "dd",
            "title",
            "div",
        ) and not element.xpath(".//p | .//li | .//h2 | .//td"):
            yield str(element.text_content())
        yield element.text or ""
    for element in page.iter():
        if isinstance(element.tag, str):
            yield element.tail or ""


def _csv(data: bytes) -> Iterator[str]:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("cp1251")
    for row in csv.reader(io.StringIO(text), delimiter=";"):
        yield from row


def _plain(data: bytes) -> Iterator[str]:
    """Lines without the marks of Markdown."""
    for line in data.decode().split("\n"):
        text = re.sub(r"\]\([^)]*\)", "]", line)
        if not re.fullmatch(r"[|\s:-]*|```\w*", text):
            yield from re.sub(r"^\s*(?:>|[#*+•-]+\s|\d+[.)]\s)\s*", "", text).split("|")
