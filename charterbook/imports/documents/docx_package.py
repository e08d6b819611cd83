"""The parts of a Word document with text, unpacked within limits.

The reader gets a new file in memory: pictures, macros and embedded files are empty in it.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.parsers import expat

from charterbook.imports.tables import Limits, TableError
from charterbook.imports.zip_package import ENCODING, ZipPackage
from charterbook.load.lazy_message import Fact

_DOCUMENT = "word/document.xml"
_READ = (".xml", ".rels")
_OWN = ("broken-zip", "zip-bomb", "broken-xml")


class DocxPackage(ZipPackage):
    """A Word document. Raises an error of this class for any other ZIP file."""

    def __init__(self, path: Path, limits: Limits, error: type[TableError]) -> None:
        self._error = error
        super().__init__(path, limits)

    def kind_rule(self) -> str | None:
        return None if {_DOCUMENT, "[Content_Types].xml"} <= self.names else "docx-broken-zip"

    def refused(self, rule: str, **facts: Fact) -> TableError:
        own = f"docx-{rule}" if rule in _OWN else rule
        limits: dict[str, Fact] = {"limit": self.limits.unpacked // 2**20, "ratio": self.limits.ratio}
        return self._error(self.file, self.file, own, None, **limits | facts)

    @property
    def has_macros(self) -> bool:
        """Whether there is a part with macros."""
        return any(name.endswith("vbaProject.bin") for name in self.names)

    def repacked(self) -> io.BytesIO:
        """A ZIP file with the same parts, in which only those with text have content."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as made:
            for name in sorted(self.names):
                made.writestr(name, self._checked(name) if name.endswith(_READ) else b"")
                self._parts.pop(name, None)
        packed.seek(0)
        return packed

    def _checked(self, name: str) -> bytes:
        """A part without a document type, so that no entity is expanded."""
        self.parse_with(expat.ParserCreate(ENCODING), name)
        return self.part(name)
