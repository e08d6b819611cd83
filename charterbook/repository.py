"""The git repository of a charter, and its references. No commit is read."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping
from pathlib import Path

from charterbook import git
from charterbook.errors import CharterError, GitError
from charterbook.folders import walk
from charterbook.frozen_dataclass import dataclass
from charterbook.pull_request import request_variables

HEADS, REMOTES, TAGS = "refs/heads/", "refs/remotes/", "refs/tags/"


_LIST_REFS = (
    "for-each-ref",
    "--format=%(objectname) %(refname)%00%(symref)%00%(HEAD)",
    HEADS,
    REMOTES,
    TAGS,
)


@dataclass(frozen=True)
class Repository:
    """The repository of a charter: `path` is its path from `folder`, the root of the working tree.

    `named` is the path by which symbolic links in the repository lead to the charter; without any, it equals `path`.
    `refs` are all branches and tags, by full name, with their object ids; `links` are symbolic refs; `head` is the
    checked-out commit, None before the first one, and `head_branch` its branch, None if detached.
    """

    folder: Path
    path: str
    named: str
    shallow: bool
    refs: Mapping[str, str]
    links: Mapping[str, str]
    head: str | None
    head_branch: str | None

    @property
    def is_behind_link(self) -> bool:
        """Whether the charter is reached through symbolic links in the repository."""
        return self.named != self.path

    @property
    def tags(self) -> dict[str, str]:
        """All tags by their short name."""
        return {name.removeprefix(TAGS): id_ for name, id_ in self.refs.items() if name.startswith(TAGS)}

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether the commit `older` is an ancestor of `newer`, or the same commit."""
        return older == newer or git.succeeds(self.folder, "merge-base", "--is-ancestor", older, newer)


def find_repository(file: Path) -> Repository:
    """The repository that contains a file. Raises NoRepositoryError and GitError."""
    try:
        return _find(Path(os.path.realpath(file)), file)
    except ValueError as error:
        raise GitError(
            "The answers of git cannot be read: is the git on the PATH a different program, or a script around it that "
            f"prints more? ({error})"
        ) from error


def _find(real: Path, file: Path) -> Repository:
    """The repository of a file; `real` is its path without links. Raises ValueError for answers that are not git's."""
    folder = next(parent for parent in real.parents if parent.is_dir())
    with git.started(folder, *_LIST_REFS) as listed:
        inside, *placed = _placed(folder)
        if inside == "false":
            raise git.NoRepositoryError(f"{folder} is in a repository, but not in its working tree.")
        if inside != "true":
            raise ValueError(inside)
        shallow, up, common, prefix = placed
        _check_refs(folder / common / "refs")
        path = prefix + real.relative_to(folder).as_posix()
        folder /= up
        named = _path_in(folder, file) or path
        refs, links, branch = _read_refs(git.run(folder, *_LIST_REFS) if up else listed())
    head = refs[branch] if branch else _detached(folder)
    if head is None:
        branch = _unborn(folder)
    return Repository(
        folder=folder,
        path=path,
        named=named,
        shallow=shallow == "true",
        refs=refs,
        links=links,
        head=head,
        head_branch=branch.removeprefix(HEADS) if branch else None,
    )


def _placed(folder: Path) -> list[str]:
    """Answers of git about a folder: whether it is in a working tree, whether the clone is shallow, the path up to the
    root, the git directory that all working trees share, and the path from the root.
    """
    options = (
        "--is-inside-work-tree",
        "--is-shallow-repository",
        "--show-cdup",
        "--git-common-dir",
        "--show-prefix",
    )
    found = os.fsdecode(git.run(folder, "rev-parse", *options)).split("\n")[:-1]
    if len(found) <= len(options):
        return found
    separate = [
        os.fsdecode(git.run(folder, "rev-parse", option)).removesuffix("\n") for option in options[3:]
    ]
    return [*found[:3], *separate]  # a path has a line break


def _check_refs(folder: Path) -> None:
    """Raise GitError if a folder of references cannot be read: git takes it for an empty one, without a word."""
    try:
        deque(walk(folder), maxlen=0)
    except OSError as error:
        raise GitError(
            f"{error.filename}: {error.strerror}, so git does not see the branches or tags in it."
        ) from error


def _path_in(folder: Path, file: Path) -> str | None:
    """The path of a file from the root of the repository, with links unresolved; None if a link from outside leads to it."""
    given, root = Path(os.path.normpath(file.absolute())), os.path.realpath(folder)
    found = (parent for parent in given.parents if os.path.realpath(parent) == root)
    return next((given.relative_to(parent).as_posix() for parent in found), None)


def nearest_entry(file: Path) -> Path | None:
    """The nearest .git, of any type, in a file's folder or above; None if there is none."""
    parents = Path(os.path.realpath(file)).parents
    return next((parent / ".git" for parent in parents if os.path.lexists(parent / ".git")), None)


def _read_refs(out: bytes) -> tuple[dict[str, str], dict[str, str], str | None]:
    """Refs, symbolic refs, and the checked-out branch, if it has a commit."""
    refs, links, branch = {}, {}, None
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
    """The checked-out commit of a detached HEAD."""
    found = git.run(folder, "rev-parse", "--quiet", "--verify", "HEAD^{commit}", accept=(0, 1))
    return found.decode().strip() or None


def _unborn(folder: Path) -> str | None:
    """The branch of the future first commit; None if HEAD names no branch."""
    found = git.run(folder, "symbolic-ref", "--quiet", "HEAD", accept=(0, 1, 128))
    return os.fsdecode(found).removesuffix("\n") or None


def read_working(file: Path) -> bytes | None:
    """The charter's file on disk, None if it does not exist. Raises CharterError."""
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError as error:
        raise CharterError(f"{file}: {error.strerror}") from error


@dataclass(frozen=True)
class HistoryState:
    """The inputs of a charter's history: the repository or git's message without one, the charter's file on disk, and
    whether the build of a pull request runs.
    """

    repository: Repository | str
    working: bytes | None
    is_requested: bool


def state_of(file: Path) -> HistoryState:
    """The present inputs of a charter's history, for change detection. Raises CharterError."""
    known: Repository | str
    try:
        known = find_repository(file)
    except GitError as error:
        known = f"{error} {nearest_entry(file)}"
    return HistoryState(known, read_working(file), bool(request_variables()))
