"""The required parts of an XLSX file, unpacked within limits.

The sizes declared in a ZIP file may be false, so each part is counted while it is unpacked. The parser gets a new ZIP
file in memory with only these parts, without macros and linked files.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from charterbook.imports.tables import Limits, TableError
from charterbook.load.did_you_mean import quote
from charterbook.load.lazy_message import Fact

_CHUNK = 2**18
#: The encoding of all parts, whatever they declare: the parser of values assumes it, and both must see the same cells.
ENCODING = "UTF-8"
#: Parts of a workbook that are small in practice.
_MOST_PARTS = 10_000
WORKBOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_ALWAYS = ("[Content_Types].xml", "_rels/.rels", WORKBOOK, _LINKS)
STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"

_Attributes = dict[str, str]


class Sheet(NamedTuple):
    """A sheet of a workbook: its name, its part, and whether it is visible."""

    name: str
    part: str
    shown: bool


class Package:
    """An XLSX file. Raises TableError for any other ZIP file."""

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
        if rule := _kind(self.names):
            raise self.refused(rule)
        if len(with_size) > _MOST_PARTS:
            raise self.refused("zip-bomb")

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

    def parse(self, name: str, start: Callable[[str, _Attributes], None]) -> None:
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

    def sheets(self) -> list[Sheet]:
        """The sheets with cells, in order."""
        targets: dict[str, str] = {}
        found: list[Sheet] = []

        def link(tag: str, values: _Attributes) -> None:
            if tag == "Relationship" and values.get("Type", "").endswith("/worksheet"):
                targets[values.get("Id", "")] = _target(values.get("Target", ""))

        def sheet(tag: str, values: _Attributes) -> None:
            id_ = next((value for key, value in values.items() if key.endswith("relationships}id")), "")
            if tag == "sheet" and targets.get(id_) in self.names:
                found.append(
                    Sheet(values.get("name", ""), targets[id_], values.get("state", "visible") == "visible")
                )

        self.parse(_LINKS, link)
        self.parse(WORKBOOK, sheet)
        return found

    def repacked(self, sheet: Sheet) -> io.BytesIO:
        """A ZIP file with the parts for one sheet."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as made:
            for name in dict.fromkeys((*_ALWAYS, STYLES, STRINGS, sheet.part)):
                if name in self.names:
                    made.writestr(name, self.part(name))
                    if name not in _ALWAYS:
                        del self._parts[name]
        packed.seek(0)
        return packed


def _kind(names: set[str]) -> str | None:
    """The rule against a ZIP file other than an XLSX workbook."""
    if WORKBOOK in names and _LINKS in names:
        return None
    if "xl/workbook.bin" in names:
        return "binary-workbook"
    return "open-document" if "mimetype" in names and "content.xml" in names else "other-zip"


def _target(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
