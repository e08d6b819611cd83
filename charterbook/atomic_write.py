"""Atomic writing of a user's files: readers see either the old content (or no file) or all of the new content.

The new content is written to a temporary file in the same folder, which is locked meanwhile. One that a killed process
has left behind is removed by the next write in its folder.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from charterbook.errors import CharterbookError
from charterbook.file_store import open_temporary, remove_leftover
from charterbook.locks import lock_folder
from charterbook.pipes import write_output

#: Prefix of temporary files.
_TEMPORARY = ".charterbook-new-"

#: Error codes of drives without permissions, times or hard links.
_UNABLE = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)
_NO_LINKS = (*_UNABLE, errno.EMLINK)


def replace_file(path: Path, data: bytes, *, expected: bytes | None = None, durable: bool = True) -> None:
    """Replace a file's content, or make the file; the target of a link is replaced.

    It keeps its permissions, extended attributes and, as far as allowed, its owner. Raises OSError with the path, also
    for a write-protected file in a folder that is not. Raises CharterbookError if the content is not the `expected`
    one: somebody else has changed the file since it was read. Unless `durable`, the new content can be lost if the
    computer loses power.
    """
    with _named(path):
        goal = _target(path)
        if goal.exists() and not os.access(goal, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with lock_folder(goal.parent), _temporary(goal, data, durable=durable) as new:
            if expected is not None and goal.read_bytes() != expected:
                raise CharterbookError(
                    f"{path} was changed by somebody else in the meantime, so nothing was written. Try again."
                )
            new.replace(goal)


def write_file(path: Path, data: bytes) -> None:
    """Replace a file or make it, and write directly to anything else, such as a pipe. Raises OSError with the path."""
    if path.exists() and not path.is_file():
        with _named(path):
            write_output(path, data)
    else:
        replace_file(path, data)


def create_file(path: Path, data: bytes) -> None:
    """Make a file. Raises OSError with the path; FileExistsError if there is one, or a link that leads nowhere."""
    with _named(path), _temporary(path, data) as new:
        try:
            os.link(new, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _create_in_place(path, data)


def _target(path: Path) -> Path:
    """The file itself, or the target of a link. Raises OSError if the system cannot say whether it is one."""
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return Path(os.path.realpath(path))


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Context manager: errors name the path that a user knows."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


@contextmanager
def _temporary(goal: Path, data: bytes, *, durable: bool = True) -> Iterator[Path]:
    """A file with this content beside `goal`, with its attributes. It is removed if it is still there at the end."""
    for leftover in goal.parent.glob(f"{_TEMPORARY}*"):
        remove_leftover(leftover)
    new, file, lock = open_temporary(goal.parent, _TEMPORARY)
    try:
        with file:
            file.write(data)
            if durable:
                _sync(file)
        _copy_attributes(goal, new)
        yield new
    finally:
        with suppress(OSError):
            new.unlink()
        if lock is not None:
            os.close(lock)


def _copy_attributes(goal: Path, new: Path) -> None:
    """Give a new file the attributes of the one that it replaces; if there is none, the permissions of a new one."""
    try:
        status = goal.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        with _refused():
            new.chmod(0o666 & ~mask)
        return
    if hasattr(os, "chown"):
        for owner, group in ((-1, status.st_gid), (status.st_uid, -1)):
            with _refused(), suppress(PermissionError):
                os.chown(new, owner, group)
    with _refused():
        shutil.copystat(goal, new)
    with _refused():
        os.utime(new)


@contextmanager
def _refused() -> Iterator[None]:
    """Context manager: nothing happens on drives where all files have the same permissions or times."""
    try:
        yield
    except OSError as error:
        if error.errno not in _UNABLE:
            raise


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _create_in_place(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        try:
            file.write(data)
            _sync(file)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
