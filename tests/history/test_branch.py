from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from charterbook.errors import GitError, SettingsError
from charterbook.history import History, read_history
from charterbook.history.branch import shows_the_same
from charterbook.repository import state_of
from charterbook.settings import Settings
from tests.charters import charter_file, minimal_charter
from tests.histories import Repo, git_version, run_git, shown


@pytest.fixture
def clone(repo: Repo, tmp_path: Path) -> Repo:
    """A clone of a repository with one published version."""
    repo.commit(charter_file("One"), date="2026-01-13")
    return repo.clone(tmp_path / "clone")


def test_the_current_branch_where_there_is_no_remote(repo: Repo) -> None:
    """A local repository publishes the checked-out branch."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.branch("other")
    repo.commit(charter_file("Two"), date="2026-04-13")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One"), ("2026-Q2", "Two")]
    assert (history.branch, history.draft) == ("other", None)


def test_the_remotes_default_branch(clone: Repo) -> None:
    """In a clone the remote's default branch is published, with any branch checked out."""
    clone.branch("idea")
    clone.commit(charter_file("An idea"), date="2026-04-13")
    history = clone.history()
    assert shown(history) == [("2026-Q1", "One")]
    assert history.branch == "main"
    assert history.draft is not None
    assert (history.draft.charter.title, history.draft.origin) == ("An idea", "HEAD")


def test_a_default_branch_with_another_name(repo: Repo, tmp_path: Path) -> None:
    """The remote's default takes precedence over a branch called main."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.branch("trunk")
    clone = repo.clone(tmp_path / "clone")
    clone.branch("idea")
    assert clone.history().branch == "trunk"


def test_the_local_branch_is_ahead(clone: Repo) -> None:
    """Local commits on the published branch count as published."""
    clone.commit(charter_file("Two"), date="2026-04-13")
    history = clone.history()
    assert shown(history) == [("2026-Q1", "One"), ("2026-Q2", "Two")]
    assert history.draft is None


def test_the_local_branch_is_behind(repo: Repo, clone: Repo) -> None:
    """Fetched commits count as published, even unmerged; the older working tree is not a draft."""
    repo.commit(charter_file("Two"), date="2026-04-13")
    clone.git("fetch", "--quiet")
    history = clone.history()
    assert shown(history) == [("2026-Q1", "One"), ("2026-Q2", "Two")]
    assert history.draft is None


def test_diverged_branches(repo: Repo, clone: Repo) -> None:
    """The local branch counts if it is checked out, else the remote's."""
    repo.commit(charter_file("Theirs"), date="2026-04-13")
    clone.commit(charter_file("Ours"), date="2026-04-14")
    clone.git("fetch", "--quiet")
    assert shown(clone.history())[-1] == ("2026-Q2", "Ours")
    clone.branch("idea")
    assert shown(clone.history())[-1] == ("2026-Q2", "Theirs")


def test_a_remote_without_a_known_default(clone: Repo) -> None:
    """If the remote's default is unknown, as in CI, main counts."""
    clone.git("remote", "set-head", "origin", "--delete")
    clone.git("checkout", "--quiet", "--detach")
    clone.git("branch", "-D", "main")
    clone.commit(charter_file("An idea"), date="2026-04-13")
    history = clone.history()
    assert (shown(history), history.branch) == ([("2026-Q1", "One")], "main")
    assert history.draft is not None


def test_master(clone: Repo) -> None:
    """Without a main branch on the remote, master counts."""
    clone.git("update-ref", "refs/remotes/origin/master", "HEAD")
    for ref in ("refs/remotes/origin/HEAD", "refs/remotes/origin/main"):
        clone.git("update-ref", "--no-deref", "-d", ref)
    clone.branch("idea")
    assert clone.history().branch == "master"


def test_neither_default_nor_main(clone: Repo) -> None:
    """Without any of these, the current branch counts."""
    clone.git("update-ref", "refs/remotes/origin/trunk", "HEAD")
    for ref in ("refs/remotes/origin/HEAD", "refs/remotes/origin/main"):
        clone.git("update-ref", "--no-deref", "-d", ref)
    clone.branch("idea")
    assert clone.history().branch == "idea"


def test_the_only_remote_has_another_name(clone: Repo) -> None:
    """A single remote need not be called origin."""
    clone.git("remote", "rename", "origin", "company/git")
    clone.branch("idea")
    clone.commit(charter_file("An idea"), date="2026-04-13")
    assert shown(clone.history()) == [("2026-Q1", "One")]


def test_the_branch_setting(repo: Repo) -> None:
    """The setting decides."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.branch("published")
    repo.switch("main")
    repo.commit(charter_file("Two"), date="2026-04-13")
    history = repo.history(branch="published")
    assert (shown(history), history.branch) == ([("2026-Q1", "One")], "published")
    assert history.draft is not None


def test_the_branch_setting_names_a_remotes_branch(clone: Repo) -> None:
    """A branch can be named with its remote."""
    assert clone.history(branch="origin/main").branch == "origin/main"


def test_an_unknown_branch(clone: Repo) -> None:
    """The error names the branches that exist."""
    with pytest.raises(SettingsError) as caught:
        clone.history(branch="mian")
    assert str(caught.value) == (
        "branch: there is no branch 'mian' in this repository. Branches: main, origin/main. If the remote has it, "
        "run `git remote set-branches origin '*' && git fetch origin && git remote set-head origin --auto`."
    )


@pytest.mark.parametrize("name", ["-x", "--all", "a/b", "Ünï", "q'\"$(id)", "HEAD", "2026-Q1"])
def test_odd_branch_names(repo: Repo, name: str) -> None:
    """A branch can have any name that git stores."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.branch(name)
    repo.tag(name)
    repo.commit(charter_file("Two"), date="2026-04-13")
    for history in (repo.history(), repo.history(branch=name)):
        assert history.branch == name
        assert shown(history)[-1] == ("2026-Q2", "Two")


def test_detached_head(repo: Repo) -> None:
    """Without remotes the history ends at the commit that is checked out."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.commit(charter_file("Two"), date="2026-04-13")
    repo.git("checkout", "--quiet", "--detach", "HEAD~1")
    history = repo.history()
    assert (shown(history), history.branch, history.draft) == ([("2026-Q1", "One")], None, None)


def test_an_old_commit_checked_out(clone: Repo) -> None:
    """An old commit that is checked out is not a draft."""
    clone.commit(charter_file("Two"), date="2026-04-13")
    clone.git("checkout", "--quiet", "--detach", "HEAD~1")
    history = clone.history()
    assert shown(history) == [("2026-Q1", "One"), ("2026-Q2", "Two")]
    assert history.draft is None


def test_a_linked_worktree(repo: Repo, tmp_path: Path) -> None:
    """A linked worktree has the whole history."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.git("worktree", "add", "--quiet", "-b", "idea", str(tmp_path / "linked"))
    linked = Repo(tmp_path / "linked")
    linked.commit(charter_file("Two"), date="2026-04-13")
    assert shown(linked.history()) == [("2026-Q1", "One"), ("2026-Q2", "Two")]
    assert shown(repo.history()) == [("2026-Q1", "One")]


def test_a_submodule(repo: Repo, tmp_path: Path) -> None:
    """A handbook in a submodule has the submodule's history, not that of the repository around it."""
    repo.commit(charter_file("One"), date="2026-01-13")
    outer = Repo(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", repo.folder.as_uri(), "book")
    outer.commit({}, "Add the handbook", date="2026-04-13")
    assert shown(read_history(outer.folder / "book", Settings())) == [("2026-Q1", "One")]
    assert shown(read_history(outer.folder, Settings(charter="book/charter.yml"))) == [("2026-Q1", "One")]


def test_a_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    """A shallow clone is recognised, and the warning names the command that repairs it."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.commit(charter_file("Two"), date="2026-04-13")
    clone = repo.clone(tmp_path / "clone", "--depth=1")
    history = clone.history()
    assert history.shallow
    assert shown(history) == [("2026-Q2", "Two")]
    (warning,) = history.warnings
    assert warning == (
        "This clone is shallow: older versions are missing, and dates may be wrong. "
        "Run `git fetch --unshallow`; in CI, set `fetch-depth: 0` (GitHub) or `GIT_DEPTH: 0` (GitLab)."
    )
    clone.git("fetch", "--quiet", "--unshallow")
    assert shown(clone.history()) == [("2026-Q1", "One"), ("2026-Q2", "Two")]


@pytest.mark.parametrize("filter_", ["blob:none", "tree:0"])
def test_a_clone_without_contents(repo: Repo, tmp_path: Path, filter_: str) -> None:
    """A partial clone lacks old charters: nothing is fetched, and the message says what to do."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.commit(charter_file("Two"), date="2026-04-13")
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = repo.clone(tmp_path / "clone", f"--filter={filter_}")
    with pytest.raises(GitError, match=r"This is a partial clone.*`git fetch --refetch --no-filter`"):
        clone.history()
    if git_version() >= (2, 36):
        clone.git("fetch", "--quiet", "--refetch", "--no-filter")
        assert shown(clone.history()) == [("2026-Q1", "One"), ("2026-Q2", "Two")]


def test_symlinked_folder(repo: Repo, tmp_path: Path) -> None:
    """A link to the handbook's folder leads to its repository."""
    repo.commit(charter_file("One"), date="2026-01-13")
    (tmp_path / "link").symlink_to(repo.folder)
    assert shown(read_history(tmp_path / "link", Settings())) == [("2026-Q1", "One")]


def test_a_bare_repository_around_the_folder(tmp_path: Path) -> None:
    """Inside a git directory there is no history."""
    run_git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    (tmp_path / "bare.git" / "charter.yml").write_text(minimal_charter(version="2026-Q3"))
    assert shown(read_history(tmp_path / "bare.git", Settings())) == [("2026-Q3", "Enablement charter")]


def test_whether_all_charters_are_known(repo: Repo, tmp_path: Path) -> None:
    """A broken revision is known to be broken; a shallow clone lacks the older ones."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.commit({"charter.yml": "title: [\n"}, date="2026-01-20")
    repo.commit(charter_file("Two"), date="2026-04-13")
    assert repo.history().is_complete
    assert not repo.clone(tmp_path / "clone", "--depth=1").history().is_complete


def _commit_elsewhere(repo: Repo, branch: str) -> None:
    """Commit to a branch without checking it out, as in another working tree or by a fetch."""
    tree = repo.git("rev-parse", "HEAD^{tree}")
    commit = repo.git("commit-tree", tree, "-p", "HEAD", "-m", "Elsewhere")
    repo.git("update-ref", branch, commit)


#: What happens in a clone while its handbook is built, and whether the site shows it.
EVENTS: dict[str, tuple[Callable[[Repo], object], bool]] = {
    "nothing": (lambda _: None, False),
    "a commit on another branch": (lambda one: _commit_elsewhere(one, "refs/heads/other"), False),
    "a fetch of another branch": (lambda one: _commit_elsewhere(one, "refs/remotes/origin/other"), False),
    "a fetch of another branch without an older one": (lambda one: one.git("branch", "-D", "old"), False),
    "a note, and a stash": (lambda one: _commit_elsewhere(one, "refs/stash"), False),
    "another name for the remote's branch": (
        lambda one: one.git("update-ref", "refs/remotes/origin/same", "refs/remotes/origin/main"),
        False,
    ),
    "a fetch of the published branch": (lambda one: _commit_elsewhere(one, "refs/remotes/origin/main"), True),
    "a commit": (lambda one: one.commit(charter_file("Two"), date="2026-04-13"), True),
    "an edit": (lambda one: one.write(charter_file("Two")), True),
    "a tag": (lambda one: one.git("tag", "2026-Q1"), True),
    "another default branch": (
        lambda one: one.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/next"),
        True,
    ),
    "no history": (lambda one: (one.folder / ".git/HEAD").unlink(), True),
}


def _same_history(before: History, after: History) -> bool:
    plain = [replace(one, warnings=(), doubts=()) for one in (before, after)]
    return plain[0] == plain[1]


@pytest.mark.parametrize("event", EVENTS)
def test_what_happens_to_other_branches_is_not_shown(repo: Repo, tmp_path: Path, event: str) -> None:
    """Only what changes the history makes its state another one."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.branch("next")
    repo.commit(charter_file("Next"), date="2026-01-14")
    repo.git("switch", "--quiet", "main")
    clone = repo.clone(tmp_path / "clone")
    clone.git("branch", "old")
    (act, shown_), file = EVENTS[event], clone.folder / "charter.yml"
    before, history = state_of(file), clone.history()
    act(clone)
    after = state_of(file)
    assert shows_the_same(before, after, None) is not shown_
    assert shown_ or _same_history(history, clone.history())


def test_the_configured_branch_is_shown(clone: Repo) -> None:
    """Another one is not, and one that is gone never was the same."""
    file = clone.folder / "charter.yml"
    clone.git("branch", "mine")
    before = state_of(file)
    _commit_elsewhere(clone, "refs/heads/mine")
    after = state_of(file)
    assert [shows_the_same(before, after, name) for name in (None, "main", "mine", "none")] == [
        True,
        True,
        False,
        False,
    ]
