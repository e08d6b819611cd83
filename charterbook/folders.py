"""Entries and listings of folders: a failure of the system, such as that of a network drive, is never taken for absence.

And the folders of Python's library and of installed packages.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path

#: Folder at the top of a disk that only the administrator can read.
_RECOVERED = "lost+found"


def exists(path: Path | str) -> bool:
    """Whether there is an entry of this name, also a link that leads nowhere. Raises OSError if the system cannot say."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def is_folder(path: Path) -> bool:
    """Whether a path is a folder, and not a link to one. Raises OSError if the system cannot say."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def resolved_path(path: Path | str) -> Path:
    """The absolute path without links. Unlike Path.resolve, it also answers for links in a circle, as in `stat`."""
    return Path(os.path.realpath(path))


def walk(top: Path | str, *, followlinks: bool = False) -> Iterator[tuple[str, list[str], list[str]]]:
    """The same as os.walk. Raises OSError for a folder that cannot be read, unless it has vanished or is the system's."""
    return os.walk(top, followlinks=followlinks, onerror=_report)


def files_with(suffix: str, top: Path) -> list[Path]:
    """The paths of all files with a suffix, also of links to files, sorted. Raises OSError like `walk`.

    Pipes, devices and links that lead nowhere are no files: reading them could wait forever, or never end.
    """
    paths = (Path(folder, name) for folder, _, names in walk(top) for name in names if name.endswith(suffix))
    return sorted(path for path in paths if path.is_file())


def library_folders() -> set[str]:
    """The folders of Python's library and of the packages that are installed in its environment."""
    import sysconfig

    return {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}


@cache
def code_folders() -> tuple[str, ...]:
    """The folders of this program, of Python's library and of installed packages, each with a separator at its end."""
    return tuple(f"{path}{os.sep}" for path in (*library_folders(), Path(__file__).parent))


def _report(error: OSError) -> None:
    is_of_system = os.path.basename(error.filename or "") == _RECOVERED  # noqa: PTH119
    if not is_of_system and not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise error
