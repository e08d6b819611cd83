"""The commits that changed a file, along first parents, through renames. Contents are not read.

Only plumbing is used (`rev-list`, `diff-tree`): the output of `git log` depends on the user's settings. Its
`--follow` would also follow copies, so a charter that began as a copy of a file would inherit that file's history. A
rename is searched only at the commit that adds the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from charterbook import git

_FORMAT = "--format=%H%x00%P%x00%ct%x00%an%x00%B%x00"
_PLAIN = ("-z", "--encoding=UTF-8", "--no-notes", "--no-color", "--no-relative")
_DIFF = ("--raw", "--no-abbrev", "--no-ext-diff", "--no-textconv")

#: Maximum numbers of files in a commit for git's exhaustive rename detection: `_FEW` take two or three seconds;
#: `_MANY` take half a minute, and are used only if the detection among files with the same suffix fails.
_FEW, _MANY = 5_000, 20_000
#: Mode of symbolic links.
LINK = b"120000"
#: Modes of paths at which a commit has no file: nothing, and a submodule, whose files are in another repository.
_NO_FILE = (b"000000", b"160000")
_SKIPPED = "rename detection was skipped"


class FileCommit(NamedTuple):
    """A commit and the state of the file in it. `time` is the committer's, in seconds; `blob` is None once deleted.

    `linked` says that the path is or was a symbolic link: `blob` can be the blob of a link.
    """

    commit: str
    parent: str | None
    time: int
    author: str
    message: str
    path: str = ""
    blob: str | None = None
    created: bool = False
    linked: bool = False


class FileHistory(NamedTuple):
    """All commits up to `tip` that changed a file, newest first."""

    tip: str
    changes: list[FileCommit]


def read_changes(folder: Path, tip: str, path: str) -> list[FileCommit]:
    """The commits up to `tip` that changed a file in any way, newest first.

    `path` is the file's path at `tip`, from the root of the repository. Raises GitError.
    """
    changes: list[FileCommit] = []
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


def read_since(folder: Path, tip: str, path: str, known: str) -> list[FileCommit]:
    """The commits after `known`, an ancestor of `tip`, that changed a file at this path. Raises GitError."""
    return _log(folder, f"{known}..{tip}", path)


def _former_path(folder: Path, change: FileCommit) -> str | None:
    if not change.created or change.parent is None:
        return None
    return renamed_from(folder, change.path, change.parent, change.commit)


def renamed_from(folder: Path, path: str, old: str, new: str | None) -> str | None:
    """The path of a file at the commit `old`, if it was renamed since; None if not.

    `new` is a commit, or None for the index. Raises GitError.
    """
    for limit, paths in ((_FEW, ()), (_MANY, _with_suffix_of(path)), (_MANY, ())):
        found = _renames(folder, old, new, limit, paths)
        former = next((before for before, after in _pairs(found.out) if after == path), None)
        complete = not paths and not any(_SKIPPED in line for line in found.remarks)
        if former is not None or complete:
            return former
    git.remark(found.remarks)
    return None


def renamed_to(folder: Path, path: str, old: str, new: str) -> str | None:
    """The path of a file at the commit `new`, if it was renamed since the commit `old`; None if not. Raises GitError."""
    found = _renames(folder, old, new, _FEW, ())
    return next((after for before, after in _pairs(found.out) if before == path), None)


def _renames(folder: Path, old: str, new: str | None, limit: int, paths: Sequence[str]) -> git.GitResult:
    options = ("-r", "-z", "-M", f"-l{limit}", "--diff-filter=R", "--no-relative", *_DIFF)
    command = ("diff-index", "--cached", *options, old) if new is None else ("diff-tree", *options, old, new)
    return git.run_with_remarks(folder, *command, "--", *paths)


def _pairs(renames: bytes) -> Iterator[tuple[str, str]]:
    """The former and the new path of each file in git's list of renames."""
    tokens = renames.split(b"\0")
    for before, after in zip(tokens[1::3], tokens[2::3], strict=False):
        yield os.fsdecode(before), os.fsdecode(after)


def _with_suffix_of(path: str) -> tuple[str, ...]:
    """A pathspec for all files with the same suffix; empty if the suffix is not alphanumeric."""
    suffix = PurePosixPath(path).suffix
    return (f":(top,glob)**/*{suffix}",) if suffix[1:].isalnum() else ()


def describe(folder: Path, commits: Sequence[str]) -> list[FileCommit]:
    """Commits with time, author and message, without a file. Raises GitError."""
    out = _shown(folder, commits, "--always", "--no-patch")
    return [change for change, _ in _records(out)]


def first_parents(folder: Path, tip: str) -> list[str]:
    """All commits from `tip` along first parents, newest first. Raises GitError."""
    return git.run(folder, "rev-list", "--first-parent", "--end-of-options", tip).decode().split()


def _log(folder: Path, commits: str, path: str) -> list[FileCommit]:
    file = f":(top,literal){path}"
    found = git.run(folder, "rev-list", "--first-parent", "--end-of-options", commits, "--", file)
    wanted = os.fsencode(path)
    return [
        _changed(change, path, raw)
        for change, files in _records(_shown(folder, found.decode().split(), *_DIFF, file=file))
        for raw, name in files
        if name == wanted
    ]


def _shown(folder: Path, commits: Sequence[str], *options: str, file: str | None = None) -> bytes:
    """The input of `_records`: commits in order, compared with their first parents."""
    walk = ("-r", "--root", "--diff-merges=first-parent", "--no-renames")
    stdin = "".join(f"{commit}\n" for commit in commits).encode()
    paths = [] if file is None else ["--", file]
    return git.run(folder, "diff-tree", "--stdin", *walk, *_PLAIN, *options, _FORMAT, *paths, stdin=stdin)


def _changed(change: FileCommit, path: str, raw: bytes) -> FileCommit:
    """The commit with the data of a line of `--raw`: `:100644 100644 <old id> <new id> M`."""
    old_mode, new_mode, _, blob, _ = raw.split()
    return change._replace(
        path=path,
        blob=None if new_mode in _NO_FILE else blob.decode(),
        created=old_mode[1:] in _NO_FILE,
        linked=LINK in (old_mode[1:], new_mode),
    )


def _records(out: bytes) -> Iterator[tuple[FileCommit, list[tuple[bytes, bytes]]]]:
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


def _commit(commit: bytes, parents: bytes, time: bytes, author: bytes, message: bytes) -> FileCommit:
    return FileCommit(
        commit.decode(),
        parents[: len(commit)].decode() or None,
        int(time or 0),
        author.decode("utf-8", "replace"),
        message.decode("utf-8", "replace").rstrip("\n"),
    )
