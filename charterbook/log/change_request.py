"""Which pull or merge request a file came with, from the commit that brought it."""

from __future__ import annotations

from pathlib import Path

from charterbook.git import NoRepositoryError
from charterbook.history.git_log import read_changes
from charterbook.log.reason import reason_of
from charterbook.repository import find_repository


def request_of(file: Path) -> int | None:
    """The number of the request that last changed a file; None where its commit names none, or there is none.

    Raises GitError.
    """
    try:
        repository = find_repository(file)
    except NoRepositoryError:
        return None
    if repository.head is None:
        return None
    changes = read_changes(repository.folder, repository.head, repository.path)
    return reason_of(changes[0].message).number if changes else None
