"""Exclusive locks on folders and files. A lock ends with the processes that hold it, even after a crash.

On POSIX systems the folder itself is locked (flock). This needs no lock file, and also excludes
processes in other PID namespaces or containers that share the folder. Elsewhere a lock file in the
system's temporary folder is used.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

try:
    from fcntl import LOCK_EX, LOCK_NB, flock

    HAS_FLOCK = True
except ImportError:  # Windows
    HAS_FLOCK = False

#: Error codes for a lock held by a different process.
_HELD = (errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK)


class Lock:
    """A lock held until `release`. Forked processes share it: it ends with the last of them."""

    def __init__(self, release: Callable[[], None]) -> None:
        self._release: Callable[[], None] | None = release

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Release the lock in this process."""
        release, self._release = self._release, None
        if release is not None:
            release()


def lock_folder(folder: Path, waiting: Callable[[], None] = lambda: None) -> Lock:
    """Lock a folder. Calls `waiting` once if it has to wait for a process. Raises OSError."""
    found = try_lock_folder(folder)
    if found is not None:
        return found
    waiting()
    while found is None:
        found = _wait_for(folder)
    return found


def try_lock_folder(folder: Path) -> Lock | None:
    """Lock a folder; None if a different process holds the lock. Raises OSError, for example for a missing folder."""
    if not HAS_FLOCK:
        return _lock_file_for(folder, 0)
    handle = _open(folder)
    if lock_file(handle) and _is_at_path(folder, handle):
        return Lock(lambda: os.close(handle))
    os.close(handle)
    return None


def lock_file(handle: int) -> bool:
    """Lock an open file until it is closed; False if a different process holds the lock.

    Always True on systems without such locks.
    """
    if not HAS_FLOCK:
        return True
    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


def _wait_for(folder: Path) -> Lock | None:
    """Wait for the lock of a folder; None if the folder was replaced meanwhile."""
    if not HAS_FLOCK:
        return _lock_file_for(folder, -1)
    handle = _open(folder)
    try:
        flock(handle, LOCK_EX)
    except BaseException:
        os.close(handle)
        raise
    if _is_at_path(folder, handle):
        return Lock(lambda: os.close(handle))
    os.close(handle)
    return None


def _open(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)


def _is_at_path(folder: Path, handle: int) -> bool:
    """Whether an open folder is still the one at its path."""
    return os.path.samestat(os.fstat(handle), folder.stat())


def _lock_file_for(folder: Path, timeout: float) -> Lock | None:
    """A lock file in the temporary folder, named after the folder. A negative timeout in seconds waits forever."""
    import filelock

    folder.stat()
    name = hashlib.blake2b(os.fsencode(folder.resolve()), digest_size=12).hexdigest()
    file = Path(tempfile.gettempdir()) / f"charterbook-{name}.lock"
    lock = filelock.FileLock(file, timeout=timeout)
    try:
        lock.acquire()
    except filelock.Timeout:
        return None

    def release() -> None:
        lock.release()
        with suppress(OSError):
            file.unlink()

    return Lock(release)
