"""Which repository a charter is in, and which branch of it is the published one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from charterbook import git
from charterbook.errors import SettingsError

_HEADS, _REMOTES, _TAGS = "refs/heads/", "refs/remotes/", "refs/tags/"


@dataclass(frozen=True)
class Repository:
    """Where a charter is kept: `path` is its path from `folder`, the root of the working tree.

    `refs` are all branches and tags, by their full name, with
    the id they point to; `links` are refs that name another ref; `head` is the commit that is checked
    out, None before the first one, and `head_branch` its branch, None where it is detached.
    """

    folder: Path
    path: str
    shallow: bool
    refs: Mapping[str, str]
    links: Mapping[str, str]
    head: str | None
    head_branch: str | None

    @property
    def tags(self) -> dict[str, str]:
        """All tags by their short name."""
        return {name.removeprefix(_TAGS): id_ for name, id_ in self.refs.items() if name.startswith(_TAGS)}

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether one commit is part of the history of another, or is that commit."""
        return older == newer or git.succeeds(self.folder, "merge-base", "--is-ancestor", older, newer)


@dataclass(frozen=True)
class Tip:
    """The newest commit of the published branch, and the branch's short name, if it has one."""

    commit: str
    branch: str | None


def find_repository(file: Path) -> Repository:
    """The repository that a file is in. Raises NoRepositoryError and GitError."""
    real = Path(os.path.realpath(file))
    folder = next(parent for parent in real.parents if parent.is_dir())
    asked = ("--is-inside-work-tree", "--is-shallow-repository", "--show-cdup", "--show-prefix")
    inside, shallow, up, prefix = os.fsdecode(git.run(folder, "rev-parse", *asked)).split("\n", 3)
    if inside != "true":
        raise git.NoRepositoryError(f"{folder} is inside git's own folder, or in a repository without files.")
    path = prefix.removesuffix("\n") + real.relative_to(folder).as_posix()
    folder /= up
    refs, links = _read_refs(folder)
    head = (
        git.run(folder, "rev-parse", "--quiet", "--verify", "HEAD^{commit}", accept=(0, 1)).decode().strip()
    )
    branch = os.fsdecode(git.run(folder, "symbolic-ref", "--quiet", "HEAD", accept=(0, 1))).removesuffix("\n")
    return Repository(
        folder=folder,
        path=path,
        shallow=shallow == "true",
        refs=refs,
        links=links,
        head=head or None,
        head_branch=branch.removeprefix(_HEADS) or None,
    )


def _read_refs(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    refs, links = {}, {}
    pattern = "--format=%(objectname) %(refname)%00%(symref)"
    out = git.run(folder, "for-each-ref", pattern, _HEADS, _REMOTES, _TAGS)
    for line in os.fsdecode(out).split("\n")[:-1]:
        ref, _, link = line.partition("\0")
        id_, _, name = ref.partition(" ")
        refs[name] = id_
        if link:
            links[name] = link
    return refs, links


def published_tip(repository: Repository, wanted: str | None) -> Tip | None:
    """The published branch: the one asked for, else the remote's default, else what is checked out.

    None where there is no commit yet. Raises SettingsError where the branch asked for does not exist.
    """
    remote = _remote(repository)
    if wanted is not None:
        return _asked_for(repository, remote, wanted)
    name = _remote_default(repository, remote) if remote else None
    if name is not None:
        return _of_both(repository, remote, name)
    return Tip(repository.head, repository.head_branch) if repository.head else None


def _remote(repository: Repository) -> str | None:
    """The remote that counts: origin, or the only one."""
    if any(name.startswith(f"{_REMOTES}origin/") for name in repository.refs):
        return "origin"
    if not any(name.startswith(_REMOTES) for name in repository.refs):
        return None
    names = os.fsdecode(git.run(repository.folder, "remote")).split("\n")[:-1]
    return names[0] if len(names) == 1 else None


def _remote_default(repository: Repository, remote: str) -> str | None:
    prefix = f"{_REMOTES}{remote}/"
    default = repository.links.get(f"{prefix}HEAD", "")
    candidates = (default, f"{prefix}main", f"{prefix}master")
    found = (name for name in candidates if name.startswith(prefix) and name in repository.refs)
    return next((name.removeprefix(prefix) for name in found), None)


def _asked_for(repository: Repository, remote: str | None, wanted: str) -> Tip:
    tip = _of_both(repository, remote, wanted)
    if tip is None and f"{_REMOTES}{wanted}" in repository.refs:
        return Tip(repository.refs[f"{_REMOTES}{wanted}"], wanted)
    if tip is None:
        short = {name.removeprefix(_HEADS) for name in repository.refs if name.startswith(_HEADS)}
        short |= {name.removeprefix(_REMOTES) for name in repository.refs if name.startswith(_REMOTES)}
        known = ", ".join(sorted(name for name in short if not name.endswith("/HEAD"))) or "none yet"
        raise SettingsError(f"branch: there is no branch {wanted!r} in this repository. Branches: {known}.")
    return tip


def _of_both(repository: Repository, remote: str | None, name: str) -> Tip | None:
    """Of a local branch and the remote's of the same name, the one that contains the other."""
    local = repository.refs.get(f"{_HEADS}{name}")
    theirs = repository.refs.get(f"{_REMOTES}{remote}/{name}") if remote else None
    if local is None or theirs is None:
        commit = local or theirs
        return Tip(commit, name) if commit else None
    if repository.is_ancestor(theirs, local):
        return Tip(local, name)
    ours = not repository.is_ancestor(local, theirs) and repository.head_branch == name
    return Tip(local if ours else theirs, name)
