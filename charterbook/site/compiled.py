"""Compiled templates, shared by all builds of a process and kept for the next one.

MkDocs makes a new environment for every build, and compiling Material's templates takes longer than rendering
a version's pages with them.

What is kept is code, so it is taken only from a file that this machine wrote in its place: the file's head names
its own inode. A copy, such as one that came with a clone, is as good as none.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

_SIZE = 20

#: What a file that is kept was written by: code of another Python or Jinja is as good as none.
_WRITER = f"{sys.version}\0{jinja2.__version__}\0{os.name}"


class Compiled(BytecodeCache):
    """Compiled templates by name, file and content. Only for environments with the same options."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}
        self._saved = 0

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._known[bucket.key, bucket.checksum] = bucket.code

    def serve(self, env: Environment) -> None:
        """Have an environment compile nothing twice: neither files nor what it is given as text."""
        compile_anew: Callable[..., CodeType] = env.compile
        marks = "\0".join(
            map(str, (env.block_start_string, env.variable_start_string, env.comment_start_string))
        )

        def compiled(source: str, *file: Any, **options: Any) -> CodeType:
            if file or options:
                return compile_anew(source, *file, **options)
            key = (source, marks)
            if key not in self._known:
                self._known[key] = compile_anew(source)
            return self._known[key]

        env.bytecode_cache = self
        env.compile = compiled  # type: ignore[method-assign, assignment]

    def load(self, path: Path) -> None:
        """Take what was kept in a file, where it is sound and was written there."""
        try:
            with path.open("rb") as file:
                own, head, content = os.fstat(file.fileno()).st_ino, file.read(_SIZE), file.read()
            if head == _head(own, content):
                self._known |= marshal.loads(content)  # noqa: S302 (see above: only what was written here)
                self._saved = len(self._known)
        except (OSError, ValueError, EOFError, TypeError):
            return

    def save(self, path: Path) -> None:
        """Keep what was compiled since it was loaded, in one step. What cannot be written is not kept."""
        if len(self._known) == self._saved:
            return
        content = marshal.dumps(self._known)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                file.write(_head(os.fstat(file.fileno()).st_ino, content) + content)
            Path(name).replace(path)
        except OSError:
            return
        self._saved = len(self._known)


def _head(inode: int, content: bytes) -> bytes:
    return hashlib.blake2b(f"{inode}\0{_WRITER}\0".encode() + content, digest_size=_SIZE).digest()


#: What MkDocs' own environments have compiled, and Charterbook's for each language.
PAGES = Compiled()
