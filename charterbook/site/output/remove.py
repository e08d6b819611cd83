"""Removes files that were replaced, without making anybody wait for it.

On some disks removing thousands of files takes longer than making the few that are new. What is left over, should
the machine stop meanwhile, is removed by the next build.
"""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import suppress
from pathlib import Path

from charterbook.locks import Lock, try_lock_folder

#: Fewer files than this are removed at once.
_MANY = 300


def remove_tree(path: Path) -> None:
    """Remove a file, a link, or a folder with all that is below it, as far as that is possible."""
    if path.is_symlink() or not path.is_dir():
        with suppress(OSError):
            path.unlink()
        return
    shutil.rmtree(path, ignore_errors=True)
    if path.exists():
        _unprotect(path)
        shutil.rmtree(path, ignore_errors=True)


def _unprotect(path: Path) -> None:
    """Allow what is below a folder to be removed. Files keep their modes: they may have other names elsewhere."""
    _make_writable(path)
    for top, folders, _ in os.walk(path):
        for name in folders:
            _make_writable(Path(top) / name)


def _make_writable(folder: Path) -> None:
    if not folder.is_symlink():
        with suppress(OSError):
            folder.chmod(0o700)


def remove(folder: Path, lock: Lock, files: int, aside: Path | None) -> None:
    """Remove a locked folder that holds about so many files, and release its lock.

    Many files are moved into the folder `aside`, if that is on the same disk, and removed in the background.
    """
    if files < _MANY or aside is None or not _move_aside(folder, aside):
        remove_tree(folder)
        lock.release()
        return
    moved = aside / folder.name
    if threading.active_count() > 1 or not hasattr(os, "fork"):
        threading.Thread(target=_remove_locked, args=(moved, lock)).start()
    else:
        _remove_detached(moved)
        lock.release()  # the other process still holds it


def sweep_removed(aside: Path) -> None:
    """Remove what processes that ended meanwhile have left in the folder for what is to be removed."""
    with suppress(OSError):
        for folder in list(aside.iterdir()):
            lock = try_lock_folder(folder)
            if lock is not None:
                _remove_locked(folder, lock)


def _move_aside(folder: Path, aside: Path) -> bool:
    try:
        aside.mkdir(parents=True, exist_ok=True)
        folder.rename(aside / folder.name)
    except OSError:
        return False
    return True


def _remove_locked(folder: Path, lock: Lock) -> None:
    with lock:
        remove_tree(folder)


def _remove_detached(folder: Path) -> None:
    """Remove a folder in a detached process, which holds no terminal, pipe or output of this one."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        os.setsid()
        if os.fork() == 0:
            _redirect_streams()
            remove_tree(folder)
    finally:
        os._exit(0)


def _redirect_streams() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
