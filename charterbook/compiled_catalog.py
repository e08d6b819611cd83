"""Catalogs of translations, compiled once and stored beside Python's bytecode.

Compiling a catalog takes ten times as long as reading the compiled one: for Russian about 0.1 s, in each process.
"""

from __future__ import annotations

import gettext
import hashlib
import io
from pathlib import Path

import babel

from charterbook.program_store import stored


def read_catalog(path: Path, language: str) -> gettext.GNUTranslations:
    """The translations of a .po file. Raises OSError if it cannot be read."""
    source = path.read_bytes()
    key = hashlib.blake2b(babel.__version__.encode() + source, digest_size=20).hexdigest()
    content = stored(path.parent, key, ".mo", lambda: _compiled(source, language))
    return gettext.GNUTranslations(io.BytesIO(content))


def _compiled(source: bytes, language: str) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=language))
    return compiled.getvalue()
