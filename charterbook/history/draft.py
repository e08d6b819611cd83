"""The unpublished charter: that of the working tree, or of a pull request."""

from __future__ import annotations

from charterbook import git
from charterbook.charter import Charter
from charterbook.frozen_dataclass import dataclass
from charterbook.git import GitObject, ObjectReader
from charterbook.history.branch import Tip
from charterbook.history.linked_charter import path_at
from charterbook.history.revisions import Draft
from charterbook.load import LoadResult, load
from charterbook.problems import Problem
from charterbook.repository import Repository


@dataclass(frozen=True)
class DraftResult:
    """The draft, or the problems that prevent it, or neither."""

    draft: Draft | None = None
    problems: tuple[Problem, ...] = ()


def read_draft(
    repository: Repository, tip: Tip, objects: ObjectReader, working: bytes | None, newest: Charter | None
) -> DraftResult:
    """The draft, if the working tree differs from the newest version, upcoming or not. Raises GitError."""
    if working is None:
        return DraftResult()
    committed = _charter_at(repository, objects, repository.head) if repository.head else None
    untouched = committed is not None and _with_unix_line_ends(committed.content) == _with_unix_line_ends(
        working
    )
    if untouched and newest is not None and _is_published(repository, tip, objects, committed):
        return DraftResult()
    loaded = load(working)
    clean = untouched or (committed is not None and _has_same_charter(committed.content, loaded))
    if clean and _is_published(repository, tip, objects, committed):
        return DraftResult(problems=loaded.problems if newest is None else ())
    if loaded.charter is None:
        return DraftResult(problems=loaded.problems)
    if loaded.charter == newest:
        return DraftResult()
    return DraftResult(Draft(loaded.charter, working, loaded.places, "HEAD" if clean else "working tree"))


def _charter_at(repository: Repository, objects: ObjectReader, commit: str) -> GitObject | None:
    return objects.read(f"{commit}:{path_at(repository, commit)}")


def _with_unix_line_ends(data: bytes) -> bytes:
    """A file with Unix line ends."""
    return data.replace(b"\r\n", b"\n")


def _has_same_charter(committed: bytes, loaded: LoadResult) -> bool:
    """Whether a file has the same content apart from comments."""
    return loaded.charter is not None and load(committed).charter == loaded.charter


def _is_published(
    repository: Repository, tip: Tip, objects: ObjectReader, committed: GitObject | None
) -> bool:
    """Whether the charter at HEAD equals that at the merge base with the published branch.

    This is so if HEAD is part of that branch, and on a branch that does not change the charter.
    """
    if repository.head is None or committed is None:
        return False
    base = _merge_base(repository, repository.head, tip)
    found = _charter_at(repository, objects, base) if base else None
    return found is not None and found.id == committed.id


def _merge_base(repository: Repository, head: str, tip: Tip) -> str:
    """The merge base of HEAD and the published branch; empty if there is none."""
    if head == tip.commit:
        return head
    return git.run(repository.folder, "merge-base", head, tip.commit, accept=(0, 1)).decode().strip()
