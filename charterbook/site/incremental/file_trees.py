"""Recursive listing of a folder that follows links like MkDocs, and its hash."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from charterbook.file_store import BYTECODE_FOLDER


def files_below(folder: Path, is_listed: Callable[[str], bool] = lambda _: True) -> list[tuple[str, Path]]:
    """Sorted relative and full paths of all files below a folder, without folders that are not listed.

    Links to folders are followed unless they lead to a parent folder.
    """
    return [(name, Path(path)) for name, path in paths_below(folder, is_listed)]


def paths_below(folder: Path, is_listed: Callable[[str], bool] = lambda _: True) -> list[tuple[str, str]]:
    """The same with paths as text, which is faster than path objects for many small files."""
    found, above = [], len(str(folder)) + 1
    for top, inner, names in os.walk(folder, followlinks=True):
        inner[:] = [
            name for name in inner if is_listed(path := os.path.join(top, name)) and not _leads_back(path)
        ]
        paths = [path for name in names if is_listed(path := os.path.join(top, name))]
        found += [(path[above:].replace(os.sep, "/"), path) for path in paths if os.path.isfile(path)]
    return sorted(found)


def folders_below(folder: Path, is_listed: Callable[[str], bool]) -> set[str]:
    """Paths of a folder and of all listed folders below it, without those that links lead to."""
    found = set()
    for top, inner, _ in os.walk(folder):
        found.add(top)
        inner[:] = [name for name in inner if is_listed(os.path.join(top, name))]
    return found


def is_source(path: str) -> bool:
    """Whether a path is not compiled Python code."""
    return os.path.basename(path) != BYTECODE_FOLDER


def digest_of_tree(folder: Path, is_listed: Callable[[str], bool] | None = None) -> str:
    """Hash of the paths and contents of all files below a folder, without compiled Python code."""
    found = hashlib.blake2b(digest_size=20)
    for name, path in paths_below(folder, is_listed or is_source):
        content = content_of(path)
        found.update(f"{name}\0{len(content)}\0".encode(errors="surrogatepass"))
        found.update(content)
    return found.hexdigest()


def content_of(path: Path | str) -> bytes:
    """Content of a file, empty if it cannot be read: the reader of the file reports the error."""
    try:
        with open(path, "rb", buffering=0, opener=without_waiting) as file:
            return file.readall() or b""
    except OSError:
        return b""


def without_waiting(path: str, flags: int) -> int:
    """Open a file, or a pipe as if it were empty."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _leads_back(path: str) -> bool:
    """Whether a link leads to one of its parent folders."""
    if not os.path.islink(path):
        return False
    folder = os.path.join(os.path.realpath(os.path.dirname(path)), "")
    return folder.startswith(os.path.join(os.path.realpath(path), ""))
