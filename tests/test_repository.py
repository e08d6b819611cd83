"""The repository of a charter, and its references."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from charterbook.errors import GitError
from charterbook.repository import find_repository
from tests.histories import Repo


@pytest.mark.parametrize("name", ["refs/heads", "refs/tags", "refs/remotes/origin", "refs/heads/team"])
@pytest.mark.parametrize("linked", [False, True])
def test_references_that_cannot_be_read(
    repo: Repo, tmp_path: Path, name: str, linked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git takes such a folder for an empty one: tags, or the published branch, would be ignored without a word."""
    first = repo.commit({"charter.yml": "A"})
    for ref in ("refs/heads/team/one", "refs/tags/2026-Q1", "refs/remotes/origin/main"):
        repo.git("update-ref", ref, first)
    folder = repo.folder
    if linked:
        folder = tmp_path / "linked"
        repo.git("worktree", "add", "--quiet", str(folder))
    assert find_repository(folder / "charter.yml").tags == {"2026-Q1": first}
    scandir = os.scandir

    def refused(path: Any) -> Any:
        if os.path.realpath(path) == os.path.realpath(repo.folder / ".git" / name):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refused)
        with pytest.raises(GitError, match=f"{name}: Permission denied, so git does not see"):
            find_repository(folder / "charter.yml")


@pytest.mark.parametrize("linked", [False, True])
def test_paths_with_line_breaks(tmp_path: Path, linked: bool) -> None:
    """Of the repository and of the charter's folder: git separates its answers by line breaks."""
    repo = Repo(tmp_path / "a\nb")
    first = repo.commit({"c\nd/charter.yml": "A"})
    folder = repo.folder
    if linked:
        folder = tmp_path / "e\nf"
        repo.git("worktree", "add", "--quiet", "-b", "other", str(folder))
    found = find_repository(folder / "c\nd/charter.yml")
    assert (found.path, found.head) == ("c\nd/charter.yml", first)
    assert found.folder.samefile(folder)


@pytest.mark.parametrize("answer", ["echo hello", "printf 'a\\nb\\nc\\nd\\ne\\n'", "true"])
def test_a_program_that_is_not_git(
    repo: Repo, tmp_path: Path, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or a script around git that prints more: one line says so."""
    repo.commit({"charter.yml": "A"})
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    (tmp_path / "bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    with pytest.raises(GitError, match="The answers of git cannot be read"):
        find_repository(repo.folder / "charter.yml")
