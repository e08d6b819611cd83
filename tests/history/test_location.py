"""Variables that name a repository: followed if they fit the handbook, reported if not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from charterbook.errors import GitError
from charterbook.history import History, read_history
from charterbook.repository import find_repository
from charterbook.settings import Settings
from tests.charters import charter_file
from tests.histories import Repo, run_git, shown

BOTH = [("2026-Q1", "One"), ("2026-Q2", "Two")]
NAMED = (
    "The repository given by GIT_DIR{} does not contain the charter and was ignored. Unset this, "
    "or set GIT_WORK_TREE to a folder above the charter, too."
)


@pytest.fixture
def book(repo: Repo) -> Repo:
    """A handbook with two versions."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.commit(charter_file("Two"), date="2026-04-13")
    return repo


@pytest.fixture
def other(tmp_path: Path) -> Repo:
    """Another repository."""
    other = Repo(tmp_path / "other")
    other.commit({"README.md": "Hello"})
    return other


@pytest.fixture
def copy(book: Repo, tmp_path: Path) -> Path:
    """The files of the handbook beside its bare repository."""
    run_git(tmp_path, "clone", "--quiet", "--bare", str(book.folder), "bare.git")
    return shutil.copytree(book.folder, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))


def read(folder: Path) -> History:
    """The history of a handbook."""
    return read_history(folder, Settings())


@pytest.mark.long
def test_a_deployment_hook(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIT_DIR and GIT_WORK_TREE name the repository, also by relative paths."""
    monkeypatch.chdir(copy)
    for git_dir, tree in ((copy.parent / "bare.git", copy), (Path("../bare.git"), Path())):
        monkeypatch.setenv("GIT_DIR", str(git_dir))
        monkeypatch.setenv("GIT_WORK_TREE", str(tree))
        assert (shown(read(copy)), read(copy).warnings) == (BOTH, ())
        assert (shown(read(Path())), read(Path()).warnings) == (BOTH, ())


def test_a_git_folder_elsewhere(book: Repo, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With GIT_DIR alone, the working tree is the folder in which the program was started."""
    monkeypatch.setenv("GIT_DIR", str(book.folder / ".git"))
    monkeypatch.chdir(copy)
    assert (shown(read(copy)), read(copy).warnings) == (BOTH, ())


def test_a_bare_repository_alone_has_no_working_tree(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error for a server hook without GIT_WORK_TREE says so."""
    monkeypatch.setenv("GIT_DIR", str(copy.parent / "bare.git"))
    monkeypatch.chdir(copy)
    (warning,) = read(copy).warnings
    assert "there is a history: GIT_DIR is set. " in warning


@pytest.mark.parametrize("git_dir", ["nowhere", "."])
def test_a_git_folder_that_is_none(copy: Path, monkeypatch: pytest.MonkeyPatch, git_dir: str) -> None:
    """The error names it."""
    monkeypatch.setenv("GIT_DIR", git_dir)
    monkeypatch.chdir(copy)
    assert "GIT_DIR is set" in read(copy).warnings[0]


@pytest.mark.parametrize("index", [".git/index", ".git/next-index-1.lock"])
def test_a_hook_of_the_handbooks_repository(book: Repo, monkeypatch: pytest.MonkeyPatch, index: str) -> None:
    """As git runs it before a commit, possibly with a separate index."""
    book.git("mv", "charter.yml", "agreed.yml")
    if index != ".git/index":
        (book.folder / ".git/index").rename(book.folder / index)
    monkeypatch.chdir(book.folder)
    monkeypatch.setenv("GIT_INDEX_FILE", index)
    for git_dir in (None, ".git", str(book.folder / ".git")):
        if git_dir:
            monkeypatch.setenv("GIT_DIR", git_dir)
        found = read_history(Path(), Settings(charter="agreed.yml"))
        assert (shown(found), found.warnings) == (BOTH, ())


def test_a_hook_of_another_repository(book: Repo, other: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its variables are ignored with a warning; the handbook's own repository counts."""
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    for place in (book.folder, other.folder):
        monkeypatch.chdir(place)
        assert (shown(read(book.folder)), read(book.folder).warnings) == (BOTH, (NAMED.format(""),))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.folder))
    assert (shown(read(book.folder)), read(book.folder).warnings) == (
        BOTH,
        (NAMED.format(" and GIT_WORK_TREE"),),
    )


def test_a_hook_of_another_handbook(book: Repo, other: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """If both have a charter, an inferred working tree does not count."""
    other.commit(charter_file("Other"), date="2026-08-13")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.chdir(book.folder)
    assert shown(read(book.folder)) == BOTH


def test_a_copy_inside_an_unrelated_repository(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The enclosing repository does not track the files; the named one does."""
    Repo(copy.parent).commit({"README.md": "A server's settings"})
    run_git(copy.parent, "rm", "-r", "-q", "--cached", "copy")
    Repo(copy.parent).git("commit", "-q", "-m", "Forget the copy")
    monkeypatch.setenv("GIT_DIR", str(copy.parent / "bare.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(copy))
    assert shown(read(copy)) == BOTH


def test_objects_elsewhere(book: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIT_OBJECT_DIRECTORY and GIT_ALTERNATE_OBJECT_DIRECTORIES are followed."""
    objects = shutil.move(book.folder / ".git" / "objects", tmp_path / "objects")
    with monkeypatch.context() as patch:
        patch.setenv("GIT_OBJECT_DIRECTORY", str(objects))
        assert shown(read(book.folder)) == BOTH
    (book.folder / ".git" / "objects").mkdir()
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(objects))
    assert shown(read(book.folder)) == BOTH


def test_a_hook_in_a_linked_worktree(book: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git names the worktree's own directory, and the common one."""
    book.git("worktree", "add", "--quiet", "-b", "idea", str(tmp_path / "linked"))
    monkeypatch.setenv("GIT_DIR", str(book.folder / ".git" / "worktrees" / "linked"))
    monkeypatch.setenv("GIT_COMMON_DIR", str(book.folder / ".git"))
    monkeypatch.chdir(tmp_path / "linked")
    assert (shown(read(Path())), read(Path()).warnings) == (BOTH, ())


def test_a_ceiling(book: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git does not search above a ceiling; a warning says that there is a repository."""
    inner = book.folder / "book"
    inner.mkdir()
    shutil.copy(book.folder / "charter.yml", inner)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(book.folder))
    (warning,) = read(inner).warnings
    assert f"there is a history: there is {book.folder / '.git'}" in warning


def test_without_variables_the_location_is_not_queried(book: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without variables, no command is run."""
    monkeypatch.setattr("charterbook.git.location.call", None)
    assert find_repository(book.folder / "charter.yml").path == "charter.yml"
    assert not [name for name in os.environ if name in ("GIT_DIR", "GIT_WORK_TREE")]


@pytest.mark.parametrize("name", ["GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"])
def test_objects_of_another_repository(
    book: Repo, other: Repo, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The message names the variable, since the repository is not damaged."""
    monkeypatch.setenv(name, str(other.folder / ".git"))
    with pytest.raises(GitError, match=f"where {name} says"):
        read_history(book.folder, Settings())
