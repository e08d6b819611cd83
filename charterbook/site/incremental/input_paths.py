"""Paths that a build reads: which are inputs, the folders of relative ones, and whether a file has changed."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

from charterbook.file_store import BYTECODE_FOLDER
from charterbook.folders import library_folders

try:
    import fcntl
except ImportError:  # Windows, where folders cannot be opened
    fcntl = None  # type: ignore[assignment]

#: Size, modification times in nanoseconds, and inode of a file.
Signature = tuple[int, ...]

#: The folder with the descriptors of this process.
_DESCRIPTORS = "/dev/fd" if sys.platform == "darwin" else "/proc/self/fd"

#: A path within an installed package, wherever its environment is.
_IN_PACKAGE = re.compile(r"[\\/](?:site|dist)-packages[\\/]")

#: The file system in memory, in which a handbook can be. Everything else in /dev is a device.
_IN_MEMORY = "/dev/shm/"  # noqa: S108 – nothing is written

#: The folder of Charterbook's own code.
PROGRAM = str(Path(__file__).parents[2]) + os.sep


def signature(path: str) -> Signature | None:
    """Signature of a file for change detection, None if it cannot be read."""
    try:
        stat = os.stat(path)
    except (OSError, ValueError):
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def is_own(path: str) -> bool:
    """Whether a file is outside Python, installed packages, Charterbook and the system."""
    folder = f"{path}{os.sep}"
    is_device = folder.startswith("/dev/") and not folder.startswith(_IN_MEMORY)
    return not is_device and not folder.startswith(_LIBRARIES) and not _IN_PACKAGE.search(folder)


def _libraries() -> tuple[str, ...]:
    """Prefixes of all paths that are not inputs."""
    found = library_folders()
    found |= {os.path.realpath(path) for path in found}
    found |= {path for path in sys.path if path and _has_packages(path)}
    found |= {
        path for path in sys.path if path.endswith(f"python{sys.version_info[0]}{sys.version_info[1]}.zip")
    }
    system = ("/proc/", "/sys/", "<")
    return (*(path.rstrip(os.sep) + os.sep for path in sorted(found)), PROGRAM, *system)


def _has_packages(folder: str) -> bool:
    """Whether packages are installed in a folder, such as that of `pip install --target`."""
    try:
        return any(name.endswith(".dist-info") for name in os.listdir(folder))
    except OSError:
        return False


#: Prefixes of all paths that are not inputs, found before reads are recorded.
_LIBRARIES = _libraries()


def opened_places(path: Any) -> list[str]:
    """The files that `os.open` may open: its audit event does not name the open folder (`dir_fd`) of a relative path.

    Folders are omitted: they are read by listing them.
    """
    place = place_of(path)
    if place is None:
        return []
    name = os.fsdecode(path)
    below = [] if os.path.isabs(name) else [os.path.join(folder, name) for folder in _open_folders()]
    possible = [place, *below]
    found = [one for one in possible if os.path.lexists(one)] or possible
    return [one for one in found if not os.path.isdir(one)]


def _open_folders() -> list[str]:
    """Paths of all folders that this process has open."""
    try:
        found = [path_of(int(name)) for name in os.listdir(_DESCRIPTORS)]
    except OSError:
        return []
    return [path for path in found if path is not None and os.path.isdir(path)]


def path_of(descriptor: int) -> str | None:
    """Path of an open file or folder, None if the system does not say it."""
    try:
        if hasattr(fcntl, "F_GETPATH"):  # macOS
            return os.fsdecode(fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0"))
        return os.readlink(f"{_DESCRIPTORS}/{descriptor}")
    except OSError:
        return None


def source_of(path: str) -> str:
    """The source of a compiled module; any other path as it is."""
    folder, name = os.path.split(path)
    top, cached = os.path.split(folder)
    if cached != BYTECODE_FOLDER or not name.endswith(".pyc"):
        return path
    return os.path.join(top, name.partition(".")[0] + ".py")


def place_of(path: Any) -> str | None:
    """Absolute path of an argument without `..`, None for a file descriptor or a value that is not a path."""
    if isinstance(path, int) or path is None:
        return None
    try:
        found = os.fsdecode(path)
    except TypeError:
        return None
    return without_parents(found if os.path.isabs(found) else os.path.join(os.getcwd(), found))


def without_parents(path: str) -> str:
    """An absolute path without `..`: `docs/../data.csv` is not a file of docs/. A link before `..` is followed."""
    if ".." not in path:
        return path
    found, *parts = Path(path).parts
    for part in parts:
        if part == "..":
            found = os.path.dirname(os.path.realpath(found) if os.path.islink(found) else found)
        else:
            found = os.path.join(found, part)
    return found
