"""Clones without the contents of older commits (`git clone --filter`).

Git fetches missing contents from the remote when they are needed. Without that, some versions of git end with an error,
and others call the object missing, like a file that a commit does not have.
"""

from __future__ import annotations

import re
from pathlib import Path

from charterbook.git.location import locate
from charterbook.git.process import call

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SETTINGS = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"


def is_partial(folder: Path) -> bool:
    """Whether the repository of a folder is a partial clone. Raises NoGitError."""
    return _succeeds(folder, "config", "--get-regexp", _SETTINGS)[0]


def lacks(folder: Path, name: str) -> bool:
    """Whether this partial clone lacks a missing object: an id, or `<commit>:<path>`. Raises NoGitError."""
    commit, colon, path = name.partition(":")
    if not colon:
        return _ID.fullmatch(name) is not None
    is_readable, entries = _succeeds(folder, "ls-tree", "--full-tree", "--end-of-options", commit, "--", path)
    return bool(entries) or (not is_readable and _succeeds(folder, "cat-file", "-e", commit)[0])


def _succeeds(folder: Path, *arguments: str) -> tuple[bool, bytes]:
    """Whether a command succeeds, and its output."""
    done = call(folder, arguments, locate(folder).variables)
    return done.returncode == 0, done.stdout
