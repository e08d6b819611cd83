"""The history of a charter with symbolic links in its present or earlier path.

Git records a link and its target separately. So the path is resolved in each commit: any commit can change the target
of a link, or replace a file by a link.
"""

from __future__ import annotations

import io
import os
import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from charterbook import git
from charterbook.history.git_log import LINK, FileCommit, describe, first_parents, read_changes, renamed_from
from charterbook.repository import Repository

#: Maximum number of links on the way to a file: as many as Linux follows.
_MAX_LINKS = 40


def read_all_changes(folder: Path, tip: str, path: str, named: str) -> list[FileCommit]:
    """The commits up to `tip` that changed the charter in any way, newest first, through links and renames.

    `path` is the file's path from the root of the repository, and `named` the path with links that leads to it;
    without links, both are equal. Raises GitError.
    """
    if named != path and real_path(folder, tip, named) is not None:
        return _changes_behind(folder, tip, named)
    found = read_changes(folder, tip, path)
    return _changes_behind(folder, tip, path) if any(change.linked for change in found) else found


def path_at(repository: Repository, commit: str) -> str:
    """The path of the charter in a commit, after following links; its present path if they lead nowhere."""
    if not repository.is_behind_link:
        return repository.path
    return real_path(repository.folder, commit, repository.named) or repository.path


def real_path(folder: Path, commit: str, named: str) -> str | None:
    """The path of the file that a path leads to in a commit; None if there is none in the repository."""
    path: str | None = named
    for _ in range(_MAX_LINKS):
        if path is None or path.startswith("../"):
            return None
        following = _followed(folder, commit, path)
        if following == path:
            return path
        path = following
    return None


def _followed(folder: Path, commit: str, path: str) -> str | None:
    """A path with its first link followed; unchanged without a link, None if it does not exist."""
    entry = b""
    for part in [*reversed(PurePosixPath(path).parents), PurePosixPath(path)][1:]:
        listed = git.run(folder, "ls-tree", "-z", "--full-tree", commit, "--", f":(top,literal){part}")
        entry = listed.partition(b"\t")[0]
        if entry.startswith(LINK):
            target = os.fsdecode(git.run(folder, "cat-file", "blob", entry.split()[2].decode()))
            rest = PurePosixPath(path).relative_to(part).as_posix()
            return posixpath.normpath(posixpath.join(posixpath.dirname(str(part)), target, rest))
    return path if b" blob " in entry else None


def _changes_behind(folder: Path, tip: str, named: str) -> list[FileCommit]:
    commits = first_parents(folder, tip)
    blobs = [*_blobs(folder, commits, named), None]
    states = {
        commit: (blob, before)
        for commit, blob, before in zip(commits, blobs, blobs[1:], strict=False)
        if blob != before
    }
    found = [_change(folder, change, named, *states[change.commit]) for change in describe(folder, [*states])]
    return found + (_earlier(folder, found[-1]) if found else [])


def _blobs(folder: Path, commits: Sequence[str], named: str) -> Iterator[str | None]:
    """The id of the file that a path leads to in each commit; None if there is none in the repository."""
    names = "".join(f"{commit}:{named}\n" for commit in commits)
    options = ("--batch-check=%(objecttype) %(objectname)", "--follow-symlinks")
    answers = io.BytesIO(git.run(folder, "cat-file", *options, stdin=os.fsencode(names)))
    for line in answers:
        kind, _, text = line.rstrip(b"\n").partition(b" ")
        if kind in (b"symlink", b"dangling", b"loop", b"notdir"):
            # The path at which git stopped, possibly with line feeds, and a final line feed.
            answers.read(int(text) + 1)
        yield text.decode() if kind == b"blob" else None


def _change(folder: Path, change: FileCommit, named: str, blob: str | None, before: str | None) -> FileCommit:
    path = real_path(folder, change.commit, named) or named
    return change._replace(path=path, blob=blob, created=before is None)


def _earlier(folder: Path, first: FileCommit) -> list[FileCommit]:
    """The changes of a file before the first commit in which a path leads to it."""
    if first.parent is None:
        return []
    path = real_path(folder, first.parent, first.path)
    former = path or renamed_from(folder, first.path, first.parent, first.commit)
    return [] if former is None else read_all_changes(folder, first.parent, former, former)
