"""The published branch of a charter's repository, and its newest commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

from charterbook.errors import CharterbookError, SettingsError
from charterbook.frozen_dataclass import dataclass
from charterbook.history.default_branch import (
    USUAL,
    fetch_command,
    outdated_default_warning,
    remote_names,
    requested_branch_warning,
    unknown_default_warning,
)
from charterbook.pull_request import request_variables
from charterbook.repository import HEADS, REMOTES, TAGS, HistoryState, Repository


@dataclass(frozen=True)
class Tip:
    """The newest commit of the published branch, and the branch's short name, if it has one.

    `doubts` are warnings that a different branch may be the published one.
    """

    commit: str
    branch: str | None
    doubts: tuple[str, ...] = ()


_pinned: ContextVar[Tip | None] = ContextVar("pinned", default=None)


@contextmanager
def published_at(tip: Tip) -> Iterator[None]:
    """Context manager: read the history as it was when this was the published branch."""
    token = _pinned.set(tip)
    try:
        yield
    finally:
        _pinned.reset(token)


def published_tip(repository: Repository, wanted: str | None) -> Tip | None:
    """The published branch: the configured one, else the remote's default, else the checked-out one.

    None without any commit. Raises SettingsError if the configured branch does not exist.
    """
    pinned = _pinned.get()
    if pinned is not None:
        return pinned
    remote = used_remote(repository)
    if wanted is not None:
        return _configured_tip(repository, remote, wanted)
    name = _remote_default(repository, remote) if remote else None
    if remote is not None and name is not None:
        tip = _newer_tip(repository, remote, name)
        return tip and replace(tip, doubts=outdated_default_warning(repository, remote, name))
    if repository.head is None:
        return None
    return Tip(repository.head, repository.head_branch, unknown_default_warning(repository, remote))


def shows_the_same(before: HistoryState, after: HistoryState, wanted: str | None) -> bool:
    """Whether two states have the same history: commits on branches that are not published do not count.

    `wanted` is the configured branch.
    """
    try:
        return before == after or _shown(before, wanted) == _shown(after, wanted)
    except CharterbookError:
        return False


def _shown(state: HistoryState, wanted: str | None) -> HistoryState:
    """A state with the published branch and the tags as its only references."""
    if isinstance(state.repository, str):
        return state
    tip = published_tip(state.repository, wanted)
    refs = {f"{TAGS}{name}": id_ for name, id_ in state.repository.tags.items()}
    if tip is not None:
        refs[f"{HEADS}{tip.branch or ''}"] = tip.commit
    return replace(state, repository=replace(state.repository, refs=refs, links={}))


def used_remote(repository: Repository) -> str | None:
    """The remote to use: origin, or the only one."""
    if any(name.startswith(f"{REMOTES}origin/") for name in repository.refs):
        return "origin"
    if not any(name.startswith(REMOTES) for name in repository.refs):
        return None
    names = remote_names(repository)
    return names[0] if len(names) == 1 else None


def _remote_default(repository: Repository, remote: str) -> str | None:
    prefix = f"{REMOTES}{remote}/"
    default = repository.links.get(f"{prefix}HEAD", "")
    candidates = (default, *(f"{prefix}{name}" for name in USUAL))
    found = (name for name in candidates if name.startswith(prefix) and name in repository.refs)
    return next((name.removeprefix(prefix) for name in found), None)


def _configured_tip(repository: Repository, remote: str | None, wanted: str) -> Tip:
    tip = _newer_tip(repository, remote, wanted)
    if tip is None and f"{REMOTES}{wanted}" in repository.refs:
        return Tip(repository.refs[f"{REMOTES}{wanted}"], wanted)
    if tip is None:
        short = {name.removeprefix(HEADS) for name in repository.refs if name.startswith(HEADS)}
        short |= {name.removeprefix(REMOTES) for name in repository.refs if name.startswith(REMOTES)}
        known = ", ".join(sorted(name for name in short if not name.endswith("/HEAD"))) or "none yet"
        fetch = f" If the remote has it, run {fetch_command(remote)}." if remote else ""
        raise SettingsError(
            f"branch: there is no branch {wanted!r} in this repository. Branches: {known}.{fetch}"
        )
    return tip


def _newer_tip(repository: Repository, remote: str | None, name: str) -> Tip | None:
    """The tip of a local branch or of its remote counterpart, whichever contains the other.

    In the build of a pull request, some hosts merge the request into the local branch: there, the remote's counts.
    """
    local = repository.refs.get(f"{HEADS}{name}")
    remote_commit = repository.refs.get(f"{REMOTES}{remote}/{name}") if remote else None
    is_requested = repository.head_branch == name and bool(request_variables())
    if remote_commit is not None and (local is None or is_requested):
        return Tip(remote_commit, name)
    if local is None or remote_commit is None:
        doubts = requested_branch_warning(repository, name) if is_requested else ()
        return Tip(local, name, doubts) if local else None
    if repository.is_ancestor(remote_commit, local):
        return Tip(local, name)
    prefer_local = not repository.is_ancestor(local, remote_commit) and repository.head_branch == name
    return Tip(local if prefer_local else remote_commit, name)
