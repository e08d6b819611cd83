"""The encoding of a CSV file: requested, or detected from its bytes. If two are possible, neither is chosen."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from charterbook.imports.tables import TableError
from charterbook.load.did_you_mean import did_you_mean, quote

#: The names of encodings -> Python's names. A byte-order mark is skipped.
ENCODINGS = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "UTF-16LE": "utf-16-le",
    "UTF-16BE": "utf-16-be",
    "Windows-1251": "cp1251",
    "Windows-1252": "cp1252",
}
_ALSO = {"cp1251": "Windows-1251", "cp1252": "Windows-1252", "utf8": "UTF-8", "utf16": "UTF-16"}
_CHUNK = 2**20

_HIGH = re.compile(rb"[\x80-\xff]")
#: Words of more than one letter in a single-byte encoding.
_WORD = re.compile(rb"[A-Za-z\xa8\xb8\xc0-\xff]{2,}")
_ASCII_LETTER = re.compile(rb"[A-Za-z]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_CONTROL_BYTES = bytes([*range(9), *range(14, 32)])
#: The share of zero bytes on one side from which a file is UTF-16 without a byte-order mark.
_MOSTLY = 0.3


def known_encoding(name: str, file: str) -> str:
    """The encoding of this name. Raises TableError."""
    names = {known.casefold(): known for known in ENCODINGS} | _ALSO
    found = names.get(name.strip().casefold()) or names.get(name.strip().casefold().replace("-", ""))
    if found is None:
        advice = did_you_mean(name, tuple(ENCODINGS))
        raise TableError(file, file, "unknown-encoding", advice, name=quote(name), names=", ".join(ENCODINGS))
    return found


def encoding_of(path: Path, requested: str | None) -> str:
    """The encoding of a file, after reading all of it. Raises TableError if none fits, or if two do."""
    file = str(path)
    if requested is not None:
        name = known_encoding(requested, file)
        _check(path, name)
        return name
    if marked := _marked(path) or _by_zeros(path):
        _check(path, marked)
        return marked
    fault = _fault(path, "UTF-8")
    if fault is not None and fault[1] == "wrong-encoding":
        return _single_byte(path)
    _refuse(path, "UTF-8", fault)
    return "UTF-8"


def _marked(path: Path) -> str | None:
    """The encoding by the byte-order mark."""
    head = _head(path, 4)
    if head.startswith(codecs.BOM_UTF8):
        return "UTF-8"
    return "UTF-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def _by_zeros(path: Path) -> str | None:
    """UTF-16 without a byte-order mark: every second byte of digits, signs and Latin letters is zero."""
    head = _head(path, 4096)
    low, high = head[::2].count(0), head[1::2].count(0)
    if high > _MOSTLY * len(head) / 2 and not low:
        return "UTF-16LE"
    return "UTF-16BE" if low > _MOSTLY * len(head) / 2 and not high else None


def _head(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _check(path: Path, name: str) -> None:
    """Raises TableError if the file is not valid text in this encoding."""
    _refuse(path, name, _fault(path, name))


def _refuse(path: Path, name: str, fault: tuple[int, str] | None) -> None:
    """Raises TableError for an error, if there is one."""
    if fault is not None:
        line, rule = fault
        facts = {"name": name} if rule == "wrong-encoding" else {}
        raise TableError(str(path), f"{path}:{line}", rule, None, line=str(line), **facts)


def _fault(path: Path, name: str) -> tuple[int, str] | None:
    """The first line that is invalid in an encoding, and the violated rule."""
    decoder = codecs.getincrementaldecoder(ENCODINGS[name])("strict")
    line = 1
    for chunk, last in chain(((chunk, False) for chunk in _chunks(path)), [(b"", True)]):
        try:
            text = decoder.decode(chunk, last)
        except UnicodeError as error:
            return line + _lines_before(chunk, error, name), "wrong-encoding"
        if control := _may_have_control(chunk, name) and _CONTROL.search(text):
            return line + text.count("\n", 0, control.start()), "control-character"
        line += text.count("\n")
    return None


def _may_have_control(chunk: bytes, name: str) -> bool:
    """Whether a part of a file can contain control characters. Removing bytes is the fastest test."""
    return name.startswith("UTF-16") or len(chunk.translate(None, _CONTROL_BYTES)) < len(chunk)


def _lines_before(chunk: bytes, error: UnicodeError, name: str) -> int:
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    return chunk[:start].decode(ENCODINGS[name], "ignore").count("\n")


def _single_byte(path: Path) -> str:
    """Windows-1251 or Windows-1252. Raises TableError if the words fit neither or both."""
    fits = [name for name in ("Windows-1251", "Windows-1252") if _fault(path, name) is None]
    if not fits:
        _check(path, "UTF-8")
    cyrillic, latin, differs = _evidence(path)
    if not differs and fits:
        return fits[-1]
    if cyrillic and not latin and "Windows-1251" in fits:
        return "Windows-1251"
    if latin and not cyrillic and "Windows-1252" in fits:
        return "Windows-1252"
    raise TableError(str(path), str(path), "unclear-encoding")


def _evidence(path: Path) -> tuple[bool, bool, bool]:
    """Whether there are words of Cyrillic letters alone, words that mix Latin letters with accented ones, and bytes
    that the two encodings read differently.
    """
    cyrillic = latin = differs = False
    for chunk in _chunks(path):
        for word in _WORD.findall(chunk):
            if _HIGH.search(word):
                mixed = bool(_ASCII_LETTER.search(word))
                latin, cyrillic = latin or mixed, cyrillic or not mixed
        differs = differs or any(byte in _DIFFERENT for byte in set(_HIGH.findall(chunk)))
    return cyrillic, latin, differs


_DIFFERENT = frozenset(
    bytes([byte])
    for byte in range(0x80, 0x100)
    if bytes([byte]).decode("cp1251", "replace") != bytes([byte]).decode("cp1252", "replace")
)
