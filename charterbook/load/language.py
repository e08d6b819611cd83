"""Which language a charter's problems are told in, found without reading the rest of it."""

from __future__ import annotations

import re

from charterbook.charter import LANGUAGES
from charterbook.load.decode import MAX_BYTES

#: `language:` at the margin, behind a byte order mark if need be: nothing else in YAML looks like it.
_KEY = re.compile(rb"""(?:\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?|[\r\n])language[ \t]*:[ \t]*["']?([a-z]+)""")


def language_of(data: bytes) -> str:
    """The language that a charter says it is in; English where it says none that is known.

    Works on files that cannot be read otherwise: broken YAML, other encodings.
    """
    without_utf_16 = data[:MAX_BYTES].replace(b"\x00", b"")
    found = _KEY.search(without_utf_16)
    language = found[1].decode("ascii") if found else ""
    return language if language in LANGUAGES else "en"
