"""Charterbook: the history of charter.yml and today's docs/, built by `charterbook build` or by `mkdocs build`."""

from __future__ import annotations

from pathlib import Path

from benchmarks.contenders.base import Contender, add_word, html_files
from benchmarks.example import ROOT
from benchmarks.inputs import Revision
from benchmarks.repository import UPCOMING, Commit, write_repository
from benchmarks.runner import PYTHON, run

#: Pages that other contenders lack; they are excluded from comparisons.
EXTRAS = (
    "changes.md",
    "compare",
    "health.md",
    "history.md",
    "pre-read.md",
    "promises.md",
    "propose.md",
    "sponsor.md",
)

_SETTINGS = """\
site_name: Enablement Charter
site_url: https://bench.example/

theme:
  name: material

plugins:
  - charterbook
  - macros:
      module_name: macros
      on_undefined: strict
      on_error_fail: true
  - search
"""


class Charterbook(Contender):
    """All versions with one command, the one that the README names."""

    name = "charterbook"
    serves = True
    program = "charterbook"

    def prepare(self) -> None:
        files = self._files()
        commits = [_commit(revision, files) for revision in self.data.revisions]
        write_repository(self.folder, commits, _commit(self.data.upcoming, files))

    def build(self) -> None:
        run([PYTHON, "-m", self.program, "build"], self.folder)

    def add_quarter(self) -> None:
        run(["git", "merge", "--quiet", "--ff-only", UPCOMING], self.folder)

    def build_newest(self) -> None:
        self.build()

    def change_word(self, word: str) -> None:
        add_word(self.folder / "docs/services/index.md", word)

    def pages(self, version: str) -> dict[str, str]:
        return html_files(self.folder / "site" / version)

    @property
    def served_at(self) -> str:
        return "/draft/"

    def restore(self, state: str) -> None:
        super().restore(state)
        run(["git", "update-index", "-q", "--refresh"], self.folder)

    def _files(self) -> dict[str, str]:
        """Files beside the charter in every commit."""
        docs = ROOT / "docs"
        found = {f"docs/{path}": (docs / path).read_text(encoding="utf-8") for path in self._docs(docs)}
        macros = (ROOT / "macros.py").read_text(encoding="utf-8")
        return found | {
            "macros.py": macros,
            "mkdocs.yml": _SETTINGS,
            ".gitignore": "/site/\n.cache/\n__pycache__/\n",
        }

    def _docs(self, docs: Path) -> list[str]:
        paths = (path.relative_to(docs) for path in sorted(docs.rglob("*.md")))
        return [path.as_posix() for path in paths if self.extras or path.parts[0] not in EXTRAS]


class ByMkDocs(Charterbook):
    """The same by MkDocs' own command, without the tuning of `charterbook build`."""

    name = "charterbook-by-mkdocs"
    program = "mkdocs"


class WithExtras(Charterbook):
    """Charterbook with its additional pages: comparisons, history, health, promises, the pre-read, the form, the sponsor's page."""

    name = "charterbook-with-comparisons"
    extras = True
    serves = False


def _commit(revision: Revision, files: dict[str, str]) -> Commit:
    return Commit(revision.date, revision.message, files | {"charter.yml": revision.text})
