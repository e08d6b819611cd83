"""A disk that ignores case, and forms of accents, in names, as those of macOS and Windows do."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_ONE_PATH = ("lstat", "stat", "unlink", "rmdir", "listdir", "scandir", "mkdir", "chmod", "utime", "readlink")
_TWO_PATHS = ("rename", "replace", "link")

_listdir, _rename = os.listdir, os.rename


def fold_names(monkeypatch: pytest.MonkeyPatch, disk: Path) -> None:
    """Let calls of the system find an entry below a folder by any spelling. New entries have the given one."""
    for name in _ONE_PATH:
        monkeypatch.setattr(os, name, _on_one(getattr(os, name), disk))
    for name in _TWO_PATHS:
        monkeypatch.setattr(os, name, _on_two(getattr(os, name), disk))


def _on_one(call: Callable[..., Any], disk: Path) -> Callable[..., Any]:
    def called(path: Any = ".", *rest: Any, **options: Any) -> Any:
        return call(_found(path, disk), *rest, **options)

    return called


def _on_two(call: Callable[..., Any], disk: Path) -> Callable[..., Any]:
    def called(source: Any, target: Any, **options: Any) -> Any:
        found = Path(_found(target, disk))
        done = call(_found(source, disk), found, **options)
        if call.__name__ != "link":
            _rename(found, found.with_name(Path(target).name))
        return done

    return called


def _found(path: Any, disk: Path) -> Any:
    """The path with the names of the entries that exist."""
    if isinstance(path, int) or not Path(os.fsdecode(path)).is_relative_to(disk):
        return path
    found = str(disk)
    for name in Path(os.fsdecode(path)).relative_to(disk).parts:
        found += os.sep + next((one for one in _names(found) if _folded(one) == _folded(name)), name)
    return found


def _names(folder: str) -> list[str]:
    try:
        return _listdir(folder)
    except OSError:
        return []


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
