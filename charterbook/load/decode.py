"""Decode a file for the YAML parser. Everything that is refused without parsing is refused here."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right

from charterbook.i18n import N_
from charterbook.invisible_characters import HIDING, VISIBLE
from charterbook.load.collector import ProblemCollector
from charterbook.load.git_leftovers import report_leftovers
from charterbook.load.lazy_message import LazyMessage
from charterbook.source_map import Place

#: Maximum size of a charter in bytes: ten times the largest one in the design.
MAX_BYTES = 1_000_000

#: Characters that are invisible, move the cursor or change the direction of text.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
CONTROL = re.compile(f"[{_CONTROLS}{HIDING}]{VISIBLE}")
#: The same for characters from escapes in double quotes.
ESCAPED_CONTROL = re.compile(f"[{_CONTROLS}\r\ud800-\udfff{HIDING}]{VISIBLE}")

_BREAK = re.compile(r"\r\n|\n|\r")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class LineIndex:
    """Converts an offset in a text to line and column, both counted from 1."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def place(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def decode_text(data: bytes, report: ProblemCollector) -> str | None:
    """The text of a file without a byte order mark; None for undecodable bytes and a merge conflict, with a problem.

    Control characters are reported and replaced by spaces, so that parsing can continue.
    """
    if len(data) > MAX_BYTES:
        report.add("too-large", (1, 1), limit=MAX_BYTES)
        return None
    if report_leftovers(data, report):
        return None
    text = report_bytes(data, report)
    return None if text is None else _without_controls(text, report)


def report_bytes(data: bytes, report: ProblemCollector) -> str | None:
    """The text of bytes in UTF-8 without a byte order mark; None for others, with a problem."""
    if data.startswith(_UTF_16) or b"\x00" in (data[:1], data[1:2]):
        report.add("not-utf-8", (1, 1), found=LazyMessage(N_("it looks like UTF-16")))
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        _report_undecodable(data, error, report)
        return None


def _report_undecodable(data: bytes, error: UnicodeDecodeError, report: ProblemCollector) -> None:
    before = data[: error.start].decode("utf-8")
    byte = data[error.start]
    found = LazyMessage(N_("found the byte %(byte)s"), byte=f"0x{byte:02X}")
    report.add("not-utf-8", LineIndex(before).place(len(before)), found=found)


def _without_controls(text: str, report: ProblemCollector) -> str:
    if not CONTROL.search(text):
        return text
    lines = LineIndex(text)
    for match in CONTROL.finditer(text):
        report.add("control-character", lines.place(match.start()), found=f"U+{ord(match.group()):04X}")
        if report.full:
            break
    return CONTROL.sub(" ", text)
