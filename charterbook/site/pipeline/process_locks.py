"""Locks and counts that processes share through a file without a name.

The system releases the locks of a process when it ends, however it ends, and nothing of the file remains.
Multiprocessing's own locks stay locked if their process is killed, so that others wait forever; they have names in the
system, which remain if all processes of a build are killed at once, and they need /dev/shm, which some containers lack.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from array import array
from collections.abc import Iterator, MutableSequence, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from multiprocessing.connection import Connection
from typing import Any, Protocol

from charterbook.site.signals import uninterrupted

with suppress(ImportError):  # on Windows
    from fcntl import LOCK_EX, LOCK_UN, lockf

#: The bytes of the file that are locked for the counts, and for a turn.
_COUNTS, _TURN = 0, 1

#: Seconds to wait on Windows for counts that are only held for a moment: after that, their process was ended.
_PATIENCE = 60


class Shared(Protocol):
    """Numbers that processes can share, and turns that they take."""

    def locked(self) -> AbstractContextManager[MutableSequence[int]]:
        """A context manager that gives this process alone the numbers, to read and to change."""

    def turn(self) -> AbstractContextManager[None]:
        """A context manager that only one process is in at a time."""

    def close(self) -> None:
        """Release what this process shares with others."""


class NotShared:
    """Numbers and turns, as in Shared, of one process."""

    def __init__(self, numbers: MutableSequence[int]) -> None:
        self._numbers = numbers

    def locked(self) -> AbstractContextManager[MutableSequence[int]]:
        """As in Shared."""
        return nullcontext(self._numbers)

    def turn(self) -> AbstractContextManager[None]:
        """As in Shared."""
        return nullcontext()

    def close(self) -> None:
        """As in Shared."""


class SharedFile:
    """Shared numbers and turns in a file that is passed to processes when they start.

    The locks belong to processes, not to threads.
    """

    def __init__(self, numbers: Sequence[int]) -> None:
        self._file = Connection(_nameless_file())
        self._size = self._write(numbers)

    def _write(self, numbers: Sequence[int]) -> int:
        return os.pwrite(self._file.fileno(), array("i", numbers).tobytes(), 0)

    @contextmanager
    def locked(self) -> Iterator[MutableSequence[int]]:
        """As in Shared."""
        with uninterrupted(), self._locked(_COUNTS):
            numbers = array("i", os.pread(self._file.fileno(), self._size, 0))
            try:
                yield numbers
            finally:
                self._write(numbers)

    def turn(self) -> AbstractContextManager[None]:
        """As in Shared."""
        return self._locked(_TURN)

    @contextmanager
    def _locked(self, byte: int) -> Iterator[None]:
        lockf(self._file.fileno(), LOCK_EX, 1, byte)
        try:
            yield
        finally:
            lockf(self._file.fileno(), LOCK_UN, 1, byte)

    def close(self) -> None:
        """Close the file in this process."""
        self._file.close()


def _nameless_file() -> int:
    """The descriptor of a new file without a name, in memory if the system has such files."""
    if hasattr(os, "memfd_create"):
        with suppress(OSError):
            return os.memfd_create("charterbook")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


class _SharedMemory:
    """Shared numbers and turns in memory: on Windows, which passes no open files on."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers: Any = multiprocessing.Array("i", numbers)
        self._turn = multiprocessing.Lock()

    @contextmanager
    def locked(self) -> Iterator[MutableSequence[int]]:
        """As in Shared."""
        lock = self._numbers.get_lock()
        is_held = lock.acquire(timeout=_PATIENCE)
        try:
            yield self._numbers
        finally:
            if is_held:
                lock.release()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """As in Shared."""
        with self._turn:
            yield

    def close(self) -> None:
        """As in Shared."""


def shared(numbers: Sequence[int]) -> Shared:
    """Numbers and turns that processes share. They can be passed to processes that are started."""
    return _SharedMemory(numbers) if os.name == "nt" else SharedFile(numbers)
