"""A charter to be changed, with the text and the plain data of its file."""

from __future__ import annotations

import codecs
from functools import cached_property
from typing import Any

from charterbook.charter import Charter
from charterbook.errors import CharterError
from charterbook.frozen_dataclass import dataclass
from charterbook.load import load
from charterbook.load.syntax_tree import tree


@dataclass(frozen=True)
class CharterFile:
    """A charter without errors, and the bytes of its file."""

    charter: Charter
    data: bytes
    name: str

    @property
    def byte_order_mark(self) -> bytes:
        """The byte order mark of the file, if any, else empty."""
        return codecs.BOM_UTF8 if self.data.startswith(codecs.BOM_UTF8) else b""

    @cached_property
    def text(self) -> str:
        """The text of the file without a byte order mark."""
        return self.data.removeprefix(codecs.BOM_UTF8).decode("utf-8")

    @cached_property
    def written(self) -> dict[str, Any]:
        """The data of the file as written, without defaults."""
        written: dict[str, Any] = tree(self.text).data
        return written


def read_charter_file(data: bytes, name: str) -> CharterFile:
    """The charter in the bytes of a file. Raises CharterError if it has errors."""
    charter = load(data).charter
    if charter is None:
        raise CharterError(f"{name}: has errors; `charterbook check` lists them. Fix them first.")
    return CharterFile(charter, data, name)
