"""The charter that is not published yet: the working tree's, or that of a pull request."""

from __future__ import annotations

from dataclasses import dataclass

from charterbook import git
from charterbook.charter import Charter
from charterbook.git import Object, Objects
from charterbook.history.branch import Tip
from charterbook.history.model import Draft
from charterbook.load import Loaded, load
from charterbook.problems import Problem
from charterbook.repository import Repository


@dataclass(frozen=True)
class Unpublished:
    """The draft, or the problems why there is none, or neither."""

    draft: Draft | None = None
    problems: tuple[Problem, ...] = ()


def read_draft(
    repository: Repository, tip: Tip, objects: Objects, working: bytes | None, latest: Charter | None
) -> Unpublished:
    """What the working tree adds to the latest version's charter. Raises GitError."""
    if working is None:
        return Unpublished()
    committed = objects.read(f"{repository.head}:{repository.path}") if repository.head else None
    loaded = load(working)
    clean = committed is not None and _same(committed.content, working, loaded)
    if clean and _is_published(repository, tip, objects, committed):
        return Unpublished(problems=loaded.problems if latest is None else ())
    if loaded.charter is None:
        return Unpublished(problems=loaded.problems)
    if loaded.charter == latest:
        return Unpublished()
    return Unpublished(Draft(loaded.charter, working, loaded.places, "HEAD" if clean else "working tree"))


def _same(committed: bytes, working: bytes, loaded: Loaded) -> bool:
    """Whether two files say the same: line ends and comments say nothing."""
    if committed.replace(b"\r\n", b"\n") == working.replace(b"\r\n", b"\n"):
        return True
    return loaded.charter is not None and load(committed).charter == loaded.charter


def _is_published(repository: Repository, tip: Tip, objects: Objects, committed: Object | None) -> bool:
    """Whether the charter at HEAD is that of the published branch where HEAD's history meets it.

    So it is where HEAD is part of that branch, and on a branch that left the charter alone.
    """
    if repository.head is None or committed is None:
        return False
    out = git.run(repository.folder, "merge-base", repository.head, tip.commit, accept=(0, 1))
    base = objects.read(f"{out.decode().strip()}:{repository.path}") if out else None
    return base is not None and base.id == committed.id
