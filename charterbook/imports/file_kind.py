"""The kind of a file, by its first bytes: its name is not reliable."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from charterbook.imports.tables import Limits, TableError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE)
#: The name of the stream of an encrypted workbook.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BINARY_FORMATS = (
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"\x89PNG",
    b"Rar!",
    b"\xff\xd8\xff",
    b"SQLite",
    b"\x7fELF",
    b"MZ\x90",
)


def read_head(path: Path, limits: Limits, error: type[TableError]) -> tuple[bytes, str | None]:
    """The first bytes of a file, and the code of the error for a file of this kind; None if it is a workbook or text.

    Raises `error` for anything that is not a file, is too large or is empty, and OSError for a missing file.
    """
    found, file = path.stat(), str(path)
    if not stat.S_ISREG(found.st_mode):
        raise error(file, file, "no-file")
    if found.st_size > limits.size:
        raise error(file, file, "too-large", None, limit=limits.size // 2**20)
    with path.open("rb") as stream:
        head = stream.read(4096)
        rule = refusal(head, head + stream.read() if head.startswith(OLE) else b"")
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise error(file, file, "empty")
    return head, rule


def refusal(head: bytes, whole: bytes) -> str | None:
    """Error code for a file that begins like this; None for a workbook or text. Only for OLE files, `whole` is read."""
    if head.startswith(OLE):
        return "encrypted" if _ENCRYPTED in whole else "old-excel"
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.startswith(_BINARY_FORMATS) or head[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return "not-text"
    return _markup(head)


def _markup(head: bytes) -> str | None:
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if text.startswith(b"<") and _HTML.search(text):
        return "html"
    return "xml" if text.startswith((b"<?xml", b"<!--")) else None


def is_zip(head: bytes) -> bool:
    """Whether a file is a ZIP file, as XLSX workbooks are."""
    return head.startswith(ZIP)
