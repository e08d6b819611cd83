"""Removes a site that is no longer needed, without having anybody wait for it.

On some disks removing thousands of files takes longer than making the few that are new. What is left over, should
the machine stop meanwhile, is swept away by the next build.
"""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

#: Fewer files than this are removed at once.
_MANY = 300


def remove(folder: Path, files: int) -> None:
    """Remove a folder that holds about so many files; many of them behind the back of whoever asked."""
    if files < _MANY:
        shutil.rmtree(folder, ignore_errors=True)
    elif threading.active_count() > 1 or not hasattr(os, "fork"):
        threading.Thread(target=shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}).start()
    else:
        _remove_apart(folder)


def _remove_apart(folder: Path) -> None:
    """By a process of nobody's, that holds no terminal, pipe or file of this one."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        os.setsid()
        if os.fork() == 0:
            _let_go()
            own = folder.with_name(f"{folder.name.rpartition('-')[0]}-{os.getpid()}")
            folder.rename(own)
            shutil.rmtree(own, ignore_errors=True)
    finally:
        os._exit(0)


def _let_go() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
