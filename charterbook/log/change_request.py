"""The pull or merge request of a file, from the commit that changed it last."""

from __future__ import annotations

from pathlib import Path

from charterbook.commit_reason import reason_of
from charterbook.git import NoRepositoryError
from charterbook.history.linked_charter import read_all_changes
from charterbook.repository import find_repository


def request_of(file: Path) -> int | None:
    """The number of the request that last changed a file; None if its commit message has none.

    Raises GitError.
    """
    try:
        repository = find_repository(file)
    except NoRepositoryError:
        return None
    if repository.head is None:
        return None
    changes = read_all_changes(repository.folder, repository.head, repository.path, repository.named)
    return reason_of(changes[0].message).number if changes else None
