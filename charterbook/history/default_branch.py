"""Detection of a wrong default branch of the remote. This branch is published unless mkdocs.yml sets one.

A clone records that branch only when it is made, and a checkout in CI often does not record it at all. The remote is
not contacted; the clone's own data shows whether something is wrong.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from charterbook import git
from charterbook.problems import escape_terminal
from charterbook.pull_request import request_variables
from charterbook.repository import HEADS, REMOTES, Repository

#: Default branches by convention, the likeliest first.
USUAL = ("main", "master")
#: Age in seconds (half a year) by which the default branch is suspect if a branch that contains it is newer.
_MAX_AGE_DIFFERENCE = 183 * 24 * 3600


def fetch_command(remote: str) -> str:
    """The commands that fetch all branches of a remote and set its default branch."""
    name = shlex.quote(remote)
    return f"`git remote set-branches {name} '*' && git fetch {name} && git remote set-head {name} --auto`"


def outdated_default_warning(repository: Repository, remote: str, name: str) -> tuple[str, ...]:
    """A warning that the assumed default branch of the remote may be outdated; usually empty."""
    checks = (_dangling, _not_fetched, _older)
    reason = next(filter(None, (check(repository, remote, name) for check in checks)), None)
    if reason is None:
        return ()
    return (
        escape_terminal(
            f"The history is that of the branch {name}, but {reason}. If another branch is published by now, run "
            f"`git remote set-head {shlex.quote(remote)} --auto`, or set `branch` for charterbook in mkdocs.yml."
        ),
    )


def requested_branch_warning(repository: Repository, branch: str | None) -> tuple[str, ...]:
    """A warning that what is checked out contains the pull request that is being built.

    `branch` is the checked-out branch, None for a detached HEAD.
    """
    shown = f"The branch {branch}" if branch else "The commit that is checked out"
    names = remote_names(repository)
    repair = f"run {fetch_command(names[0])}" if len(names) == 1 else "fetch the published branch"
    return (
        escape_terminal(
            f"{shown} is shown as in force, though this is the build of a pull request "
            f"({request_variables()[0]} is set), and the branch that is published is not known. To fix this, {repair}."
        ),
    )


def unknown_default_warning(repository: Repository, remote: str | None) -> tuple[str, ...]:
    """A warning that what is checked out may not be the published branch, if the remote's default is unknown."""
    branch = repository.head_branch
    if request_variables():
        return requested_branch_warning(repository, branch)
    if _is_published_branch(repository, remote, branch):
        return ()
    shown = "the commit that is checked out" if branch is None else f"the branch {branch}"
    return (
        escape_terminal(
            f"The published branch is not known in this clone, so {shown} is shown as in force, even if it is a "
            f"proposal. To fix this, {_repair(repository, remote)}."
        ),
    )


def _repair(repository: Repository, remote: str | None) -> str:
    """What to do. In a clone without branches, such as that of a release that builds a tag, none can be set."""
    setting = "set `branch` for charterbook in mkdocs.yml"
    if remote is not None:
        return f"run {fetch_command(remote)}, or {setting}"
    is_local = not any(name.startswith(REMOTES) for name in repository.refs)
    names = remote_names(repository)
    if is_local and not names and any(name.startswith(HEADS) for name in repository.refs):
        return f"check out the published branch, or {setting}"
    fetch = f"run {fetch_command(names[0])}" if len(names) == 1 else "fetch the published branch"
    if is_local:
        return f"{fetch}. To publish this very commit, as for a release, run `git switch -C main` first"
    return f"{fetch}, or {setting}"


def _is_published_branch(repository: Repository, remote: str | None, branch: str | None) -> bool:
    """Whether what is checked out is the published branch beyond doubt."""
    remote_branches = [name for name in repository.refs if name.startswith(REMOTES)]
    if branch is None:
        tips = [id_ for name, id_ in repository.refs.items() if name.startswith(HEADS)]
        return not remote_branches and repository.head is not None and repository.head in tips
    if branch in USUAL:
        return True
    if not remote_branches:
        return not (remote_names(repository) and _fetch_head(repository))
    return _is_only_branch(repository, remote, remote_branches, branch)


def _is_only_branch(
    repository: Repository, remote: str | None, remote_branches: list[str], branch: str
) -> bool:
    """Whether the checked-out branch is the only one of the remote, of which all branches were fetched."""
    if remote is None or remote_branches != [f"{REMOTES}{remote}/{branch}"] or _fetched_a_commit(repository):
        return False
    refspecs = git.run(repository.folder, "config", "--get-all", f"remote.{remote}.fetch", accept=(0, 1))
    return b"refs/heads/*:" in refspecs


def remote_names(repository: Repository) -> list[str]:
    """The names of all remotes."""
    return os.fsdecode(git.run(repository.folder, "remote")).split("\n")[:-1]


def _dangling(repository: Repository, remote: str, name: str) -> str | None:
    """The reason if the remote's HEAD names a branch that this clone does not have."""
    head = f"{REMOTES}{remote}/HEAD"
    if head in repository.links:
        return None
    link = os.fsdecode(git.run(repository.folder, "symbolic-ref", "--quiet", head, accept=(0, 1))).strip()
    named = link.removeprefix(f"{REMOTES}{remote}/")
    return f"{remote}/HEAD names {named}, which does not exist" if named and named != name else None


def _not_fetched(repository: Repository, remote: str, name: str) -> str | None:
    """The reason if the last fetch of all branches did not include this one."""
    fetched = dict(_fetched(repository))
    prefix = f"{REMOTES}{remote}/"
    current = [branch for branch, id_ in fetched.items() if repository.refs.get(prefix + branch) == id_]
    if name in fetched or not current or f"{prefix}{name}" not in repository.refs:
        return None
    return f"the last `git fetch` did not find it at {remote} any more"


def _fetched(repository: Repository) -> Iterator[tuple[str, str]]:
    """The branches of the last fetch of all, with their commits. A fetch of a single branch yields nothing."""
    lines = [line.split("\t", 2) for line in _fetch_head(repository).split("\n") if line.count("\t") > 1]
    for id_, _, description in lines if any(mark for _, mark, _ in lines) else []:
        if description.startswith("branch '"):
            yield description.removeprefix("branch '").partition("' of ")[0], id_


def _fetched_a_commit(repository: Repository) -> bool:
    """Whether the last fetch was that of a commit by its id, as hosts do it: it says nothing about other branches."""
    return "\t'" in _fetch_head(repository)


def _fetch_head(repository: Repository) -> str:
    """Git's list of what was fetched last; empty without a fetch, as in a new clone."""
    name = git.run(repository.folder, "rev-parse", "--git-path", "FETCH_HEAD")
    try:
        return (repository.folder / Path(os.fsdecode(name).removesuffix("\n"))).read_text(
            encoding="utf-8", errors="surrogateescape"
        )
    except OSError:
        return ""


def _older(repository: Repository, remote: str, name: str) -> str | None:
    """The reason if a newer branch of the remote has a conventional name or contains this one."""
    prefix = f"{REMOTES}{remote}/"
    times = _times(repository, prefix)
    for other, time in sorted(times.items(), key=lambda item: -item[1]):
        newer = time - times.get(name, time)
        if newer > 0 and (
            other in USUAL or (newer > _MAX_AGE_DIFFERENCE and _contains(repository, prefix, other, name))
        ):
            return f"{remote}/{other} is newer"
    return None


def _contains(repository: Repository, prefix: str, newer: str, older: str) -> bool:
    return repository.is_ancestor(repository.refs[prefix + older], repository.refs[prefix + newer])


def _times(repository: Repository, prefix: str) -> dict[str, int]:
    """The branches of a remote with the time of their newest commit, in seconds."""
    out = git.run(repository.folder, "for-each-ref", "--format=%(refname) %(committerdate:unix)", prefix)
    pairs = [line.rpartition(" ") for line in os.fsdecode(out).split("\n")]
    known = [(ref, int(time)) for ref, _, time in pairs if time.isdigit() and ref in repository.refs]
    return {ref.removeprefix(prefix): time for ref, time in known if ref not in repository.links}
