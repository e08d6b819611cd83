"""Which repository a charter is in, and all that git points to there. No commit is looked at."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from charterbook import git
from charterbook.errors import CharterError, GitError

HEADS, REMOTES, TAGS = "refs/heads/", "refs/remotes/", "refs/tags/"


@dataclass(frozen=True)
class Repository:
    """Where a charter is kept: `path` is its path from `folder`, the root of the working tree.

    `refs` are all branches and tags, by their full name, with the id they point to; `links` are refs that name
    another ref; `head` is the commit that is checked out, None before the first one, and `head_branch` its
    branch, None where it is detached.
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
        return {name.removeprefix(TAGS): id_ for name, id_ in self.refs.items() if name.startswith(TAGS)}

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether one commit is part of the history of another, or is that commit."""
        return older == newer or git.succeeds(self.folder, "merge-base", "--is-ancestor", older, newer)


def find_repository(file: Path) -> Repository:
    """The repository that a file is in. Raises NoRepositoryError and GitError."""
    real = Path(os.path.realpath(file))
    folder = next(parent for parent in real.parents if parent.is_dir())
    asked = ("--is-inside-work-tree", "--is-shallow-repository", "--show-cdup", "--show-prefix")
    inside, shallow, up, prefix = os.fsdecode(git.run(folder, "rev-parse", *asked)).split("\n", 3)
    if inside != "true":
        raise git.NoRepositoryError(f"{folder} is in a repository, but not in its working tree.")
    path = prefix.removesuffix("\n") + real.relative_to(folder).as_posix()
    folder /= up
    refs, links, branch = _read_refs(folder)
    head = refs[branch] if branch else _detached(folder)
    if head is None:
        branch = _unborn(folder)
    return Repository(
        folder=folder,
        path=path,
        shallow=shallow == "true",
        refs=refs,
        links=links,
        head=head,
        head_branch=branch.removeprefix(HEADS) if branch else None,
    )


def nearest_entry(file: Path) -> Path | None:
    """The nearest .git in a file's folder or above, whatever it is; None where there is none."""
    parents = Path(os.path.realpath(file)).parents
    return next((parent / ".git" for parent in parents if os.path.lexists(parent / ".git")), None)


def _read_refs(folder: Path) -> tuple[dict[str, str], dict[str, str], str | None]:
    """Refs, links, and the branch that is checked out, if there is a commit on it."""
    refs, links, branch = {}, {}, None
    pattern = "--format=%(objectname) %(refname)%00%(symref)%00%(HEAD)"
    out = git.run(folder, "for-each-ref", pattern, HEADS, REMOTES, TAGS)
    for line in os.fsdecode(out).split("\n")[:-1]:
        ref, link, mark = line.split("\0")
        id_, _, name = ref.partition(" ")
        refs[name] = id_
        if link:
            links[name] = link
        if mark == "*":
            branch = name
    return refs, links, branch


def _detached(folder: Path) -> str | None:
    """The commit that is checked out though it may be on no branch."""
    found = git.run(folder, "rev-parse", "--quiet", "--verify", "HEAD^{commit}", accept=(0, 1))
    return found.decode().strip() or None


def _unborn(folder: Path) -> str | None:
    """The branch on which the first commit will be; None where HEAD names what is no commit."""
    found = git.run(folder, "symbolic-ref", "--quiet", "HEAD", accept=(0, 1, 128))
    return os.fsdecode(found).removesuffix("\n") or None


def read_working(file: Path) -> bytes | None:
    """The charter's file as it is on disk, None where there is none. Raises CharterError."""
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError as error:
        raise CharterError(f"{file}: {error.strerror}") from error


def state_of(file: Path) -> str:
    """What the history of a charter is read from, in one text: it is the same as long as this is.

    What git says where it cannot read a repository is part of it. Raises CharterError.
    """
    try:
        known = repr(find_repository(file))
    except GitError as error:
        known = f"{error} {nearest_entry(file)}"
    return f"{known}\0{read_working(file)!r}"
