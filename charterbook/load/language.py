"""The language of a charter's problems, found without parsing."""

from __future__ import annotations

import re

from charterbook.charter import LANGUAGES
from charterbook.load.decode import MAX_BYTES

#: `language:` without indent, after an optional byte order mark: unambiguous in YAML.
_KEY = re.compile(rb"""(?:\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?|[\r\n])language[ \t]*:[ \t]*["']?([a-z]+)""")


def language_of(data: bytes) -> str:
    """The language that a charter declares; English for none or an unknown one.

    Works for files that cannot be parsed: broken YAML, other encodings.
    """
    without_utf_16 = data[:MAX_BYTES].replace(b"\x00", b"")
    found = _KEY.search(without_utf_16)
    language = found[1].decode("ascii") if found else ""
    return language if language in LANGUAGES else "en"
