"""Repository of Markdown pages with a worktree for each version: the setup of mike and of a plain loop."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path

from benchmarks.contenders.base import Contender, add_word
from benchmarks.handbook import OTHER_TOOLS, by_mkdocs
from benchmarks.inputs import Revision
from benchmarks.repository import Commit, commits_of, write_repository
from benchmarks.runner import run


class Worktrees(Contender):
    """Versions committed in their quarters, with worktrees made before timing."""

    def prepare(self) -> None:
        *past, upcoming = (_commit(revision) for revision in self._all().values())
        write_repository(self.repository, past, upcoming)
        for version, commit in zip(self._all(), commits_of(self.repository), strict=True):
            run(
                ["git", "worktree", "add", "--quiet", "--detach", str(self.worktree(version)), commit],
                self.repository,
            )

    @property
    def repository(self) -> Path:
        """The clone."""
        return self.folder / "clone"

    def worktree(self, version: str) -> Path:
        """Worktree of a version."""
        return self.folder / "worktrees" / version

    def build(self) -> None:
        for version in self.data.versions:
            self.build_version(version, newest=version == list(self.data.versions)[-1])

    def add_quarter(self) -> None:
        """Do nothing: its worktree exists already."""

    def build_newest(self) -> None:
        self.build_version(self.data.upcoming.version, newest=True)

    def change_word(self, word: str) -> None:
        for version in self.data.versions:
            add_word(self.worktree(version) / "docs/services/index.md", word)

    @abstractmethod
    def build_version(self, version: str, *, newest: bool) -> None:
        """Build one version from its worktree."""

    def _all(self) -> dict[str, Revision]:
        return self.data.versions | {self.data.upcoming.version: self.data.upcoming}


def other_tool_files(revision: Revision) -> dict[str, str]:
    """Files that a user of mkdocs-macros commits in a quarter."""
    settings = {
        name: (OTHER_TOOLS / name).read_text(encoding="utf-8") for name in ("macros.py", "mkdocs.yml")
    }
    ignored = {".gitignore": "/site/\n__pycache__/\n"}
    return by_mkdocs(revision.charter) | settings | ignored | {"charter.yml": revision.text}


def _commit(revision: Revision) -> Commit:
    return Commit(revision.date, revision.message, other_tool_files(revision))
