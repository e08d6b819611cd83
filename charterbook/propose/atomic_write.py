"""Puts new bytes into a file's place in one step: whoever reads it finds the old ones whole, or the new ones."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file anew with the same permissions; a link stays and its target changes. Raises OSError of it."""
    try:
        _replace(path.resolve(), data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _replace(goal: Path, data: bytes) -> None:
    mode = stat.S_IMODE(goal.stat().st_mode)
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
