"""Clones in which the published branch is unknown or outdated."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.charters import charter_file
from tests.histories import Repo, run_git, shown

ALL = "`git remote set-branches origin '*' && git fetch origin && git remote set-head origin --auto`"
UNKNOWN = (
    "The published branch is not known in this clone, so {} is shown as in force, even if it is a proposal. To fix "
    f"this, run {ALL}, or set `branch` for charterbook in mkdocs.yml."
)
OTHER = (
    "The history is that of the branch {}, but {}. If another branch is published by now, run `git remote set-head "
    "origin --auto`, or set `branch` for charterbook in mkdocs.yml."
)


@pytest.fixture
def hub(repo: Repo) -> Repo:
    """A repository to clone: a published branch, and a proposal on another one."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.branch("proposal")
    repo.commit(charter_file("Proposed"), date="2026-04-13")
    repo.switch("main")
    return repo


def fetched(hub: Repo, folder: Path, *refs: str, checkout: str, branch: str | None = None) -> Repo:
    """A checkout as in CI: an empty repository that fetches what it needs."""
    clone = Repo(folder)
    clone.git("symbolic-ref", "HEAD", "refs/heads/unborn")
    clone.git("remote", "add", "origin", hub.folder.as_uri())
    clone.git("fetch", "--quiet", "--no-tags", "origin", *refs)
    clone.git("checkout", "--quiet", *(["-B", branch] if branch else ["--detach"]), checkout)
    return clone


def test_a_whole_clone(hub: Repo, tmp_path: Path) -> None:
    """It knows the published branch, with any branch checked out."""
    for options in ((), ("--branch=proposal",), ("--single-branch",)):
        clone = hub.clone(tmp_path / f"clone{len(options)}{options[-1:]}".replace("'", ""), *options)
        assert (clone.history().branch, clone.history().warnings) == ("main", ())


def test_a_clone_of_one_branch(hub: Repo, tmp_path: Path) -> None:
    """It shows a proposal as in force, with a warning; the suggested commands work."""
    clone = hub.clone(tmp_path / "clone", "--single-branch", "--branch=proposal")
    history = clone.history()
    assert shown(history)[-1] == ("2026-Q2", "Proposed")
    assert history.warnings == (UNKNOWN.format("the branch proposal"),)
    assert clone.history(branch="proposal").warnings == ()
    run_git(clone.folder, "remote", "set-branches", "origin", "*")
    clone.git("fetch", "--quiet", "origin")
    clone.git("remote", "set-head", "origin", "--auto")
    history = clone.history()
    assert (shown(history), history.warnings) == ([("2026-Q1", "One")], ())
    assert history.draft is not None


@pytest.mark.parametrize(
    "ref", ["refs/remotes/pull/1/merge", "refs/pipelines/9", "refs/remotes/origin/proposal", "refs/merge-requests/1/head"]
)  # fmt: skip
def test_a_pull_request_in_ci(hub: Repo, tmp_path: Path, ref: str) -> None:
    """If only the ref of the request was fetched."""
    clone = fetched(hub, tmp_path / "clone", f"+refs/heads/proposal:{ref}", checkout=ref)
    assert clone.history().warnings == (UNKNOWN.format("the commit that is checked out"),)


def test_a_pull_request_in_ci_with_all_branches(hub: Repo, tmp_path: Path) -> None:
    """The published branch is found by its usual name."""
    refs = ("+refs/heads/*:refs/remotes/origin/*", "+refs/heads/proposal:refs/remotes/pull/1/merge")
    clone = fetched(hub, tmp_path / "clone", *refs, checkout="refs/remotes/pull/1/merge")
    history = clone.history()
    assert (shown(history), history.warnings) == ([("2026-Q1", "One")], ())


def test_a_push_in_ci_to_a_branch_with_another_name(hub: Repo, tmp_path: Path) -> None:
    """With one branch everything is known; with several, the published one is unknown."""
    hub.git("branch", "-m", "main", "trunk")
    every = "+refs/heads/*:refs/remotes/origin/*"
    clone = fetched(hub, tmp_path / "two", every, checkout="refs/remotes/origin/trunk", branch="trunk")
    assert clone.history().warnings == (UNKNOWN.format("the branch trunk"),)
    assert clone.history(branch="trunk").warnings == ()
    hub.git("branch", "-D", "proposal")
    clone = fetched(hub, tmp_path / "one", every, checkout="refs/remotes/origin/trunk", branch="trunk")
    assert (clone.history().branch, clone.history().warnings) == ("trunk", ())


def test_a_new_repository_and_its_first_push(repo: Repo, tmp_path: Path) -> None:
    """Before and after it, the current branch is the published one."""
    repo.git("symbolic-ref", "HEAD", "refs/heads/handbook")
    repo.commit(charter_file("One"), date="2026-01-13")
    run_git(tmp_path, "init", "--quiet", "--bare", "hub.git")
    repo.git("remote", "add", "origin", str(tmp_path / "hub.git"))
    assert repo.history().warnings == ()
    repo.git("push", "--quiet", "--set-upstream", "origin", "handbook")
    assert repo.history().warnings == ()


def test_several_remotes(hub: Repo, tmp_path: Path) -> None:
    """If none is origin, the published branch is unknown, except for conventional names."""
    clone = hub.clone(tmp_path / "clone", "--origin=ours")
    clone.git("remote", "add", "theirs", hub.folder.as_uri())
    assert clone.history().warnings == ()
    clone.git("checkout", "--quiet", "proposal")
    (warning,) = clone.history().warnings
    assert "fetch the published branch, or set `branch`" in warning


@pytest.mark.long
def test_a_default_branch_that_is_gone(hub: Repo, tmp_path: Path) -> None:
    """The remote has renamed it: after any kind of fetch, a warning says so."""
    hub.git("branch", "-m", "main", "master")
    clone, pruned, pulled = (hub.clone(tmp_path / name) for name in ("clone", "pruned", "pulled"))
    assert clone.history().warnings == ()
    hub.git("branch", "-m", "master", "main")
    hub.commit(charter_file("Two"), date="2026-07-13")
    clone.git("fetch", "--quiet")
    assert clone.history().warnings == (
        OTHER.format("master", "the last `git fetch` did not find it at origin any more"),
    )
    pruned.git("fetch", "--quiet", "--prune")
    assert pruned.history().warnings == (
        OTHER.format("main", "origin/HEAD names master, which does not exist"),
    )
    pulled.git("fetch", "--quiet", "origin", "main:refs/remotes/origin/main")
    assert pulled.history().warnings == (OTHER.format("master", "origin/main is newer"),)
    for each in (clone, pruned, pulled):
        each.git("remote", "set-head", "origin", "--auto")
        assert each.history().branch == "main"
        assert each.history().warnings == ()


@pytest.mark.long
def test_a_default_branch_that_was_left_behind(hub: Repo, tmp_path: Path) -> None:
    """Another branch is ahead of it for more than half a year; a proposal takes less."""
    clone = hub.clone(tmp_path / "clone")
    hub.switch("proposal")
    for date, warnings in [
        ("2026-07-01", ()),
        ("2026-08-01", (OTHER.format("main", "origin/proposal is newer"),)),
    ]:
        hub.commit({"README.md": date}, date=date)
        clone.git("fetch", "--quiet", "origin", "proposal")
        assert clone.history().warnings == warnings
    clone.git("checkout", "--quiet", "-b", "main2", "origin/main")
    assert clone.history(branch="main").warnings == ()


def test_a_fetch_of_one_branch_says_nothing_of_others(hub: Repo, tmp_path: Path) -> None:
    """Nor does one from another remote."""
    clone = hub.clone(tmp_path / "clone")
    clone.git("fetch", "--quiet", "origin", "proposal")
    assert clone.history().warnings == ()
    other = Repo(tmp_path / "other")
    for name in ("one", "two"):
        other.git("symbolic-ref", "HEAD", f"refs/heads/{name}")
        other.commit({"README.md": name})
    clone.git("remote", "add", "other", other.folder.as_uri())
    clone.git("fetch", "--quiet", "other")
    assert clone.history().warnings == ()
