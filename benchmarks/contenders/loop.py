"""MkDocs alone, in a loop: `mkdocs build` in each worktree, side by side in one folder."""

from __future__ import annotations

from pathlib import Path

from benchmarks.contenders.base import html_files
from benchmarks.contenders.worktrees import Worktrees
from benchmarks.runner import PYTHON, run


class Loop(Worktrees):
    """Plain MkDocs, macros and Material."""

    name = "mkdocs-loop"
    serves = True

    @property
    def served(self) -> Path:
        return self.worktree(list(self.data.versions)[-1])

    def build_version(self, version: str, *, newest: bool) -> None:
        del newest  # it has no aliases
        target = self.folder / "site" / version
        run([PYTHON, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)], self.worktree(version))

    def pages(self, version: str) -> dict[str, str]:
        return html_files(self.folder / "site" / version)
