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
from charterbook.repository import REMOTES, Repository

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


def unknown_default_warning(repository: Repository, remote: str | None) -> tuple[str, ...]:
    """A warning that the checked-out branch may not be the published one, if the remote's default is unknown."""
    remotes = [name for name in repository.refs if name.startswith(REMOTES)]
    branch = repository.head_branch
    nothing_else = not remotes and (branch is not None or bool(repository.refs))
    if nothing_else or branch in USUAL or _is_only_branch(repository, remote, remotes, branch):
        return ()
    shown = f"the branch {branch}" if branch else "the commit that is checked out"
    repair = f"run {fetch_command(remote)}" if remote else "fetch the published branch"
    return (
        escape_terminal(
            f"The published branch is not known in this clone, so {shown} is shown as in force, even if it is a "
            f"proposal. To fix this, {repair}, or set `branch` for charterbook in mkdocs.yml."
        ),
    )


def _is_only_branch(
    repository: Repository, remote: str | None, remotes: list[str], branch: str | None
) -> bool:
    """Whether the remote has only the checked-out branch: all were fetched, and there is no other."""
    if remote is None or branch is None or remotes != [f"{REMOTES}{remote}/{branch}"]:
        return False
    refspecs = git.run(repository.folder, "config", "--get-all", f"remote.{remote}.fetch", accept=(0, 1))
    return b"refs/heads/*:" in refspecs


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


def _fetch_head(repository: Repository) -> str:
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
