"""Compiled templates, shared by all builds of a process and kept for the next one.

MkDocs makes a new environment for every build, and compiling Material's templates takes longer than rendering
a version's pages with them. What was compiled is kept where Python keeps the compiled program, and like that it
is code: it is not looked for in a handbook's own folder.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from charterbook.file_store import opened, replaced, sweep

_SIZE = 20

#: What code is kept by: that of another Python or Jinja is as good as none.
_WRITER = f"{sys.version}\0{jinja2.__version__}\0{os.name}\0".encode()

#: Where compiled templates are kept.
KEPT = Path(__file__).parent / "__pycache__" / f"templates.{sys.implementation.cache_tag}"


class TemplateCache(BytecodeCache):
    """Compiled templates by name, file and content. Only for environments with the same options."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._find((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._known[bucket.key, bucket.checksum] = bucket.code

    def _find(self, key: tuple[str, str]) -> CodeType | None:
        """What is known of a template; from now on it counts as used."""
        if key not in self._known and key in self._kept:
            self._known[key] = self._kept[key]
        return self._known.get(key)

    def code(self, options: str, source: str, compile_anew: Callable[[str], CodeType]) -> CodeType:
        """The code of a template that is given as text, for environments with these options."""
        code = self._find((source, options))
        if code is None:
            code = self._known[source, options] = compile_anew(source)
        return code

    def load(self, path: Path = KEPT) -> None:
        """Take what was kept, where it is sound."""
        try:
            with opened(path) as file:
                head, content = file.read(_SIZE), file.read()
            if head == _head(content):
                self._kept = marshal.loads(content)  # noqa: S302 (no more than Python's own compiled files)
        except (OSError, ValueError, EOFError, TypeError):
            return

    def save(self, path: Path = KEPT) -> None:
        """Keep what this build has used, in one step, if anything of it is new. What cannot be written is not kept."""
        if sys.dont_write_bytecode or self._known.keys() <= self._kept.keys():
            return
        content = marshal.dumps(self._known)
        try:
            with replaced(path) as file:
                file.write(_head(content) + content)
            path.chmod(0o644)  # as Python's own
            sweep(path.parent)
        except OSError:
            return
        self._kept = dict(self._known)


def _head(content: bytes) -> bytes:
    return hashlib.blake2b(_WRITER + content, digest_size=_SIZE).digest()


#: What MkDocs' own environments have compiled, and Charterbook's for each language.
PAGES = TemplateCache()
