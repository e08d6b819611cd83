"""The `version:` that a charter's text gives itself, found without reading the rest of it.

Five thousand revisions are searched where one is read. The search answers only where the text leaves
no doubt; everything unusual is left to the loader.
"""

from __future__ import annotations

import re
from enum import Enum

from charterbook.versions import is_version_name


class Doubt(Enum):
    """The answer where only the loader can tell."""

    DOUBT = "doubt"


DOUBT = Doubt.DOUBT

_BOM = b"\xef\xbb\xbf"
_KEY = re.compile(rb"\nversion[ \t]*:(?=[ \t\n])(.*)\n(?:[ \t]*\n)*(.*)")
_VALUE = re.compile(rb"""[ \t]*(?:"([^"\\]*)"|'([^']*)'|([A-Za-z0-9][\w-]*))?[ \t]*(?:(?<=[ \t])\#.*)?""")

#: What every text has in it that gives itself a version without escapes; a comment may stand before the colon.
_NAMED = re.compile(rb"version[\"']?(?:[ \t\r\n]|\#[^\r\n]*)*:")

#: A line that begins at the margin and is neither `key:`, nor a comment, nor a list's dash, nor `---` alone.
_UNUSUAL_LINE = re.compile(
    rb"\n(?=[^ \t\n\#])(?![A-Za-z_][\w-]*[ \t]*:[ \t\n]|-[ \t\n]|---[ \t]*(?:\#.*)?\n)"
)
#: A text that starts with an indented line: then all keys may be indented.
_INDENTED = re.compile(rb"\n(?:[ \t]*(?:\#.*)?\n|---[ \t]*\n)*[ \t]+[^ \t\n\#]")
#: A quote or bracket still open at the end of its line: what follows may be inside it.
_OPEN = re.compile(
    rb"""(?:\n|[:\-?\[{,])[ \t]*(?:"(?:[^"\\\n]|\\.)*|'(?:[^'\n]|'')*|[\[{][^\]}\n]*)(?=\n|\Z)"""
)


def own_version(data: bytes) -> str | Doubt | None:
    """The version name in a charter's text, None where it has none that is valid, or DOUBT."""
    if b"\\" not in data and not _NAMED.search(data):
        return None
    text = b"\n" + data.removeprefix(_BOM).replace(b"\r\n", b"\n") + b"\n"
    if b"\r" in text or _UNUSUAL_LINE.search(text) or _INDENTED.match(text):
        return DOUBT
    match = _KEY.search(text)
    if match is None:
        return None
    if _OPEN.search(text, 0, match.start()):
        return DOUBT
    return _value(match[1], match[2])


def _value(line: bytes, following: bytes) -> str | Doubt | None:
    match = _VALUE.fullmatch(line)
    goes_on = following[:1] in (b" ", b"\t") and not following.strip().startswith(b"#")
    if match is None or goes_on:
        return DOUBT
    value = next((group for group in match.groups() if group is not None), b"").decode("utf-8", "replace")
    return value if is_version_name(value) else None
