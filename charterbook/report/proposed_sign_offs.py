"""The state to which each signer of a proposed charter has agreed, searched in the history and in the proposed commits."""

from __future__ import annotations

from collections.abc import Iterator

from charterbook import git
from charterbook.charter import Charter
from charterbook.check import readable_charters
from charterbook.errors import CharterbookError
from charterbook.history.resolve_charter import CharterResolver
from charterbook.repository import find_repository
from charterbook.signing import SignOffState, sign_off_states

#: Maximum number of proposed commits that are searched.
_MOST_COMMITS = 50


def sign_offs_of(
    names: CharterResolver, base: str, head: str, older: Charter | None, new: Charter
) -> list[SignOffState]:
    """The states of the sign-offs of the newer charter, `head`."""
    if new.review is None or not new.review.sign_offs:
        return []
    past = readable_charters(names.history)
    proposed = _proposed(names, base, head)
    charters = [*past, *([older] if older else []), *(one for one in proposed if one is not None)]
    is_complete = names.history.is_complete and None not in proposed
    return sign_off_states(new, charters, names.settings, is_complete=is_complete)


def _proposed(names: CharterResolver, base: str, head: str) -> list[Charter | None]:
    """The charters of the proposed commits, oldest first; None for one that is not searched or cannot be read."""
    ends = names.commit_range(base, head)
    if ends is None:
        return []
    repository = find_repository(names.folder / names.settings.charter)
    out = git.run(repository.folder, "rev-list", "--reverse", f"{ends[0]}..{ends[1]}", "--", repository.path)
    commits = out.decode().split()
    found: list[Charter | None] = [None] * (len(commits) > _MOST_COMMITS)
    return found + list(_read(names, commits[-_MOST_COMMITS:]))


def _read(names: CharterResolver, commits: list[str]) -> Iterator[Charter | None]:
    for commit in commits:
        try:
            yield names.find(commit).charter
        except CharterbookError:
            yield None
