"""The required parts of an XLSX file, unpacked within limits.

The parser gets a new ZIP file in memory with only these parts, without macros and linked files.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Sequence
from typing import NamedTuple

from charterbook.imports.zip_package import Attributes, ZipPackage

WORKBOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_ALWAYS = ("[Content_Types].xml", "_rels/.rels", WORKBOOK, _LINKS)
STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"


class Sheet(NamedTuple):
    """A sheet of a workbook: its name, its part, and whether it is visible."""

    name: str
    part: str
    shown: bool


class Package(ZipPackage):
    """An XLSX file. Raises TableError for any other ZIP file."""

    def kind_rule(self) -> str | None:
        return _kind(self.names)

    def sheets(self) -> list[Sheet]:
        """The sheets with cells, in order."""
        targets: dict[str, str] = {}
        found: list[Sheet] = []

        def link(tag: str, values: Attributes) -> None:
            if tag == "Relationship" and values.get("Type", "").endswith("/worksheet"):
                targets[values.get("Id", "")] = _target(values.get("Target", ""))

        def sheet(tag: str, values: Attributes) -> None:
            id_ = next((value for key, value in values.items() if key.endswith("relationships}id")), "")
            if tag == "sheet" and targets.get(id_) in self.names:
                found.append(
                    Sheet(values.get("name", ""), targets[id_], values.get("state", "visible") == "visible")
                )

        self.parse(_LINKS, link)
        self.parse(WORKBOOK, sheet)
        return found

    def repacked(self, sheets: Sequence[Sheet]) -> io.BytesIO:
        """A ZIP file with the parts for some sheets."""
        packed = io.BytesIO()
        parts = (*_ALWAYS, STYLES, STRINGS, *(sheet.part for sheet in sheets))
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as made:
            for name in dict.fromkeys(parts):
                if name in self.names:
                    made.writestr(name, self.part(name))
                    if name not in _ALWAYS:
                        del self._parts[name]
        packed.seek(0)
        return packed


def _kind(names: set[str]) -> str | None:
    """The code of the error for a ZIP file other than an XLSX workbook; None for a workbook."""
    if WORKBOOK in names and _LINKS in names:
        return None
    if "xl/workbook.bin" in names:
        return "binary-workbook"
    return "open-document" if "mimetype" in names and "content.xml" in names else "other-zip"


def _target(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
