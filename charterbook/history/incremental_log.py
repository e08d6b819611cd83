"""The commits that changed the charter: cached ones, and newer ones from git.

Commits never change, and neither do their ancestors, except in a shallow clone, where nothing is cached.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from charterbook.git import ObjectReader
from charterbook.history.charter_cache import CharterCache
from charterbook.history.git_log import FileCommit, FileHistory, read_since
from charterbook.history.linked_charter import read_all_changes
from charterbook.repository import Repository

#: Maximum number of new commits to walk one by one; beyond that, a complete log is as fast.
_MAX_NEW = 500


def changes_of(
    repository: Repository, tip: str, path: str, objects: ObjectReader, cache: CharterCache | None
) -> list[FileCommit]:
    """The commits up to `tip` that changed the charter in any way, newest first. Raises GitError."""
    named = repository.named if repository.is_behind_link else path
    if cache is None or repository.shallow or repository.is_behind_link:
        return read_all_changes(repository.folder, tip, path, named)
    known = cache.commits(path)
    if known is not None and known.tip == tip:
        return known.changes
    changes = _read_newer(repository, tip, path, objects, known) if known else None
    if changes is None:
        changes = read_all_changes(repository.folder, tip, path, named)
    cache.put_commits(path, FileHistory(tip, changes))
    return changes


def _read_newer(
    repository: Repository, tip: str, path: str, objects: ObjectReader, known: FileHistory
) -> list[FileCommit] | None:
    """Cached commits and newer ones.

    None if the cached tip is not an ancestor, or if the file was created or became a link since.
    """
    if known.tip not in islice(_ancestors(objects, tip), _MAX_NEW):
        return None
    new = read_since(repository.folder, tip, path, known.tip)
    return None if any(change.created or change.linked for change in new) else new + known.changes


def _ancestors(objects: ObjectReader, commit: str | None) -> Iterator[str]:
    """The first-parent ancestors of a commit, nearest first."""
    while commit is not None:
        found = objects.read(commit)
        if found is None or found.kind != "commit":
            return
        lines = found.content.split(b"\n", 2)
        commit = lines[1].removeprefix(b"parent ").decode() if lines[1].startswith(b"parent ") else None
        if commit is not None:
            yield commit
