"""The commits at which a file changed, along first parents, through renames. Contents are not read here.

`git log --follow` is not used: it also follows copies, so a charter that began as a copy of another
file would inherit that file's history. A rename is looked for only where the file appears.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from charterbook import git

_FORMAT = "--format=%H%x00%P%x00%ct%x00%an%x00%B%x00"
_PLAIN = ("-z", "--encoding=UTF-8", "--no-notes", "--no-decorate", "--no-show-signature", "--no-color")
_DIFF = ("--raw", "--no-abbrev", "--no-ext-diff", "--no-textconv")


class Change(NamedTuple):
    """A commit and the file as of it. `time` is the committer's, in seconds; `blob` is None once deleted."""

    commit: str
    parent: str | None
    time: int
    author: str
    message: str
    path: str = ""
    blob: str | None = None
    created: bool = False


class Line(NamedTuple):
    """All commits up to `tip` at which a file changed, newest first."""

    tip: str
    changes: list[Change]


def read_changes(folder: Path, tip: str, path: str) -> list[Change]:
    """The commits up to `tip` at which a file changed in any way, newest first.

    `path` is the file's path at `tip`, from the root of the repository. Raises GitError.
    """
    changes: list[Change] = []
    while True:
        found = _log(folder, tip, path)
        for index, change in enumerate(found):
            former = _former_path(folder, change)
            if former is not None and change.parent is not None:
                changes += found[: index + 1]
                tip, path = change.parent, former
                break
        else:
            return changes + found


def read_since(folder: Path, tip: str, path: str, known: str) -> list[Change]:
    """The commits after `known`, an ancestor of `tip`, at which a file of this path changed. Raises GitError."""
    return _log(folder, f"{known}..{tip}", path)


def _former_path(folder: Path, change: Change) -> str | None:
    if not change.created or change.parent is None:
        return None
    return renamed_from(folder, change.path, change.parent, change.commit)


def renamed_from(folder: Path, path: str, old: str, new: str | None) -> str | None:
    """The path that a file had at the commit `old` where it was renamed since; None where it was not.

    `new` is a commit, or None for what is staged. Raises GitError.
    """
    options = ("-r", "-z", "-M", "--diff-filter=R", "--full-index", *_DIFF)
    command = ("diff-index", "--cached", *options, old) if new is None else ("diff-tree", *options, old, new)
    tokens = git.run(folder, *command).split(b"\0")
    for before, after in zip(tokens[1::3], tokens[2::3], strict=False):
        if os.fsdecode(after) == path:
            return os.fsdecode(before)
    return None


def describe(folder: Path, commits: Sequence[str]) -> list[Change]:
    """Commits with their time, author and message, and no file. Raises GitError."""
    if not commits:
        return []
    out = git.run(
        folder, "log", "--no-walk=unsorted", "--no-patch", *_PLAIN, _FORMAT, "--end-of-options", *commits
    )
    return [change for change, _ in _records(out)]


def first_parents(folder: Path, tip: str) -> list[str]:
    """All commits from `tip` along first parents, newest first. Raises GitError."""
    return git.run(folder, "rev-list", "--first-parent", "--end-of-options", tip).decode().split()


def _log(folder: Path, commits: str, path: str) -> list[Change]:
    walk = ("--first-parent", "--diff-merges=first-parent", "--no-renames")
    out = git.run(folder, "log", *_PLAIN, *walk, *_DIFF, _FORMAT, "--end-of-options", commits, "--", path)
    wanted = os.fsencode(path)
    return [
        _changed(change, path, raw)
        for change, files in _records(out)
        for raw, name in files
        if name == wanted
    ]


def _changed(change: Change, path: str, raw: bytes) -> Change:
    """The change with what a line of `--raw` says: `:100644 100644 <old id> <new id> M`."""
    old_mode, new_mode, _, blob, _ = raw.split()
    gone = new_mode == b"000000"
    return change._replace(path=path, blob=None if gone else blob.decode(), created=old_mode == b":000000")


def _records(out: bytes) -> Iterator[tuple[Change, list[tuple[bytes, bytes]]]]:
    """Commits, each with its changed files: the raw line and the name."""
    tokens = out.split(b"\0")
    at, end = 0, len(tokens)
    while at + 5 <= end:
        commit, parents, time, author, message = tokens[at : at + 5]
        at += 5
        files = []
        while at < end and tokens[at][:1] in (b"", b"\n", b":"):
            line = tokens[at].strip(b"\n")
            if line:
                files.append((line, tokens[at + 1]))
            at += 2 if line else 1
        yield _commit(commit, parents, time, author, message), files


def _commit(commit: bytes, parents: bytes, time: bytes, author: bytes, message: bytes) -> Change:
    return Change(
        commit.decode(),
        parents[: len(commit)].decode() or None,
        int(time or 0),
        author.decode("utf-8", "replace"),
        message.decode("utf-8", "replace").rstrip("\n"),
    )
