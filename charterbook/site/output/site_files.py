"""The files of a finished site before its publication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from charterbook.frozen_dataclass import dataclass
from charterbook.site.incremental.manifest import Stat, files_below


@dataclass(frozen=True)
class SiteFiles:
    """The files in a staging folder, and those `in_place` that stay in the old site `target`, by their paths."""

    staging: Path
    target: Path | None = None
    in_place: Mapping[str, Stat] = field(default_factory=dict)

    def listed(self) -> dict[str, Stat]:
        """All files, by their paths in the site."""
        return {**files_below(self.staging, strict=True), **self.in_place}

    def place(self, path: str) -> str:
        """Current path of a file, from its path in the site."""
        return f"{self.target if path in self.in_place else self.staging}/{path}"
