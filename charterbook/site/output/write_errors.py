"""Messages for write errors: the path that cannot be written, and the reason."""

from __future__ import annotations

import errno
import io
import os
import shutil
from pathlib import Path
from types import TracebackType

from charterbook.site.output.publish import is_staging

#: Error codes of failed writes: disk or quota full, file too large, disk read-only.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)

#: Error codes of a broken disk or connection, and of a process or system without files or memory left.
_BROKEN = (errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ENODEV, errno.ENXIO)
_NOTHING_LEFT = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOLCK)

_FORBIDDEN = (errno.EACCES, errno.EPERM)


def write_error_message(error: Exception, target: Path, *, interrupted: bool) -> str | None:
    """Message for a failure of the system, such as one in writing the site; None for any other error.

    `interrupted` says whether the site is partly replaced.
    """
    if not isinstance(error, OSError):
        return None
    if isinstance(error, shutil.SpecialFileError):
        return f"{error}, so it cannot be copied. {_UNTOUCHED}"
    path = _path(error, target)
    if path is not None and path.is_relative_to(target):
        now = _INTERRUPTED if interrupted else _UNTOUCHED
        where = "" if _in_staging(path, target) or path == target else f"{path}: "
        return f"The site cannot be written to {target}: {where}{error.strerror}. {now}"
    failure = _failure(error, path)
    return None if failure is None else f"{failure}: {error.strerror}. {_UNTOUCHED}"


def _failure(error: OSError, path: Path | None) -> str | None:
    """What has failed outside the site; None if it may be a bug."""
    if error.errno in _NO_ROOM:
        return f"{path or 'A file'} cannot be written"
    if error.errno in _BROKEN:
        return f"{path or 'A file'} cannot be read or written"
    if error.errno in _NOTHING_LEFT:
        return "The site cannot be built"
    return str(path) if error.errno in _FORBIDDEN and path is not None else None


_UNTOUCHED = "The previous site is unchanged."
_INTERRUPTED = "The site is partly replaced; the next build completes it."


def _path(error: OSError, target: Path) -> Path | None:
    """Path that could not be written; of two, the one in the site, or else the target."""
    names = [name for name in (error.filename, error.filename2) if isinstance(name, str | bytes)]
    paths = [Path(os.fsdecode(name)) for name in names]
    inside = [path for path in paths if path.is_relative_to(target) and not _in_staging(path, target)]
    found = inside or paths[::-1]
    return found[0] if found else _written(error.__traceback__)


def name_file(error: OSError) -> None:
    """Name the file that was written in an error that will lose its traceback."""
    if error.filename is None and (path := _written(error.__traceback__)):
        error.filename = str(path)


def _written(traceback: TracebackType | None) -> Path | None:
    """The file written by the innermost function of a traceback: the system does not name it."""
    found = None
    while traceback is not None:
        for value in traceback.tb_frame.f_locals.values():
            if isinstance(value, io.IOBase) and _is_written(value):
                found = Path(os.fsdecode(value.name))  # type: ignore[attr-defined]
        traceback = traceback.tb_next
    return found


def _is_written(file: io.IOBase) -> bool:
    """Whether a file has a name and was opened for writing. It can be closed already."""
    named = isinstance(getattr(file, "name", None), str | bytes)
    return named and not str(getattr(file, "mode", "r")).startswith("r")


def _in_staging(path: Path, target: Path) -> bool:
    return path != target and path.is_relative_to(target) and is_staging(path.relative_to(target).parts[0])
