"""The commits that changed the charter: known from before, and only those since then asked of git.

A commit never changes, and neither does what came before it, unless a clone is shallow: there, nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from charterbook.git import ObjectReader
from charterbook.history.charter_cache import CharterCache
from charterbook.history.git_log import FileCommit, FileHistory, read_changes, read_since
from charterbook.repository import Repository

#: How many new commits are gone through one by one; beyond that, asking for all of them is as fast.
_MOST = 500


def changes_of(
    repository: Repository, tip: str, path: str, objects: ObjectReader, kept: CharterCache | None
) -> list[FileCommit]:
    """The commits up to `tip` at which the charter changed in any way, newest first. Raises GitError."""
    if kept is None or repository.shallow:
        return read_changes(repository.folder, tip, path)
    known = kept.line(path)
    if known is not None and known.tip == tip:
        return known.changes
    changes = _read_newer(repository, tip, path, objects, known) if known else None
    if changes is None:
        changes = read_changes(repository.folder, tip, path)
    kept.put_line(path, FileHistory(tip, changes))
    return changes


def _read_newer(
    repository: Repository, tip: str, path: str, objects: ObjectReader, known: FileHistory
) -> list[FileCommit] | None:
    """What is known and what came since; None where the one does not lead to the other, or the file is another."""
    if known.tip not in islice(_ancestors(objects, tip), _MOST):
        return None
    new = read_since(repository.folder, tip, path, known.tip)
    return None if any(change.created for change in new) else new + known.changes


def _ancestors(objects: ObjectReader, commit: str | None) -> Iterator[str]:
    """A commit's first parent, that one's, and so on."""
    while commit is not None:
        found = objects.read(commit)
        if found is None or found.kind != "commit":
            return
        lines = found.content.split(b"\n", 2)
        commit = lines[1].removeprefix(b"parent ").decode() if lines[1].startswith(b"parent ") else None
        if commit is not None:
            yield commit
