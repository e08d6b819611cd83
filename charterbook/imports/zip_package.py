"""The parts of an Office file, unpacked within limits.

The sizes declared in a ZIP file can be false, so bytes are counted while each part is unpacked.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from charterbook.imports.tables import Limits, TableError
from charterbook.load.did_you_mean import quote
from charterbook.load.lazy_message import Fact

_CHUNK = 2**18
#: The encoding of all parts, regardless of their declarations: the parser of values assumes it, and both must
#: see the same cells.
ENCODING = "UTF-8"
#: Parts of an Office file that are small in practice.
_MOST_PARTS = 10_000

Attributes = dict[str, str]


def has_part(path: Path, folder: str) -> bool:
    """Whether a ZIP file has a part in a folder; False for a damaged file."""
    try:
        with zipfile.ZipFile(path) as packed:
            return any(name.startswith(folder) for name in packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


class ZipPackage:
    """An Office file. Raises TableError for any other ZIP file."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.file, self.limits = str(path), limits
        self._left = limits.unpacked
        self._parts: dict[str, bytes] = {}
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise self.refused("broken-zip") from error
        with_size = [info.file_size for info in self._zip.infolist()]
        self.names = {info.filename for info in self._zip.infolist()}
        if rule := self.kind_rule():
            raise self.refused(rule)
        if len(with_size) > _MOST_PARTS:
            raise self.refused("zip-bomb")

    def kind_rule(self) -> str | None:
        """The code of the error for any other ZIP file; None for a file of this kind."""
        raise NotImplementedError

    def refused(self, rule: str, **facts: Fact) -> TableError:
        """The error for this file."""
        limits = {"limit": self.limits.unpacked // 2**20, "ratio": self.limits.ratio}
        return TableError(self.file, self.file, rule, None, **limits, **facts)

    def part(self, name: str) -> bytes:
        """The bytes of a part, empty if there is none."""
        if name not in self._parts:
            self._parts[name] = self._unpacked(name) if name in self.names else b""
        return self._parts[name]

    def _unpacked(self, name: str) -> bytes:
        info = self._zip.getinfo(name)
        most = min(self._left, max(2**20, info.compress_size * self.limits.ratio))
        if info.file_size > most:
            raise self.refused("zip-bomb")
        found = bytearray()
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    found += chunk
                    if len(found) > most:
                        raise self.refused("zip-bomb")
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise self.refused("broken-zip") from error
        self._left -= len(found)
        return bytes(found)

    def parse(self, name: str, start: Callable[[str, Attributes], None]) -> None:
        """Parse a part, calling a function at the start of each element. Raises TableError for invalid XML."""
        parser = expat.ParserCreate(ENCODING, namespace_separator="}")
        parser.StartElementHandler = lambda tag, values: start(tag.rpartition("}")[2], values)
        self.parse_with(parser, name)

    def parse_with(self, parser: expat.XMLParserType, name: str) -> None:
        """Parse a part with a prepared parser. Raises TableError for invalid XML."""
        parser.StartDoctypeDeclHandler = self._no_doctype
        try:
            parser.Parse(self.part(name), True)
        except expat.ExpatError as error:
            raise self.refused("broken-xml", part=quote(name)) from error

    def _no_doctype(self, *_declared: object) -> None:
        raise expat.ExpatError("a document type")
