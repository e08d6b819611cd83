"""Connections that hooks and plugins have opened in this process: sockets and pipes, such as to a database or a program.

Forked processes would share a connection, and receive the answers to each other's questions.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

#: Folder of the open descriptors of this process on Linux. Other systems do not fork.
_DESCRIPTORS = Path("/proc/self/fd")

_first: list[set[tuple[int, int]]] = []


def ignore_present() -> None:
    """Ignore connections that are open when this is first called: hooks and later plugins are not loaded yet."""
    if not _first:
        _first.append(_open())


def any_opened() -> bool:
    """Whether connections have been opened since, and are still open."""
    return not _open() <= set().union(*_first)


def _open() -> set[tuple[int, int]]:
    """The descriptors of all sockets and pipes with their inodes, without those that a parent process has passed on."""
    try:
        descriptors = [int(entry.name) for entry in _DESCRIPTORS.iterdir()]
    except OSError:
        return set()
    return {found for found in map(_connection, descriptors) if found is not None}


def _connection(descriptor: int) -> tuple[int, int] | None:
    try:
        status = os.fstat(descriptor)
        connects = stat.S_ISSOCK(status.st_mode) or stat.S_ISFIFO(status.st_mode)
        return (descriptor, status.st_ino) if connects and not os.get_inheritable(descriptor) else None
    except OSError:
        return None
