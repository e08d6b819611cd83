"""Compiled templates, shared by all builds of a process.

MkDocs makes a new environment for every build, and compiling Material's templates takes longer than rendering
a version's pages with them.
"""

from __future__ import annotations

from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Compiled templates by name, file and content. Only for environments with the same options."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._known[bucket.key, bucket.checksum] = bucket.code


#: What MkDocs' own environments have compiled.
PAGES = Compiled()
