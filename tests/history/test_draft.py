from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from charterbook.errors import GitError, SettingsError
from charterbook.history import Version, read_history
from charterbook.settings import Settings
from tests.charters import minimal_charter
from tests.histories import Repo, shown

ONE, TWO = (minimal_charter(title=title) for title in ("One", "Two"))
BROKEN = "title: [\n"


@pytest.fixture
def clone(repo: Repo, tmp_path: Path) -> Repo:
    """A clone of a repository with one published version."""
    repo.commit({"charter.yml": ONE}, date="2026-01-13")
    return repo.clone(tmp_path / "clone")


def pull_request(clone: Repo, content: str) -> Repo:
    """A pull request as CI checks it out: a merge of main and the branch, on no branch."""
    clone.branch("idea")
    clone.commit({"charter.yml": content}, date="2026-02-01")
    clone.switch("main")
    clone.git("checkout", "--quiet", "--detach")
    clone.merge("idea", "Merge idea into main", date="2026-02-02")
    clone.git("branch", "-D", "main", "idea")
    clone.git("remote", "set-head", "origin", "--delete")
    return clone


def test_an_uncommitted_change(repo: Repo) -> None:
    """A change in the working tree is a draft, with its places."""
    repo.commit({"charter.yml": ONE}, date="2026-01-13")
    repo.write({"charter.yml": TWO})
    draft = repo.history().draft
    assert draft is not None
    assert (draft.charter.title, draft.data, draft.origin) == ("Two", TWO.encode(), "working tree")
    assert draft.places.of(("title",)) == (1, 8)


@pytest.mark.parametrize(
    "text", [f"# A comment\n{ONE}", ONE.replace("\n", "\r\n"), ONE.replace("title: One", "title:  'One'")]
)
def test_a_change_without_new_content(repo: Repo, text: str) -> None:
    """Comments, line ends and quotes are no draft."""
    repo.commit({"charter.yml": ONE}, date="2026-01-13")
    repo.write({"charter.yml": text})
    history = repo.history()
    assert (history.draft, history.draft_problems) == (None, ())


def test_a_change_back_to_the_latest_version(repo: Repo) -> None:
    """The content of the latest version is not a draft, even uncommitted."""
    repo.commit({"charter.yml": ONE}, date="2026-01-13")
    repo.tag("2026-Q1")
    repo.commit({"charter.yml": TWO}, date="2026-01-14")
    repo.write({"charter.yml": ONE})
    assert repo.history().draft is None


def test_a_new_comment_on_a_charter_that_is_not_shown(repo: Repo) -> None:
    """The content of HEAD is not a draft, even if a tag makes the version show something else."""
    repo.commit({"charter.yml": ONE}, date="2026-01-13")
    repo.tag("2026-Q1")
    repo.commit({"charter.yml": TWO}, date="2026-01-14")
    repo.write({"charter.yml": f"# A comment\n{TWO}"})
    assert repo.history().draft is None


def test_an_uncommitted_mistake(repo: Repo) -> None:
    """An invalid working tree gives its problems; published versions are unaffected."""
    repo.commit({"charter.yml": ONE}, date="2026-01-13")
    repo.write({"charter.yml": BROKEN})
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One")]
    assert history.draft is None
    assert [problem.severity for problem in history.draft_problems][:1] == ["error"]


@pytest.mark.parametrize("text", [BROKEN, BROKEN.replace("\n", "\r\n")])
def test_a_committed_mistake(repo: Repo, text: str) -> None:
    """It is a skipped revision with a warning, not a draft."""
    repo.commit({"charter.yml": ONE}, date="2026-01-13")
    repo.commit({"charter.yml": BROKEN}, date="2026-01-14")
    repo.write({"charter.yml": text})
    history = repo.history()
    assert (history.draft, history.draft_problems) == (None, ())
    assert len(history.warnings) == 1


def test_a_pull_request(clone: Repo) -> None:
    """A pull request, checked out by CI as a merge commit, is a draft against main."""
    history = pull_request(clone, TWO).history()
    assert shown(history) == [("2026-Q1", "One")]
    assert history.draft is not None
    assert (history.draft.charter.title, history.draft.origin) == ("Two", "HEAD")


def test_a_pull_request_with_a_mistake(clone: Repo) -> None:
    """Its problems are reported, though the working tree is clean."""
    history = pull_request(clone, BROKEN).history()
    assert history.draft is None
    assert history.draft_problems


def test_a_pull_request_that_leaves_the_charter_alone(repo: Repo, clone: Repo) -> None:
    """A branch without changes of the charter has no draft, even if main is ahead."""
    clone.branch("docs")
    clone.commit({"docs/index.md": "Hello"}, date="2026-02-01")
    repo.commit({"charter.yml": TWO}, date="2026-02-02")
    clone.git("fetch", "--quiet")
    history = clone.history()
    assert shown(history) == [("2026-Q1", "Two")]
    assert history.draft is None


def test_an_uncommitted_change_on_a_branch(clone: Repo) -> None:
    """On a branch, the working tree also takes precedence over the commit."""
    clone.branch("idea")
    clone.commit({"charter.yml": TWO}, date="2026-02-01")
    clone.write({"charter.yml": minimal_charter(title="Three")})
    draft = clone.history().draft
    assert draft is not None
    assert (draft.charter.title, draft.origin) == ("Three", "working tree")


def test_an_unrelated_branch(clone: Repo) -> None:
    """A branch without a commit, or without a common one, also has its draft."""
    clone.git("checkout", "--quiet", "--orphan", "fresh")
    clone.write({"charter.yml": TWO})
    for _ in range(2):
        draft = clone.history().draft
        assert draft is not None
        assert draft.charter.title == "Two"
        clone.commit({"charter.yml": TWO}, date="2026-02-01")


def test_the_file_is_missing(repo: Repo) -> None:
    """Without a charter in the working tree, only published versions are shown."""
    repo.commit({"charter.yml": ONE}, date="2026-01-13")
    repo.write({"charter.yml": None})
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One")]
    assert (history.draft, history.draft_problems) == (None, ())


def alone(version: str, title: str = "Enablement charter") -> list[tuple[str, str | None]]:
    """The version of a working tree without a history."""
    return [(version, title)]


def test_no_repository(tmp_path: Path) -> None:
    """Outside a repository the working tree is the only version."""
    text = minimal_charter(version="2026-Q3")
    (tmp_path / "charter.yml").write_text(text)
    history = read_history(tmp_path, Settings())
    assert shown(history) == alone("2026-Q3")
    assert history.versions[0] == Version(
        "2026-Q3",
        charter=history.versions[0].charter,
        data=text.encode(),
        aliases=("latest",),
        begins=datetime.date(2026, 7, 1),
        ends=datetime.date(2026, 9, 30),
        is_open=True,
    )
    assert (history.draft, history.branch, history.warnings, history.shallow) == (None, None, (), False)


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git, too."""
    (tmp_path / "charter.yml").write_text(minimal_charter(version="2026-Q3"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shown(read_history(tmp_path, Settings())) == alone("2026-Q3")


def test_no_git_where_there_is_a_history(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning says that the history is missing."""
    repo.commit({"charter.yml": ONE}, date="2026-01-13")
    monkeypatch.setenv("PATH", str(tmp_path))
    (warning,) = repo.history().warnings
    assert "(Git is not installed, or not on the PATH), so only the charter on disk is shown" in warning
    assert f"there is {repo.folder / '.git'}" in warning


def test_a_first_commit_that_is_broken(repo: Repo) -> None:
    """Its problems are reported: there is no other version."""
    repo.commit({"charter.yml": BROKEN}, date="2026-01-13")
    history = repo.history()
    assert (history.published, len(history.draft_problems)) == ((), 1)


def test_a_repository_without_commits(repo: Repo) -> None:
    """The working tree is the only version, named by the day it is in force."""
    repo.write({"charter.yml": minimal_charter().replace("title:", "effective: 2026-05-01\ntitle:")})
    history = repo.history(period="half")
    assert (shown(history), history.branch) == (alone("2026-H1"), "main")


def test_a_charter_that_was_never_committed(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the only version, named by today, which SOURCE_DATE_EPOCH may set."""
    repo.commit({"README.md": "Hello"})
    repo.write({"charter.yml": ONE})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775001600")
    assert shown(repo.history()) == alone("2026-Q2", "One")
    assert shown(repo.history(timezone="America/New_York")) == alone("2026-Q1", "One")


def test_a_mistake_without_a_history(tmp_path: Path) -> None:
    """There is no version, and the problems are the working tree's."""
    (tmp_path / "charter.yml").write_text(BROKEN)
    history = read_history(tmp_path, Settings())
    assert history.versions == ()
    assert history.draft_problems


def test_no_charter_at_all(tmp_path: Path, repo: Repo) -> None:
    """If there is no file either, there is no version."""
    assert read_history(tmp_path, Settings()).versions == ()
    assert repo.history(charter="no/such/folder/charter.yml").versions == ()


def test_an_unknown_time_zone(repo: Repo) -> None:
    """The error names the setting."""
    with pytest.raises(SettingsError, match=r"timezone: 'Mars/Olympus' is not a time zone"):
        repo.history(timezone="Mars/Olympus")


def test_a_repository_of_another_user(repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A repository that git refuses to read is an error, never an empty history."""
    repo.commit({"charter.yml": ONE})
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\necho \"fatal: detected dubious ownership in repository at '/srv'\" >&2\nexit 128\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    with pytest.raises(GitError, match=r"git config --global --add safe\.directory"):
        repo.history()
