"""Bytecode cache of templates, shared by all builds of a process and stored on disk.

MkDocs creates a new environment for every build, and compiling Material's templates takes longer than rendering
a version's pages with them. Compiled templates are stored beside Python's own bytecode, and are also
executable code: they are never read from a handbook's folder.
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
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from charterbook.file_store import bytecode_folder, open_regular, open_replacement, sweep
from charterbook.program_hash import program
from charterbook.site.mkdocs_compat.text_templates import compile_options

_SIZE = 20

#: Packages that write code of templates, or have functions that Jinja applies to constants.
_WRITERS = ("site/mkdocs_compat", "site/render")

#: Path of the stored templates.
STORED = bytecode_folder(Path(__file__).parent) / f"templates.{sys.implementation.cache_tag}"


class TemplateCache(BytecodeCache):
    """Compiled templates by name, file, content and options. Those that depend on an author's code are not cached."""

    def __init__(self) -> None:
        self._used: dict[tuple[str, str], CodeType] = {}
        self._stored: dict[tuple[str, str], CodeType] = {}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        options = compile_options(environment, source)
        key = "" if options is None else f"{self.get_cache_key(name, filename)} {options}"
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._find((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        if bucket.key:
            self._used[bucket.key, bucket.checksum] = bucket.code

    def _find(self, key: tuple[str, str]) -> CodeType | None:
        """Bytecode of a template. Marks it as used."""
        if key not in self._used and key in self._stored:
            self._used[key] = self._stored[key]
        return self._used.get(key)

    def code(self, options: str, source: str, compile_source: Callable[[str], CodeType]) -> CodeType:
        """Bytecode of a template that is given as text, for environments with these options."""
        code = self._find((source, options))
        if code is None:
            code = self._used[source, options] = compile_source(source)
        return code

    def load(self, path: Path = STORED) -> None:
        """Load the stored templates if they are valid."""
        try:
            with open_regular(path) as file:
                head, content = file.read(_SIZE), file.read()
            if head == _head(content):
                self._stored = marshal.loads(content)  # noqa: S302 (no more than Python's own compiled files)
        except (OSError, ValueError, EOFError, TypeError):
            return

    def save(self, path: Path = STORED) -> None:
        """Store the templates used in this build atomically, if any is new. Write errors are ignored."""
        if sys.dont_write_bytecode or self._used.keys() <= self._stored.keys():
            return
        content = marshal.dumps(self._used)
        try:
            with open_replacement(path) as file:
                file.write(_head(content) + content)
            path.chmod(0o644)  # like Python's own
            sweep(path.parent)
        except OSError:
            return
        self._stored = dict(self._used)


def _head(content: bytes) -> bytes:
    """Header of the cache file: bytecode of a different Python, Jinja or Charterbook is ignored."""
    writer = f"{sys.version}\0{jinja2.__version__}\0{os.name}\0{program(*_WRITERS)}\0".encode()
    return hashlib.blake2b(writer + content, digest_size=_SIZE).digest()


#: Caches of MkDocs' own environments, and of Charterbook's for each language.
PAGES = TemplateCache()
