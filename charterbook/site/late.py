"""Modules that other libraries read when they begin, and then hardly ever use: they are read when they are used.

mkdocs-macros reads `requests`, with all that belongs to it, for pages that fetch something; that is a fourth of what
Python reads for a build that has nothing to do. Python's own LazyLoader reads a module as soon as it is imported again.
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType
from typing import Any

#: mkdocs-macros fetches files with the first, and prints variables with the second.
_LATE = ("requests", "hjson")


class _Late(ModuleType):
    """Stands for a module until something in it is asked for; from then on passes on what that has."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def read_late() -> None:
    """Have Python read these modules when something in them is asked for, unless they have been read."""
    for name in _LATE:
        if name not in sys.modules and find_spec(name) is not None:
            sys.modules[name] = _Late(name)
