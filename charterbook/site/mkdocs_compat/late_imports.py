"""Lazy import of a library that mkdocs-macros imports at its start for a single function.

Python's own lazy loader reads such a library on its first use, or when anything else imports it, so other plugins see
the same module. It is for the command line, because that has its own process.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

from charterbook.site.mkdocs_compat.registry import is_on

#: Its import takes as long as that of all of MkDocs' own code.
_LATE = frozenset({"requests"})


class _LateFinder(MetaPathFinder):
    """Finder of some libraries, in the usual places."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of a library to be executed on first use; None for all others."""
        found = PathFinder.find_spec(fullname, path, target) if fullname in self._names else None
        if found is not None and found.loader is not None:
            found.loader = LazyLoader(found.loader)
        return found


@contextmanager
def late_imports(names: frozenset[str] = _LATE) -> Iterator[None]:
    """Context manager: libraries imported meanwhile are executed on first use."""
    finder = _LateFinder(names if is_on("late-imports") else frozenset())
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
