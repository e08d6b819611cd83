"""Incremental git log: the same commits as a full one."""

from __future__ import annotations

from pathlib import Path

import pytest

from charterbook import git
from charterbook.history import History, incremental_log, read_history
from charterbook.settings import Settings
from tests.charters import charter_file
from tests.histories import Repo


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commits for which git is queried."""
    ranges = []
    original = git.run

    def run(folder: Path, *arguments: str, **options: object) -> bytes:
        if arguments[0] == "rev-list" and "--" in arguments:
            ranges.append(arguments[arguments.index("--end-of-options") + 1])
        return original(folder, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(git, "run", run)
    return ranges


@pytest.fixture
def book(repo: Repo) -> Repo:
    """A history of two changes, the second from a merge, and of a commit without a change."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.branch("side")
    repo.commit(charter_file("Two"), date="2026-02-13")
    repo.switch("main")
    repo.merge("side", "Take two", date="2026-03-13")
    repo.commit({"README.md": "Read me"}, date="2026-03-14")
    return repo


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Cache folder."""
    return tmp_path / "kept"


def same(repo: Repo, kept: Path) -> History:
    """The history with the cache, which equals the one without."""
    history = read_history(repo.folder, Settings(), kept)
    assert history == repo.history()
    return history


def test_an_unchanged_history_is_not_read_again(book: Repo, kept: Path, asked: list[str]) -> None:
    """For the same commit."""
    same(book, kept)
    asked.clear()
    assert same(book, kept).versions
    assert asked == [book.head]


@pytest.mark.long
def test_only_new_commits_are_read(book: Repo, kept: Path, asked: list[str]) -> None:
    """A change, a removal, a restoration, and a merge, as in a full log."""
    same(book, kept)
    old = book.head
    book.commit(charter_file("Three"), date="2026-04-13")
    book.branch("other")
    book.commit(charter_file("Four"), date="2026-05-13")
    book.switch("main")
    book.commit({"README.md": "Read me!"}, date="2026-05-14")
    book.merge("other", "Take four", date="2026-06-13")
    asked.clear()
    history = same(book, kept)
    assert asked == [f"{old}..{book.head}", book.head]
    assert [version.name for version in history.versions] == ["2026-Q1", "2026-Q2"]
    assert [revision.subject for revision in history.versions[1].revisions] == ["A change", "Take four"]


def test_a_removed_charter_that_comes_back(book: Repo, kept: Path) -> None:
    """Once under the old name, once under a new one."""
    same(book, kept)
    book.commit({"charter.yml": None}, date="2026-04-13")
    same(book, kept)
    book.commit(charter_file("Back"), date="2026-07-13")
    assert len(same(book, kept).versions) == 2


@pytest.mark.long
def test_a_renamed_charter(book: Repo, kept: Path) -> None:
    """Its history continues under the old name, with any cache for the new one."""
    book.git("mv", "charter.yml", "old.yml")
    book.commit({}, "Move it away", date="2026-03-20")
    read_history(book.folder, Settings(charter="old.yml"), kept)
    book.git("mv", "old.yml", "charter.yml")
    book.commit({}, "Move it back", date="2026-03-21")
    (version,) = same(book, kept).versions
    assert [revision.subject for revision in version.revisions] == ["A change", "Take two"]
    same(book, kept)


def test_a_rewritten_history(book: Repo, kept: Path) -> None:
    """Commits that are no longer on the branch are no longer in the history."""
    book.commit(charter_file("Mistake"), "A mistake", date="2026-03-20")
    same(book, kept)
    book.git("reset", "--quiet", "--hard", "HEAD~1")
    same(book, kept)
    book.commit(charter_file("Right"), "Right", date="2026-03-21")
    (version,) = same(book, kept).versions
    assert [revision.subject for revision in version.revisions] == ["A change", "Take two", "Right"]


def test_another_line_through_the_same_commits(book: Repo, kept: Path) -> None:
    """Cached commits of a branch do not count for the branch that merged it."""
    book.switch("side")
    read_history(book.folder, Settings(branch="side"), kept)
    book.switch("main")
    (version,) = same(book, kept).versions
    assert [revision.subject for revision in version.revisions] == ["A change", "Take two"]


def test_a_shallow_clone(book: Repo, kept: Path, tmp_path: Path) -> None:
    """Once completed, it has the whole history."""
    book.commit(charter_file("Three"), date="2026-04-13")
    clone = book.clone(tmp_path / "clone", "--depth=1")
    assert len(same(clone, kept).versions) == 1
    clone.git("fetch", "--quiet", "--unshallow")
    assert len(same(clone, kept).versions) == 2


def test_many_new_commits(book: Repo, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a limit, the full log is read."""
    same(book, kept)
    monkeypatch.setattr(incremental_log, "_MAX_NEW", 1)
    for title in ("Three", "Four"):
        book.commit(charter_file(title), date="2026-04-13")
    assert len(same(book, kept).versions) == 2
