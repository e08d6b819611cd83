"""A missing history is reported wherever there is a sign of one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from charterbook.errors import GitError
from charterbook.history import History, read_history
from charterbook.history.missing_history import host_variables
from charterbook.settings import Settings
from tests.charters import charter_file, minimal_charter
from tests.histories import Repo, shown

ALONE = [("2026-Q3", "Enablement charter")]


def _remove(name: str) -> Callable[[Path], None]:
    return lambda git: shutil.rmtree(git / name) if (git / name).is_dir() else (git / name).unlink()


def _write(name: str, text: str) -> Callable[[Path], None]:
    def write(git: Path) -> None:
        (git / name).write_text(text)

    return write


def _instead(text: str | None) -> Callable[[Path], None]:
    """A file, or an empty folder, instead of the repository."""

    def replace(git: Path) -> None:
        shutil.rmtree(git)
        git.mkdir() if text is None else git.write_text(text)

    return replace


def _set(line: str) -> Callable[[Path], None]:
    def append(git: Path) -> None:
        with (git / "config").open("a") as file:
            file.write(f"{line}\n")

    return append


def _emptied(name: str) -> Callable[[Path], None]:
    def empty(git: Path) -> None:
        shutil.rmtree(git / name)
        (git / name).mkdir()

    return empty


def _dangling(git: Path) -> None:
    shutil.rmtree(git)
    git.symlink_to("/nowhere")


UNUSABLE = {
    "without objects": _remove("objects"),
    "with empty objects": _emptied("objects"),
    "without refs": _remove("refs"),
    "with empty refs": _emptied("refs"),
    "without HEAD": _remove("HEAD"),
    "with an empty HEAD": _write("HEAD", ""),
    "with a HEAD that is nonsense": _write("HEAD", "nonsense\n"),
    "with a HEAD that names a missing branch": _write("HEAD", "ref: refs/heads/gone\n"),
    "with a HEAD that names a missing commit": _write("HEAD", f"{'1' * 40}\n"),
    "with a branch that is nonsense": _write("refs/heads/main", "nonsense\n"),
    "with an empty branch": _write("refs/heads/main", ""),
    "bare": _set("[core]\n\tbare = true"),
    "with another working tree": _set("[core]\n\tworktree = /"),
    "with a working tree that is gone": _set("[core]\n\tworktree = /nowhere"),
    "with settings that are nonsense": _set("["),
    "of a future format": _set("[core]\n\trepositoryformatversion = 9"),
    "with an unknown extension": _set("[core]\n\trepositoryformatversion = 1\n[extensions]\n\tunknown = 1"),
    "whose common folder is gone": _write("commondir", "/nowhere\n"),
    "an empty folder": _instead(None),
    "an empty file": _instead(""),
    "a file that is nonsense": _instead("nonsense\n"),
    "a file that leads nowhere": _instead("gitdir: /nowhere/.git/worktrees/x\n"),
    "a submodule's file that leads nowhere": _instead("gitdir: ../.git/modules/book\n"),
    "a link that leads nowhere": _dangling,
}


#: Damage for which git reports an error; for any other it reports no repository, or no commit.
FATAL = {
    "with empty objects",
    "with settings that are nonsense",
    "of a future format",
    "with an unknown extension",
    "an empty file",
    "a file that is nonsense",
    "a file that leads nowhere",
    "a submodule's file that leads nowhere",
}


@pytest.mark.long
@pytest.mark.parametrize("state", UNUSABLE)
@pytest.mark.parametrize("where", ["repo", "repo/book"])
def test_a_repository_that_cannot_be_used(tmp_path: Path, state: str, where: str) -> None:
    """In the charter's folder or above: an error with git's message, or a warning beside the only version."""
    repo, book = Repo(tmp_path / "repo"), tmp_path / where
    prefix = book.relative_to(repo.folder).as_posix()
    repo.commit({f"{prefix}/charter.yml": minimal_charter(version="2026-Q3")}, date="2026-01-13")
    UNUSABLE[state](repo.folder / ".git")
    if state in FATAL:
        with pytest.raises(GitError, match=r"^git |^This repository is for a newer version of git "):
            read_history(book, Settings())
        return
    history = read_history(book, Settings())
    assert shown(history) == ALONE
    assert " cannot be read (" in history.warnings[0]
    assert "`history: false`" in history.warnings[0]
    assert "\n" not in history.warnings[0]


def test_a_linked_worktree_whose_repository_moved(repo: Repo, tmp_path: Path) -> None:
    """Git reports an error."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.git("worktree", "add", "--quiet", "-b", "idea", str(tmp_path / "linked"))
    repo.folder.rename(tmp_path / "moved")
    with pytest.raises(GitError, match="not a git repository"):
        read_history(tmp_path / "linked", Settings())


def test_a_repository_whose_working_tree_is_anothers(tmp_path: Path) -> None:
    """The enclosing repository never had the charter."""
    Repo(tmp_path).commit({"README.md": "Hello"})
    book = Repo(tmp_path / "book")
    book.commit({"charter.yml": minimal_charter(version="2026-Q3")}, date="2026-01-13")
    book.git("config", "core.worktree", str(tmp_path))
    assert (
        f"there is {book.folder / '.git'}, whose core.worktree is {tmp_path}. " in warnings_of(book.folder)[0]
    )


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A handbook without git."""
    (tmp_path / "charter.yml").write_text(minimal_charter(version="2026-Q3"), encoding="utf-8")
    return tmp_path


def warnings_of(folder: Path, settings: Settings | None = None, manifest: tuple[str, ...] = ()) -> list[str]:
    """Warnings of a handbook whose charter on disk is its only version."""
    history: History = read_history(folder, settings or Settings(), manifest=manifest)
    assert shown(history) == ALONE
    return list(history.warnings)


def test_a_handbook_without_a_past(plain: Path) -> None:
    """A first charter without git, even built before, has no warning."""
    assert warnings_of(plain) == []
    (plain / "site").mkdir()
    (plain / "site" / "versions.json").write_text('[{"version": "2026-Q3"}, {"version": "draft"}]')
    assert warnings_of(plain, manifest=("2026-Q3", "draft")) == []
    Repo(plain)
    assert warnings_of(plain) == []


def test_the_sentence(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line: what was expected, git's message, the consequence, and the remedy."""
    monkeypatch.setenv("GIT_DISCOVERY_ACROSS_FILESYSTEM", "1")  # git's message differs in a mounted folder
    (warning,) = warnings_of(plain, Settings(branch="main"))
    assert warning == (
        "The history of charter.yml cannot be read (git: fatal: not a git repository (or any of the parent "
        "directories): .git), so only the charter on disk is shown; but there is a history: mkdocs.yml sets the branch "
        "main. Build from a full clone together with its .git folder (in a container, .dockerignore must not exclude "
        "it), or set `history: false` for charterbook in mkdocs.yml if the handbook should have no history."
    )


@pytest.mark.parametrize("listed", ["site", "elsewhere"])
def test_a_site_with_older_versions(plain: Path, listed: str) -> None:
    """Their addresses would be lost."""
    (plain / listed).mkdir()
    names = ("2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4", "2025-Q3", "latest")
    (plain / listed / "versions.json").write_text(json.dumps([{"version": name} for name in names]))
    (warning,) = warnings_of(plain, Settings(site=listed))
    assert "there is a history: the site has 2025-Q3, 2025-Q4, 2026-Q1 and 1 more. " in warning


@pytest.mark.parametrize("text", ["", "[", "{}", "[1, {}]", '[{"version": 3}]', "\x80"])
def test_a_list_of_versions_that_is_nonsense(plain: Path, text: str) -> None:
    """It is not a sign."""
    (plain / "site").mkdir()
    (plain / "site" / "versions.json").write_bytes(text.encode("latin-1"))
    assert warnings_of(plain) == []


def test_a_site_that_the_cache_remembers(plain: Path) -> None:
    """It may have been deleted here, and still be published."""
    assert "the site has 2026-Q2" in warnings_of(plain, manifest=("2026-Q2", "2026-Q3"))[0]


def test_the_address_of_a_repository(plain: Path) -> None:
    """A configured repository is a sign."""
    assert "mkdocs.yml sets repo_url" in warnings_of(plain, Settings(repo_url="https://example.com/x"))[0]


ID = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, ID) for name in (
        "GITHUB_SHA", "CI_COMMIT_SHA", "CI_COMMIT_SHORT_SHA", "BITBUCKET_COMMIT", "CF_PAGES_COMMIT_SHA", "COMMIT_REF",
        "CACHED_COMMIT_REF", "VERCEL_GIT_COMMIT_SHA", "RENDER_GIT_COMMIT", "DRONE_COMMIT", "DRONE_COMMIT_SHA",
        "BUILDKITE_COMMIT", "CIRCLE_SHA1", "TRAVIS_COMMIT", "GIT_COMMIT", "SOURCE_VERSION", "BUILD_SOURCEVERSION",
        "CODEBUILD_RESOLVED_SOURCE_VERSION", "AWS_COMMIT_ID", "RAILWAY_GIT_COMMIT_SHA", "READTHEDOCS_GIT_COMMIT_HASH",
        "SEMAPHORE_GIT_SHA", "APPVEYOR_REPO_COMMIT", "HEROKU_SLUG_COMMIT", "COMMIT_SHA", "BUILD_VCS_NUMBER", "KOYEB_GIT_SHA",
    )]
    + [("CI_COMMIT_REF_NAME", "main"), ("CI_COMMIT_BRANCH", "main"), ("GITHUB_REF", "refs/heads/main"),
       ("BUILDKITE_COMMIT", "HEAD"), ("BITBUCKET_BRANCH", "main"), ("GIT_BRANCH", "origin/main")],
)  # fmt: skip
def test_a_hosts_variables(plain: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """They show that a commit was checked out. Values are not printed."""
    monkeypatch.setenv(name, value)
    (warning,) = warnings_of(plain)
    assert f"there is a history: {name} is set. " in warning
    assert ID not in warning


@pytest.mark.parametrize(
    ("name", "value"),
    [("CI", "true"), ("GITHUB_SHA", ""), ("SHARED_SECRET", ID), ("PRE_COMMIT", "1"), ("PRE_COMMIT_HOME", "/x"),
     ("GIT_COMMITTER_NAME", "Ada"), ("GIT_AUTHOR_DATE", "2026-01-01"), ("COMMIT", "yes"), ("TOKEN", ID)],
)  # fmt: skip
def test_variables_that_say_nothing(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """About a checkout."""
    monkeypatch.setenv(name, value)
    assert host_variables() == []


def test_no_history_is_wanted(repo: Repo, plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `history: false` git is not run, and no sign is searched for."""
    monkeypatch.setenv("GITHUB_SHA", ID)
    off = Settings(history=False, branch="main")
    assert warnings_of(plain, off) == []
    repo.commit({"charter.yml": minimal_charter(version="2026-Q3")}, date="2026-01-13")
    assert warnings_of(repo.folder, off) == []


def test_a_branch_that_never_had_the_charter(repo: Repo) -> None:
    """The branch in mkdocs.yml is wrong. Without it, the charter may be new."""
    repo.commit({"README.md": "Hello"})
    repo.branch("pages")
    repo.switch("main")
    repo.commit({"charter.yml": minimal_charter(version="2026-Q3")})
    (warning,) = warnings_of(repo.folder, Settings(branch="pages"))
    assert "(no commit has charter.yml), so only the charter on disk is shown" in warning
    repo.switch("pages")
    repo.write({"charter.yml": minimal_charter(version="2026-Q3")})
    assert warnings_of(repo.folder) == []
    assert "the site has 2026-Q1" in warnings_of(repo.folder, manifest=("2026-Q1",))[0]


@pytest.mark.parametrize("path", ["sub", "books/[a] b"])
def test_a_submodule_without_its_repository(repo: Repo, path: str) -> None:
    """Only its files were copied: the repository around it has no history of them."""
    repo.commit({"README.md": "Hello"}, date="2026-01-13")
    repo.write({f"{path}/charter.yml": minimal_charter(version="2026-Q3")})
    assert warnings_of(repo.folder / path) == []
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{ID},{path}")
    (warning,) = warnings_of(repo.folder / path)
    assert f"there is a history: {path} is a submodule" in warning


@pytest.mark.parametrize(
    ("committed", "named"),
    [
        ("charter.yml", "Charter.yml"),
        ("Team/charter.yml", "team/charter.yml"),
        ("Устав.yml", "УСТАВ.yml"),
        ("Устав отдела «Май».yml", "Устав отдела «Май».yml".replace("й", "и\u0306")),
        ("caf\u0065\u0301.yml", "caf\u00e9.yml"),
    ],
)
def test_a_charter_that_git_spells_otherwise(repo: Repo, committed: str, named: str) -> None:
    """On macOS and Windows, the file is found by either name, but not in git."""
    repo.commit({committed: minimal_charter()}, date="2026-01-13")
    repo.write({named: minimal_charter()})
    (warning,) = repo.history(charter=named).warnings
    assert warning.startswith(f"No commit has {named}, but {committed} is there")
    repo.write({"other.yml": minimal_charter()})
    assert repo.history(charter="other.yml").warnings == ()


def test_a_submodule_in_place_of_the_charter(repo: Repo) -> None:
    """Its commit is not a file that a partial clone lacks."""
    first = repo.commit(charter_file("One"), date="2026-01-13")
    repo.git("rm", "--quiet", "charter.yml")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{first},charter.yml")
    replaced = repo.commit({}, date="2026-04-13")
    (repo.folder / "charter.yml").mkdir()
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One")]
    removed = f"Commit {replaced[:8]} removed charter.yml, so its last state is shown as in force."
    assert [warning.startswith(removed) for warning in history.warnings] == [True]
    (repo.folder / "charter.yml").rmdir()
    repo.commit(charter_file("Three"), date="2026-07-13")
    assert shown(repo.history()) == [("2026-Q1", "One"), ("2026-Q3", "Three")]
