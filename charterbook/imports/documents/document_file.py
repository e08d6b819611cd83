"""Read a document. The reader is chosen by its content; among text formats, by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from charterbook.imports.documents import document_messages
from charterbook.imports.documents.blocks import Document, ReadDocument
from charterbook.imports.documents.visible_text import visible
from charterbook.imports.encodings import ENCODINGS, encoding_of
from charterbook.imports.file_kind import is_zip, read_head, refusal
from charterbook.imports.table_messages import MESSAGES
from charterbook.imports.tables import Limits, TableError
from charterbook.imports.zip_package import has_part
from charterbook.load import MAX_BYTES

#: Documents are far smaller than tables of figures.
LIMITS = Limits(size=32 * 2**20, unpacked=64 * 2**20, rows=20_000, columns=300, cells=200_000)
_MOST_MARKUP, _MOST_MARKDOWN = 16 * 2**20, 4 * 2**20
_MOST_PHRASES = 100_000
_TABLES = (".csv", ".tsv")
_WORD = (".docx", ".docm", ".dotx", ".dotm")
_MARKUP = (".html", ".htm", ".xhtml")
_META = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{1,40})", re.IGNORECASE)
_ARCHIVE = re.compile(rb"(?:date|from|subject|mime-version|message-id): ", re.IGNORECASE)


class DocumentError(TableError):
    """A document that cannot be read."""

    messages: Mapping[str, tuple[str, str]] = {**MESSAGES, **document_messages.MESSAGES}


def read_document(path: Path, *, encoding: str | None = None, limits: Limits = LIMITS) -> Document:
    """The document in a file. Raises DocumentError, and OSError for a missing file."""
    try:
        found = _read(path, encoding, limits)
    except DocumentError:
        raise
    except TableError as error:
        raise DocumentError(error.file, error.place, error.rule, None, **error.text.facts) from error
    file = str(path)
    document = visible(Document(file, found.blocks, found.beside, found.notes))
    count = sum(1 for _ in document.phrases())
    if not count:
        raise DocumentError(file, file, "no-text")
    if sum(len(phrase.text) for phrase in document.phrases()) > MAX_BYTES:
        raise DocumentError(file, file, "too-much", None, limit=MAX_BYTES // 1000)
    if count > _MOST_PHRASES:
        raise DocumentError(file, file, "too-much-text", None, limit=_MOST_PHRASES)
    return document


def _read(path: Path, encoding: str | None, limits: Limits) -> ReadDocument:
    head = _head(path, limits)
    if is_zip(head):
        return _office_file(path, limits)
    if path.suffix.casefold() in _TABLES:
        from charterbook.imports.documents.sheet_reader import read_csv_file

        return read_csv_file(path, encoding, limits)
    return _text_file(path, head, encoding, limits)


def _office_file(path: Path, limits: Limits) -> ReadDocument:
    if has_part(path, "ppt/"):
        raise DocumentError(str(path), str(path), "slides")
    if has_part(path, "word/") or path.suffix.casefold() in _WORD:
        try:
            from charterbook.imports.documents.docx_reader import read_docx
        except ModuleNotFoundError as error:
            raise DocumentError(str(path), str(path), "no-docx-reader") from error
        return read_docx(path, limits, DocumentError)
    from charterbook.imports.documents.sheet_reader import read_workbook

    return read_workbook(path, limits, DocumentError)


def _text_file(path: Path, head: bytes, encoding: str | None, limits: Limits) -> ReadDocument:
    from charterbook.imports.documents.html_reader import read_html
    from charterbook.imports.documents.markdown_reader import read_markdown

    file = str(path)
    is_page = refusal(head, b"") == "html" or path.suffix.casefold() in _MARKUP
    most = min(_MOST_MARKUP if is_page else _MOST_MARKDOWN, limits.size)
    if path.stat().st_size > most:
        raise DocumentError(file, file, "too-large", None, limit=most // 2**20)
    declared = (
        _META.search(head) if is_page and encoding is None and not head.startswith(b"\xff\xfe") else None
    )
    known = {name.casefold() for name in ENCODINGS}
    if declared and declared[1].decode().casefold() in known:
        encoding = declared[1].decode()
    text = path.read_text(encoding=ENCODINGS[encoding_of(path, encoding)])
    return read_html(text, DocumentError, file) if is_page else read_markdown(text, DocumentError, file)


def _head(path: Path, limits: Limits) -> bytes:
    """The first bytes of a readable file. Raises DocumentError."""
    head, rule = read_head(path, limits, DocumentError)
    rule = _other(head) or (rule if rule not in ("html", "xml") or _is_foreign(path, head) else None)
    if rule is not None:
        raise DocumentError(str(path), str(path), rule)
    if path.suffix.casefold() in _DATA:
        raise DocumentError(str(path), str(path), "data", None, suffix=path.suffix)
    return head


#: The suffixes of data and programs, which are text without being a document.
_DATA = (".yml", ".yaml", ".json", ".toml", ".py", ".po")


def _other(head: bytes) -> str | None:
    """The code of the error for text formats of other programs; None for any other text."""
    if head.startswith(b"{\\rtf"):
        return "rtf"
    return "web-archive" if _ARCHIVE.match(head) and b"multipart/related" in head else None


def _is_foreign(path: Path, head: bytes) -> bool:
    """Whether markup is neither a web page nor Markdown: Markdown can begin with a comment or a tag."""
    return b"<?xml" in head[:200] and b"<html" not in head.lower() and path.suffix.casefold() != ".md"
