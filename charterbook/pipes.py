"""Files that a user names and that can be pipes or devices: reading and writing them ends."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_Found = TypeVar("_Found")

#: Seconds until a pipe is given up that no other program has opened.
PATIENCE = 5.0

_STEP = 0.05
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)


def read_input(path: Path, limit: int) -> bytes:
    """The content of a file, a pipe or a device, and no more than `limit` + 1 bytes: a device has no end.

    Raises OSError, also for a pipe into which no program writes.
    """
    with open(path, "rb", opener=_without_waiting) as file:
        begun, handle = b"", file.fileno()
        if stat.S_ISFIFO(os.fstat(handle).st_mode):
            begun = _awaited(lambda: _first_byte(handle), path, "no program writes to this pipe")
        if _NONBLOCK:
            os.set_blocking(handle, True)
        return begun + file.read(limit + 1 - len(begun))


def read_regular(path: Path) -> bytes:
    """The content of a file. Raises OSError, also for a pipe or a device: reading it could wait forever."""
    if not path.is_dir() and path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is not a file", str(path))
    return path.read_bytes()


def write_output(path: Path, data: bytes) -> None:
    """Write to a pipe or a device. Raises OSError, also for a pipe from which no program reads."""
    if path.is_fifo():
        handle = _awaited(lambda: _opened(path), path, "no program reads from this pipe")
        os.set_blocking(handle, True)
        with os.fdopen(handle, "wb") as pipe:
            pipe.write(data)
    else:
        path.write_bytes(data)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | _NONBLOCK)


def _first_byte(pipe: int) -> bytes | None:
    """The first byte of a pipe; nothing if a program has opened it but not written yet; None if none has."""
    try:
        return os.read(pipe, 1) or None
    except BlockingIOError:
        return b""


def _opened(pipe: Path) -> int | None:
    """A pipe, open for writing; None if no program has opened it for reading. Raises OSError."""
    try:
        return os.open(pipe, os.O_WRONLY | _NONBLOCK)
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        return None


def _awaited(look: Callable[[], _Found | None], path: Path, words: str) -> _Found:
    """What a function finds in time. Raises OSError with these words if it finds nothing."""
    end = time.monotonic() + PATIENCE
    while (found := look()) is None:
        if time.monotonic() > end:
            raise OSError(errno.ENXIO, words, str(path))
        time.sleep(_STEP)
    return found
