"""Doubts about the remote's default branch, which is published where mkdocs.yml names no branch.

A clone learns that branch once, when it is made, and a checkout in CI often does not learn it at all. The remote
is not asked; what the clone holds is enough to see that something is wrong.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from charterbook import git
from charterbook.problems import escape_terminal
from charterbook.repository import REMOTES, Repository

#: Branches that are the default one by convention, the likeliest first.
USUAL = ("main", "master")
#: How much newer than the default branch one that contains it may be, in seconds: half a year, two quarters.
_LONG = 183 * 24 * 3600


def fetch_command(remote: str) -> str:
    """The commands that bring all branches of a remote, and the name of its default branch."""
    name = shlex.quote(remote)
    return f"`git remote set-branches {name} '*' && git fetch {name} && git remote set-head {name} --auto`"


def known_wrong(repository: Repository, remote: str, name: str) -> tuple[str, ...]:
    """Why the branch that is taken for the remote's default may not be it any more; usually nothing."""
    checks = (_dangling, _gone, _older)
    reason = next(filter(None, (check(repository, remote, name) for check in checks)), None)
    if reason is None:
        return ()
    return (
        escape_terminal(
            f"The history is that of the branch {name}, but {reason}. If another branch is published by now, run "
            f"`git remote set-head {shlex.quote(remote)} --auto`, or set `branch` for charterbook in mkdocs.yml."
        ),
    )


def unknown(repository: Repository, remote: str | None) -> tuple[str, ...]:
    """Why what is checked out may not be the published branch where the remote's default is not known."""
    remotes = [name for name in repository.refs if name.startswith(REMOTES)]
    branch = repository.head_branch
    nothing_else = not remotes and (branch is not None or bool(repository.refs))
    if nothing_else or branch in USUAL or _is_all(repository, remote, remotes, branch):
        return ()
    shown = f"the branch {branch}" if branch else "the commit that is checked out"
    repair = f"run {fetch_command(remote)}" if remote else "fetch the published branch"
    return (
        escape_terminal(
            f"The published branch is not known in this clone, so {shown} is shown as in force, even if it is a "
            f"proposal. To fix this, {repair}, or set `branch` for charterbook in mkdocs.yml."
        ),
    )


def _is_all(repository: Repository, remote: str | None, remotes: list[str], branch: str | None) -> bool:
    """Whether the remote has only the branch that is checked out: all were asked for, and no other came."""
    if remote is None or branch is None or remotes != [f"{REMOTES}{remote}/{branch}"]:
        return False
    asked = git.run(repository.folder, "config", "--get-all", f"remote.{remote}.fetch", accept=(0, 1))
    return b"refs/heads/*:" in asked


def _dangling(repository: Repository, remote: str, name: str) -> str | None:
    """The remote's HEAD names a branch that this clone does not have."""
    head = f"{REMOTES}{remote}/HEAD"
    if head in repository.links:
        return None
    link = os.fsdecode(git.run(repository.folder, "symbolic-ref", "--quiet", head, accept=(0, 1))).strip()
    named = link.removeprefix(f"{REMOTES}{remote}/")
    return f"{remote}/HEAD names {named}, which does not exist" if named and named != name else None


def _gone(repository: Repository, remote: str, name: str) -> str | None:
    """The last fetch of all branches brought others, but not this one."""
    fetched = dict(_fetched(repository))
    prefix = f"{REMOTES}{remote}/"
    theirs = [branch for branch, id_ in fetched.items() if repository.refs.get(prefix + branch) == id_]
    if name in fetched or not theirs or f"{prefix}{name}" not in repository.refs:
        return None
    return f"the last `git fetch` did not find it at {remote} any more"


def _fetched(repository: Repository) -> Iterator[tuple[str, str]]:
    """The branches that the last fetch of all brought, with their commits. One of a single branch says nothing."""
    lines = [line.split("\t", 2) for line in _fetch_head(repository).split("\n") if line.count("\t") > 1]
    for id_, _, told in lines if any(mark for _, mark, _ in lines) else []:
        if told.startswith("branch '"):
            yield told.removeprefix("branch '").partition("' of ")[0], id_


def _fetch_head(repository: Repository) -> str:
    name = git.run(repository.folder, "rev-parse", "--git-path", "FETCH_HEAD")
    try:
        return (repository.folder / Path(os.fsdecode(name).removesuffix("\n"))).read_text(
            encoding="utf-8", errors="surrogateescape"
        )
    except OSError:
        return ""


def _older(repository: Repository, remote: str, name: str) -> str | None:
    """Another branch of the remote is newer: one with a usual name, or one that left this one behind long ago."""
    prefix = f"{REMOTES}{remote}/"
    times = _times(repository, prefix)
    for other, time in sorted(times.items(), key=lambda item: -item[1]):
        newer = time - times.get(name, time)
        if newer > 0 and (other in USUAL or (newer > _LONG and _contains(repository, prefix, other, name))):
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
