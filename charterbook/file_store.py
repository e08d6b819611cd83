"""Cache files, each with a checksum.

A damaged, truncated, renamed or foreign entry is treated as missing. Entries are written atomically, so no process
ever reads a partial one. Nothing in an entry is executed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import BinaryIO

from charterbook.locks import lock_file

#: Folder of Python's bytecode, where Charterbook stores what it compiles from its own files.
BYTECODE_FOLDER = "__pycache__"

_SIZE = 32

#: Prefix of temporary files, which are locked while they are written.
_TEMPORARY = ".new-"

#: Age in seconds from which a temporary file is a leftover on systems and drives without locks, such as Windows.
_MAX_AGE = 86_400.0


def bytecode_folder(modules: Path) -> Path:
    """The folder of the bytecode of the modules in a folder: beside them, unless Python is to write it elsewhere."""
    if sys.pycache_prefix is None:
        return modules / BYTECODE_FOLDER
    return Path(cache_from_source(str(modules / "module.py"))).parent


class Store:
    """Entries in a folder, created with the first entry."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> bytes | None:
        """The content of an entry, None if it is missing or fails its checksum."""
        try:
            with open_regular(self.folder / name) as file:
                head, _, content = file.read().partition(b"\n")
        except OSError:
            return None
        return content if head == self._digest(name, content) else None

    def put(self, name: str, content: bytes) -> None:
        """Write an entry. Raises OSError."""
        with open_replacement(self.folder / name) as file:
            file.write(self._digest(name, content) + b"\n")
            file.write(content)

    def cached(self, name: str, make: Callable[[], bytes], keep_days: int) -> bytes:
        """The content of an entry, made and written if there is no valid one.

        Entries that were not used for `keep_days` are removed. Errors of writing are ignored.
        """
        found = self.get(name)
        if found is not None:
            self.touch(name)
            return found
        made = make()
        with suppress(OSError):
            self.put(name, made)
        self.prune(time.time() - keep_days * 86_400)
        return made

    def touch(self, name: str) -> None:
        """Mark an entry as recently used."""
        try:
            os.utime(self.folder / name)
        except OSError:
            return

    def prune(self, before: float) -> None:
        """Remove entries that were last used before a time, in seconds since 1970."""
        try:
            entries = list(self.folder.iterdir())
        except OSError:
            return
        for entry in entries:
            try:
                if entry.lstat().st_mtime < before:
                    _remove(entry)
            except OSError:
                continue

    def _digest(self, name: str, content: bytes) -> bytes:
        """A hash over the path and the content of an entry: a moved entry is invalid."""
        found = hashlib.blake2b(f"{self.folder.name}/{name}\0".encode(), digest_size=_SIZE)
        found.update(content)
        return found.hexdigest().encode()


@contextmanager
def open_regular(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file for reading. Raises OSError for anything else: a link, a folder, a pipe."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path} is not a file")
        yield file


@contextmanager
def open_replacement(path: Path) -> Iterator[BinaryIO]:
    """Open a new file that replaces the file at a path once it is complete.

    Raises OSError with the path.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new, file, lock = open_temporary(path.parent, _TEMPORARY)
        with _closing(lock):
            yield from _written(path, new, file)
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def open_temporary(folder: Path, prefix: str) -> tuple[Path, BinaryIO, int | None]:
    """A temporary file in a folder, open for writing, and a handle that locks it until closed. Raises OSError."""
    while True:
        handle, name = tempfile.mkstemp(dir=folder, prefix=prefix)
        try:
            if lock_file(handle) and (os.name == "nt" or os.fstat(handle).st_nlink):
                # An open file cannot be renamed on Windows, where it is not locked either.
                lock = None if os.name == "nt" else os.dup(handle)
                return Path(name), os.fdopen(handle, "wb"), lock
        except OSError:
            os.close(handle)
            with suppress(OSError):
                Path(name).unlink()
            raise
        os.close(handle)  # a concurrent process is removing it as a leftover


@contextmanager
def _closing(handle: int | None) -> Iterator[None]:
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _written(path: Path, new: Path, file: BinaryIO) -> Iterator[BinaryIO]:
    """Yield the open temporary file, then move it to its path."""
    try:
        with file:
            yield file
        if path.is_dir() and not path.is_symlink():
            _remove(path)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def unwritable_error(folder: Path) -> OSError | None:
    """The error that prevents writing into a folder, or None. Creates a missing folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=_TEMPORARY):
            return None
    except OSError as error:
        return error


def sweep(folder: Path) -> None:
    """Remove temporary files that no process is writing, anywhere below a folder."""
    for top, _, names in os.walk(folder):
        for name in names:
            if name.startswith(_TEMPORARY):
                remove_leftover(Path(top) / name)


def remove_leftover(path: Path) -> None:
    """Remove a temporary file unless a process is writing it."""
    with suppress(OSError), open_regular(path) as file:
        is_old = time.time() - os.fstat(file.fileno()).st_mtime > _MAX_AGE
        if lock_file(file.fileno(), otherwise=is_old):
            path.unlink()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
