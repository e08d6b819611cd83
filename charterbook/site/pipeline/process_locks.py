"""Locks and counts that processes share through pipes.

Those of multiprocessing have names in the system, which remain if all processes of a build are killed at once, and they
need /dev/shm, which some containers lack. Nothing remains of a pipe. On Windows, multiprocessing's leave nothing either.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from array import array
from collections.abc import Iterator, MutableSequence, Sequence
from contextlib import AbstractContextManager, contextmanager
from multiprocessing.connection import wait
from typing import Any, Protocol

from charterbook.site.signals import uninterrupted


class SharedCounts(Protocol):
    """Numbers that processes can share."""

    def locked(self) -> AbstractContextManager[MutableSequence[int]]:
        """A context manager that gives this process alone the numbers, to read and to change."""

    def close(self) -> None:
        """Release what this process shares with others."""


class OwnCounts:
    """SharedCounts that no other process uses."""

    def __init__(self, numbers: MutableSequence[int]) -> None:
        self._numbers = numbers

    @contextmanager
    def locked(self) -> Iterator[MutableSequence[int]]:
        """As in SharedCounts."""
        yield self._numbers

    def close(self) -> None:
        """As in SharedCounts."""


class _Pipe:
    """A pipe that is passed to processes when they start. Its content is all that they share."""

    def __init__(self) -> None:
        self._reader, self._writer = multiprocessing.Pipe(duplex=False)
        os.set_blocking(self._reader.fileno(), False)

    def _put(self, data: bytes) -> None:
        os.write(self._writer.fileno(), data)

    def _take(self, size: int, timeout: float | None) -> bytes:
        """The next bytes, which only this process gets; none if there are none for `timeout` seconds."""
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            try:
                return os.read(self._reader.fileno(), size)
            except BlockingIOError:
                remaining = None if end is None else end - time.monotonic()
            if (remaining is not None and remaining <= 0) or not wait([self._reader], remaining):
                return b""

    def close(self) -> None:
        """Close the pipe in this process."""
        self._reader.close()
        self._writer.close()


class PipeCounts(_Pipe):
    """SharedCounts in a pipe, which is empty while a process changes them."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__()
        self._size = len(array("i", numbers).tobytes())
        self._put(array("i", numbers).tobytes())

    @contextmanager
    def locked(self) -> Iterator[MutableSequence[int]]:
        """As in SharedCounts."""
        with uninterrupted():
            numbers = array("i", self._take(self._size, None))
            try:
                yield numbers
            finally:
                self._put(numbers.tobytes())


class PipeSemaphore(_Pipe):
    """A semaphore: a pipe with a byte for each time that it can be acquired.

    It has the methods of multiprocessing's own that queues and pools of processes call.
    """

    def __init__(self, value: int = 1) -> None:
        super().__init__()
        self._put(b"." * value)

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """Acquire it, and return whether it was; wait for at most `timeout` seconds."""
        return bool(self._take(1, timeout if block else 0.0))

    def release(self) -> None:
        """Release it once."""
        self._put(b".")

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    @property
    def _semlock(self) -> PipeSemaphore:
        """What a queue asks whether it is full."""
        return self

    def _is_zero(self) -> bool:
        return not wait([self._reader], 0)


class _MemoryCounts:
    """SharedCounts in shared memory: on Windows, where a pipe cannot be read in parts."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers: Any = multiprocessing.Array("i", numbers)

    @contextmanager
    def locked(self) -> Iterator[MutableSequence[int]]:
        """As in SharedCounts."""
        with self._numbers.get_lock():
            yield self._numbers

    def close(self) -> None:
        """As in SharedCounts."""


def shared_counts(numbers: Sequence[int]) -> SharedCounts:
    """SharedCounts that processes share. They can be passed to processes that are started."""
    return _MemoryCounts(numbers) if os.name == "nt" else PipeCounts(numbers)


def context_with_pipes(method: str) -> Any:
    """The multiprocessing context of a start method; except on Windows, its locks and semaphores are pipes."""
    context: Any = multiprocessing.get_context(method)
    if os.name == "nt":
        return context
    return type(f"Pipes{type(context).__name__}", (_WithPipes, type(context)), {})()


class _WithPipes:
    """The part of a context that makes locks."""

    def Lock(self) -> PipeSemaphore:  # noqa: N802 (the name in multiprocessing)
        """A lock."""
        return PipeSemaphore()

    def BoundedSemaphore(self, value: int = 1) -> PipeSemaphore:  # noqa: N802 (the name in multiprocessing)
        """A semaphore; that it is not released too often is not verified."""
        return PipeSemaphore(value)
