"""Removal of replaced files in the background.

On some disks, removing thousands of files takes longer than writing the few new ones. If the machine is stopped
meanwhile, the next build removes the rest.
"""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import suppress
from pathlib import Path

from charterbook.locks import Lock, try_lock_folder

#: Minimum number of files for a removal in a separate process, or in a thread of a server.
_MANY, _MANY_FOR_SERVER = 300, 30


def remove_tree(path: Path) -> None:
    """Remove a file, a link, or a folder with its contents, as far as possible."""
    if path.is_symlink() or not path.is_dir():
        with suppress(OSError):
            path.unlink()
        return
    shutil.rmtree(path, ignore_errors=True)
    if path.exists():
        _unprotect(path)
        shutil.rmtree(path, ignore_errors=True)


def _unprotect(path: Path) -> None:
    """Make the contents of a folder removable. Files keep their modes, because they can be hard-linked elsewhere."""
    _make_writable(path)
    for top, folders, _ in os.walk(path):
        for name in folders:
            _make_writable(Path(top) / name)


def _make_writable(folder: Path) -> None:
    if not folder.is_symlink():
        with suppress(OSError):
            folder.chmod(0o700)


def remove(folder: Path, lock: Lock, files: int, aside: Path | None) -> None:
    """Remove a locked folder with about `files` files, and release its lock.

    Many files are moved into the folder `aside`, if that is on the same disk, and removed in the background.
    """
    has_threads = threading.active_count() > 1 or not hasattr(os, "fork")
    many = _MANY_FOR_SERVER if has_threads else _MANY
    if files < many or aside is None or not _move_aside(folder, aside):
        remove_tree(folder)
        lock.release()
        return
    moved = aside / folder.name
    if has_threads:
        threading.Thread(target=_remove_locked, args=(moved, lock)).start()
    else:
        _remove_detached(moved)
        lock.release()  # the other process still holds it


def sweep_removed(aside: Path) -> None:
    """Remove the leftovers of ended processes in the folder of replaced files."""
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
    """Remove a folder in a detached process without the terminal, pipes and output of this one."""
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
