"""Lazy `git` variable of mkdocs-macros: the newest commit is read when a page shows it.

mkdocs-macros starts a dozen git processes for every version, even if no page uses `git`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from mkdocs_macros import context

from charterbook.site.mkdocs_compat.registry import is_on

_ask: Callable[[], Mapping[str, Any] | None] = context.get_git_info


class NewestCommit(Mapping[str, Any]):
    """The `git` variable of mkdocs-macros, read on first access."""

    @cached_property
    def _values(self) -> Mapping[str, Any]:
        return _ask() or {}

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return repr(dict(self._values))


_newest = NewestCommit()


def forget() -> None:
    """Clear the cached commit for the next build of this process."""
    global _newest  # noqa: PLW0603 (git is the same for all versions that a process builds)
    _newest = NewestCommit()


def install() -> None:
    """Patch mkdocs-macros until `uninstall`, while plugins load their configuration."""
    if is_on("git-info"):
        context.get_git_info = lambda: _newest


def uninstall() -> None:
    """Undo the patch of mkdocs-macros."""
    context.get_git_info = _ask
