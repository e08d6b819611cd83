"""Exclusive locks on folders and files. A lock ends with the processes that hold it, even after a crash.

On POSIX systems the folder itself is locked (flock). This needs no lock file, and also excludes
processes in other PID namespaces or containers that share the folder. On Windows, and on drives without such
locks (network drives on macOS), a lock file in the system's temporary folder is used: it excludes processes of the
same machine.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from charterbook.folders import resolved_path

try:
    from fcntl import LOCK_EX, LOCK_NB, flock

    HAS_FLOCK = True
except ImportError:  # Windows
    HAS_FLOCK = False

#: Error codes for a lock held by a different process, and for a drive without locks.
_HELD = (errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK)
_UNSUPPORTED = (errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOLCK, errno.EINVAL, errno.EBADF)


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
    return _lock_posix(folder, LOCK_EX | LOCK_NB) if HAS_FLOCK else _lock_file_for(folder, 0)


def lock_file(handle: int, *, otherwise: bool = True) -> bool:
    """Lock an open file until it is closed; False if a different process holds the lock.

    `otherwise` is the result on systems and drives without such locks.
    """
    if not HAS_FLOCK:
        return otherwise
    try:
        return _flock(handle, LOCK_EX | LOCK_NB)
    except OSError as error:
        if error.errno in _UNSUPPORTED:
            return otherwise
        raise


def _flock(handle: int, operation: int) -> bool:
    """Lock an open file or folder; False if a different process holds the lock. Raises OSError."""
    try:
        flock(handle, operation)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


def _wait_for(folder: Path) -> Lock | None:
    """Wait for the lock of a folder; None if the folder was replaced meanwhile."""
    return _lock_posix(folder, LOCK_EX) if HAS_FLOCK else _lock_file_for(folder, -1)


def _lock_posix(folder: Path, operation: int) -> Lock | None:
    """Lock a folder by flock; None if it is held, or if the folder was replaced meanwhile."""
    handle = _open(folder)
    try:
        if _flock(handle, operation) and _is_at_path(folder, handle):
            held, handle = handle, -1
            return Lock(lambda: os.close(held))
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
        return _lock_elsewhere(folder, operation)
    finally:
        if handle >= 0:
            os.close(handle)
    return None


def _lock_elsewhere(folder: Path, operation: int) -> Lock | None:
    """Lock a file in the temporary folder by flock; None if it is held, or was removed meanwhile."""
    file = _lock_name(folder)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o644))
    handle = _flock_file(file, operation)
    if handle is None:
        return None

    def release() -> None:
        os.close(handle)
        free = _flock_file(file, LOCK_EX | LOCK_NB)  # it is not if a forked process still holds the lock
        if free is not None:
            file.unlink()
            os.close(free)

    return Lock(release)


def _flock_file(file: Path, operation: int) -> int | None:
    """Handle of a locked file; None if the lock is held, or if the file was removed meanwhile. Raises OSError."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    try:
        if _flock(handle, operation) and _is_at_path(file, handle):
            return handle
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _open(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)


def _is_at_path(path: Path, handle: int) -> bool:
    """Whether an open file or folder is still the one at its path."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _lock_name(folder: Path) -> Path:
    """The path of a lock file in the temporary folder, named after a folder."""
    name = hashlib.blake2b(os.fsencode(resolved_path(folder)), digest_size=12).hexdigest()
    return Path(tempfile.gettempdir()) / f"charterbook-{name}.lock"


def _lock_file_for(folder: Path, timeout: float) -> Lock | None:
    """A lock file in the temporary folder, named after the folder. A negative timeout in seconds waits forever."""
    import filelock

    folder.stat()
    file = _lock_name(folder)
    lock = filelock.FileLock(file, timeout=timeout)
    try:
        lock.acquire()
    except filelock.Timeout:
        return None

    def release() -> None:
        # Before another process can hold it; but Windows does not remove an open file.
        removed = _remove(file)
        lock.release()
        if not removed:
            _remove(file)

    return Lock(release)


def _remove(file: Path) -> bool:
    """Remove a file; whether it was removed."""
    try:
        file.unlink()
    except OSError:
        return False
    return True
