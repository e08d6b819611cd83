"""Atomic writing of a file: readers see either the old content (or no file) or all of the new content."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file's content, with the same permissions, or make the file; the target of a link is replaced.

    Raises OSError with the path.
    """
    try:
        _replace(path.resolve(), data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _replace(goal: Path, data: bytes) -> None:
    mode = _mode(goal)
    handle, name = tempfile.mkstemp(dir=goal.parent, prefix=f".{goal.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(goal)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(goal: Path) -> int:
    """Permissions of a file; if there is none, those of a new one."""
    try:
        return stat.S_IMODE(goal.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
