"""The charter that is not published yet: the working tree's, or that of a pull request."""

from __future__ import annotations

from dataclasses import dataclass

from charterbook import git
from charterbook.charter import Charter
from charterbook.git import GitObject, ObjectReader
from charterbook.history.branch import Tip
from charterbook.history.revisions import Draft
from charterbook.load import LoadResult, load
from charterbook.problems import Problem
from charterbook.repository import Repository


@dataclass(frozen=True)
class DraftResult:
    """The draft, or the problems why there is none, or neither."""

    draft: Draft | None = None
    problems: tuple[Problem, ...] = ()


def read_draft(
    repository: Repository, tip: Tip, objects: ObjectReader, working: bytes | None, newest: Charter | None
) -> DraftResult:
    """What the working tree adds to the newest version's charter, upcoming or not. Raises GitError."""
    if working is None:
        return DraftResult()
    committed = objects.read(f"{repository.head}:{repository.path}") if repository.head else None
    untouched = committed is not None and _unix(committed.content) == _unix(working)
    if untouched and newest is not None and _is_published(repository, tip, objects, committed):
        return DraftResult()
    loaded = load(working)
    clean = untouched or (committed is not None and _says_the_same(committed.content, loaded))
    if clean and _is_published(repository, tip, objects, committed):
        return DraftResult(problems=loaded.problems if newest is None else ())
    if loaded.charter is None:
        return DraftResult(problems=loaded.problems)
    if loaded.charter == newest:
        return DraftResult()
    return DraftResult(Draft(loaded.charter, working, loaded.places, "HEAD" if clean else "working tree"))


def _unix(data: bytes) -> bytes:
    """A file without what line ends say of the system that it was written on."""
    return data.replace(b"\r\n", b"\n")


def _says_the_same(committed: bytes, loaded: LoadResult) -> bool:
    """Whether a file says what another one does: comments say nothing."""
    return loaded.charter is not None and load(committed).charter == loaded.charter


def _is_published(
    repository: Repository, tip: Tip, objects: ObjectReader, committed: GitObject | None
) -> bool:
    """Whether the charter at HEAD is that of the published branch where HEAD's history meets it.

    So it is where HEAD is part of that branch, and on a branch that left the charter alone.
    """
    if repository.head is None or committed is None:
        return False
    base = _meeting(repository, repository.head, tip)
    found = objects.read(f"{base}:{repository.path}") if base else None
    return found is not None and found.id == committed.id


def _meeting(repository: Repository, head: str, tip: Tip) -> str:
    """The commit at which the history of HEAD and that of the published branch meet; empty where they do not."""
    if head == tip.commit:
        return head
    return git.run(repository.folder, "merge-base", head, tip.commit, accept=(0, 1)).decode().strip()
