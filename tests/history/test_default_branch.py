"""Clones in which the published branch is unknown or outdated."""

from __future__ import annotations

from pathlib import Path

import pytest

from charterbook.pull_request import request_variables
from charterbook.repository import state_of
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


@pytest.mark.parametrize("into", ["", ":refs/remotes/origin/{}", ":refs/heads/{}"])
def test_a_branch_in_ci_of_which_a_commit_was_fetched(hub: Repo, tmp_path: Path, into: str) -> None:
    """Nothing says whether the remote has other branches, unless the branch has a usual name."""
    for branch in ("proposal", "main"):
        tip = hub.git("rev-parse", branch)
        clone = fetched(hub, tmp_path / branch, f"+{tip}{into.format(branch)}", checkout=tip, branch=branch)
        known = UNKNOWN.format("the branch proposal").partition(", or set")[0]
        assert [warning[: len(known)] for warning in clone.history().warnings] == (
            [known] if branch == "proposal" else []
        )


def test_a_pull_request_in_ci_with_all_branches(hub: Repo, tmp_path: Path) -> None:
    """The published branch is found by its usual name."""
    refs = ("+refs/heads/*:refs/remotes/origin/*", "+refs/heads/proposal:refs/remotes/pull/1/merge")
    clone = fetched(hub, tmp_path / "clone", *refs, checkout="refs/remotes/pull/1/merge")
    history = clone.history()
    assert (shown(history), history.warnings) == ([("2026-Q1", "One")], ())


#: Variables of hosts in the build of a pull request.
REQUESTS = {
    "DRONE_PULL_REQUEST": "7", "CI_COMMIT_PULL_REQUEST": "7", "CI_MERGE_REQUEST_IID": "7", "BITBUCKET_PR_ID": "7",
    "SYSTEM_PULLREQUEST_PULLREQUESTID": "7", "CHANGE_ID": "7", "TRAVIS_PULL_REQUEST": "7", "CIRRUS_PR": "7",
    "CIRCLE_PULL_REQUEST": "https://example.com/pull/7", "BUILDKITE_PULL_REQUEST": "7", "GITHUB_HEAD_REF": "idea",
    "APPVEYOR_PULL_REQUEST_NUMBER": "7", "SEMAPHORE_GIT_PR_NUMBER": "7", "PULL_REQUEST": "true", "IS_PULL_REQUEST": "true",
    "VERCEL_GIT_PULL_REQUEST_ID": "7", "AWS_PULL_REQUEST_ID": "7",
}  # fmt: skip


@pytest.mark.parametrize("name", REQUESTS)
def test_a_pull_request_merged_into_the_local_branch(
    hub: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As Woodpecker does. A warning says so, with any settings; the suggested commands work."""
    hub.git("update-ref", "refs/pull/7/merge", "proposal")
    clone = fetched(hub, tmp_path / "clone", "refs/pull/7/merge", checkout="FETCH_HEAD", branch="main")
    assert clone.history().warnings == ()
    monkeypatch.setenv(name, REQUESTS[name])
    for settings in SETTINGS:
        (warning,) = clone.history(**settings).warnings
        assert warning == (
            "The branch main is shown as in force, though this is the build of a pull request "
            f"({name} is set), and the branch that is published is not known. To fix this, run {ALL}."
        )
    run_git(clone.folder, "remote", "set-branches", "origin", "*")
    clone.git("fetch", "--quiet", "origin")
    clone.git("remote", "set-head", "origin", "--auto")
    assert_proposed(hub, clone)


#: Settings that name the published branch, or do not.
SETTINGS: tuple[dict[str, str], ...] = ({}, {"branch": "main"})


def assert_proposed(hub: Repo, clone: Repo) -> None:
    """The hub's branch main is in force, and the request is the draft."""
    for settings in SETTINGS:
        history = clone.history(**settings)
        assert (history.commit, history.warnings) == (hub.head, ())
        assert history.draft is not None
        assert history.draft.charter.title == "Proposed"


def test_a_pull_request_merged_into_a_known_branch(
    hub: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Drone does: what was fetched is in force, not the local branch."""
    clone = fetched(hub, tmp_path / "clone", "refs/heads/main:", checkout="FETCH_HEAD", branch="main")
    clone.git("fetch", "--quiet", "origin", "refs/heads/proposal:")
    clone.git("merge", "--quiet", "--ff-only", "FETCH_HEAD")
    clone.git("update-ref", "-d", "refs/remotes/origin/proposal")
    monkeypatch.setenv("DRONE_PULL_REQUEST", "7")
    assert_proposed(hub, clone)


@pytest.mark.parametrize(
    ("name", "value"), [("TRAVIS_PULL_REQUEST", "false"), ("PULL_REQUEST", "False"), ("GITHUB_HEAD_REF", ""), ("CHANGE", "1"), ("PR", "7"), ("MY_PR", "7")]
)  # fmt: skip
def test_variables_without_a_pull_request(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Hosts also set some in other builds."""
    monkeypatch.setenv(name, value)
    assert request_variables() == []


@pytest.mark.parametrize("checkout", ["bisect", "rebase", "tag"])
def test_an_older_commit_of_a_repository_without_a_remote(hub: Repo, checkout: str) -> None:
    """Newer versions are not shown, with a warning. At the tip of a branch there is none."""
    hub.commit(charter_file("Two"), "Two", date="2026-07-13")
    hub.git("checkout", "--quiet", "--detach")
    assert hub.history().warnings == ()
    hub.switch("main")
    if checkout == "bisect":
        hub.git("bisect", "start", "HEAD", "HEAD~1", "--no-checkout")
        hub.git("checkout", "--quiet", "HEAD~1", "--detach")
        hub.commit(charter_file("Three"), date="2026-07-14")
    elif checkout == "rebase":
        hub.git("-c", "sequence.editor=sed -i s/^pick/edit/", "rebase", "--quiet", "--interactive", "--root")
        hub.git("commit", "--quiet", "--amend", "--message", "Changed")
    else:
        hub.git("branch", "--force", "proposal")
        hub.tag("some", "HEAD~1")
        hub.git("checkout", "--quiet", "--detach", "some")
    repair = "check out the published branch, or set `branch`"
    (warning,) = hub.history().warnings
    assert warning.startswith(UNKNOWN.partition("To fix")[0].format("the commit that is checked out"))
    assert repair in warning
    assert hub.history(branch="main").warnings == ()


def test_a_tag_is_no_branch(hub: Repo, tmp_path: Path) -> None:
    """A commit fetched in CI with tags alone can be a proposal."""
    hub.tag("v1")
    hub.git("update-ref", "refs/pull/7/head", "proposal")
    refs = ("refs/pull/7/head", "refs/tags/v1:refs/tags/v1")
    clone = fetched(hub, tmp_path / "clone", *refs, checkout=hub.git("rev-parse", "proposal"))
    (warning,) = clone.history().warnings
    assert warning.startswith(UNKNOWN.partition(", or set")[0].format("the commit that is checked out"))
    assert "set `branch`" not in warning


@pytest.mark.parametrize("repair", ["switch", "fetch"])
def test_a_release_that_builds_a_tag(hub: Repo, tmp_path: Path, repair: str) -> None:
    """In a clone of a tag alone. The commands of the warning work: one publishes the tag, the other the branch."""
    hub.tag("v1")
    hub.commit(charter_file("Two"), date="2026-07-13")
    clone = hub.clone(tmp_path / "clone", "--single-branch", "--branch=v1")
    (warning,) = clone.history().warnings
    assert f"run {ALL}. To publish this very commit, as for a release, run `git switch -C main`" in warning
    if repair == "switch":
        for _ in range(2):  # a runner that keeps its clone has the branch of the previous job
            clone.git("switch", "--quiet", "-C", "main")
            clone.git("checkout", "--quiet", "--detach", "v1")
        clone.git("switch", "--quiet", "-C", "main")
    else:
        run_git(clone.folder, "remote", "set-branches", "origin", "*")
        clone.git("fetch", "--quiet", "origin")
        clone.git("remote", "set-head", "origin", "--auto")
    expected = [("2026-Q1", "One")] + ([("2026-Q3", "Two")] if repair == "fetch" else [])
    assert (shown(clone.history()), clone.history().warnings) == (expected, ())


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


def test_a_pull_request_has_a_state_of_its_own(hub: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether one is built counts for what is published, so a site is built again."""
    before = state_of(hub.folder / "charter.yml")
    monkeypatch.setenv("PULL_REQUEST", "true")
    assert state_of(hub.folder / "charter.yml") != before
