"""Ask git for the newest commit only where a page shows it.

mkdocs-macros starts a dozen git processes for every version, before it knows whether any page asks for `git`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from mkdocs_macros import context

from charterbook.site.mkdocs_compat.registry import is_on

_ask: Callable[[], Mapping[str, Any] | None] = context.get_git_info


class NewestCommit(Mapping[str, Any]):
    """The `git` of mkdocs-macros, filled when a page asks for any of it."""

    @cached_property
    def _found(self) -> Mapping[str, Any]:
        return _ask() or {}

    def __getitem__(self, name: str) -> Any:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __repr__(self) -> str:
        return repr(dict(self._found))


_newest = NewestCommit()


def forget() -> None:
    """Ask git again in the next build of this process."""
    global _newest  # noqa: PLW0603 (git is the same for all versions that a process builds)
    _newest = NewestCommit()


def install() -> None:
    """Replace the question to git until `uninstall`: while plugins get their configuration."""
    if is_on("git-info"):
        context.get_git_info = lambda: _newest


def uninstall() -> None:
    """Leave mkdocs-macros as it was."""
    context.get_git_info = _ask
