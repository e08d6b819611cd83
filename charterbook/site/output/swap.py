"""Steps for moving a finished site into site_dir, each of which can be undone, and repeated after a crash.

Two folders are exchanged atomically if the system can do that (renameat2 with RENAME_EXCHANGE);
otherwise the old one is renamed first. A file is always replaced atomically.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Literal

from charterbook.folders import exists, is_folder
from charterbook.frozen_dataclass import dataclass
from charterbook.site.output.copies import copy_tree, link_or_copy
from charterbook.site.output.remove import remove_tree

#: Folders in a staging folder: the new site, copies of its new files that are added early, replaced files, and
#: removed files.
NEW, EARLY, OLD, GONE = "new", "early", "old", "gone"

_HERE = -100  # AT_FDCWD: paths are relative to the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE

#: Error codes if two names cannot be exchanged, or one of them is missing.
_UNABLE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.ENOENT)

#: Error codes of folders that cannot be renamed: a mount point, or part of a lower layer of an overlay.
_IMMOVABLE = (errno.EXDEV, errno.EBUSY)


class ImmovableError(OSError):
    """Raised for a folder that cannot be renamed, although its files can. `path` is its path in the site."""

    def __init__(self, error: OSError, path: str) -> None:
        super().__init__(error.errno, error.strerror, error.filename, None, error.filename2)
        self.path = path


class IncompleteExchangeError(OSError):
    """Raised after steps that failed and could not be undone."""


@dataclass(frozen=True)
class SwapStep:
    """One change of site_dir: `path` is added from a folder of the staging folder, swapped or removed.

    `respell` is a swap with an entry whose name the system takes for the same one, though it is spelled in another way.
    `inode` is the inode of the new file or folder: it identifies a completed swap.
    """

    kind: Literal["add", "swap", "respell", "remove"]
    path: str
    source: str = NEW
    inode: int = 0


class Exchange:
    """Executor of steps between a staging folder and a site_dir."""

    def __init__(self, staging: Path, target: Path) -> None:
        self.staging, self.target = staging, target

    def run(self, steps: Iterable[SwapStep]) -> None:
        """Make the remaining steps. When one fails, undo the others.

        Raises OSError, IncompleteExchangeError if they cannot be undone.
        """
        done: list[SwapStep] = []
        try:
            for step in steps:
                if not self.is_done(step):
                    self.make(step)
                    done.append(step)
        except BaseException:
            self._undo_all(done[::-1])
            raise

    def complete(self, steps: Iterable[SwapStep]) -> None:
        """Complete the steps of a killed process. Raises OSError."""
        for step in steps:
            if not self.is_done(step):
                self.make(step)

    def is_done(self, step: SwapStep) -> bool:
        """Whether a step was made, by this process or by a killed one."""
        live = self.target / step.path
        if step.kind == "remove":
            return not exists(live)
        if not exists(self.staging / step.source / step.path):
            return True
        return step.kind in ("swap", "respell") and exists(live) and live.lstat().st_ino == step.inode

    def make(self, step: SwapStep) -> None:
        """Make one step. Raises OSError, ImmovableError if a folder cannot be renamed."""
        live, new = self.target / step.path, self.staging / step.source / step.path
        if step.kind == "add":
            _move(new, live)
        elif step.kind == "remove":
            self._remove(live, step.path)
        else:
            try:
                _swap(new, live, self.staging / OLD / step.path, respelled=step.kind == "respell")
            except OSError as error:
                if error.errno in _IMMOVABLE and is_folder(new) and live.is_dir():
                    raise ImmovableError(error, step.path) from error
                raise

    def _remove(self, live: Path, path: str) -> None:
        """Move an entry out of the site; if this is not possible, for example on a full disk, delete it."""
        gone = self.staging / GONE / path
        try:
            gone.parent.mkdir(parents=True, exist_ok=True)
            live.rename(gone)
        except OSError as error:
            remove_tree(live)
            if exists(live) and not (error.errno in _IMMOVABLE and _is_empty(live)):
                raise OSError(error.errno, error.strerror, str(live)) from error

    def _undo_all(self, steps: Iterable[SwapStep]) -> None:
        try:
            for step in steps:
                self._undo(step)
        except OSError as error:
            raise IncompleteExchangeError(
                error.errno, error.strerror, error.filename, None, error.filename2
            ) from error

    def _undo(self, step: SwapStep) -> None:
        live, source = self.target / step.path, self.staging / step.source / step.path
        if step.kind == "add":
            _move(live, source)
        elif step.kind in ("swap", "respell"):
            _swap(self.staging / OLD / step.path, live, source)


def _is_empty(path: Path) -> bool:
    return is_folder(path) and not any(path.iterdir())


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names atomically; False if this is not possible here. Raises OSError if it fails."""
    rename = _rename()
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


@cache
def _rename() -> Any:
    """Linux's renameat2, None elsewhere."""
    if os.name != "posix":
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


def _swap(new: Path, live: Path, old: Path, *, respelled: bool = False) -> None:
    """Replace `live` with `new`, and rename it to `old`. Raises OSError, with all three unchanged.

    An entry that takes the place of another keeps that one's spelling; if it is `respelled`, the other is moved first.
    """
    old.parent.mkdir(parents=True, exist_ok=True)
    if respelled or is_folder(new) or is_folder(live):
        _swap_folders(new, live, old, at_once=not respelled)
    else:
        _back_up(live, old)
        _move(new, live)


def _swap_folders(new: Path, live: Path, old: Path, *, at_once: bool) -> None:
    if at_once and _exchanged(new, live):
        _rename_or(new, old, lambda: exchange(new, live))
        return
    if exists(live):  # it is missing if a process was killed after this
        _set_aside(live, old, copied=not is_folder(new))
    _rename_or(new, live, lambda: old.rename(live))


def _exchanged(new: Path, live: Path) -> bool:
    """Whether two names were exchanged. Raises OSError if they are not, and both are folders."""
    try:
        return exchange(new, live)
    except OSError as error:
        if error.errno != errno.EXDEV or is_folder(new):
            raise
        return False


def _set_aside(live: Path, old: Path, *, copied: bool) -> None:
    """Rename a folder; if this is not possible and a file takes its place, copy and remove it."""
    try:
        live.rename(old)
    except OSError as error:
        if error.errno != errno.EXDEV or not copied:
            raise
        if not exists(old):  # it exists if a process was killed while it removed the folder
            _copy(live, old)
        remove_tree(live)


def _rename_or(source: Path, target: Path, undo: Any) -> None:
    try:
        source.rename(target)
    except OSError:
        undo()
        raise


def _back_up(live: Path, old: Path) -> None:
    """Hard-link a file before its replacement, or copy it to a different disk."""
    if not exists(live):
        return
    _remove_file(old)
    link_or_copy(live, old)


def _remove_file(path: Path) -> None:
    with suppress(FileNotFoundError):
        path.unlink()


def _move(source: Path, target: Path) -> None:
    """Rename a file, or a folder to a free name; on a different disk, a copy is renamed."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _move_to_another_disk(source, target)


def _move_to_another_disk(source: Path, target: Path) -> None:
    _copy(source, target)
    remove_tree(source)


def _copy(source: Path, target: Path) -> None:
    """Copy a file or folder atomically. Raises OSError."""
    # A name of the same length for all: that of the target can be as long as a name can be.
    name = hashlib.blake2b(os.fsencode(target.name), digest_size=8).hexdigest()
    copy = target.with_name(f".charterbook-copy-{name}")
    remove_tree(copy)
    try:
        copy_tree(source, copy)
        copy.replace(target)
    except OSError as error:
        remove_tree(copy)
        raise OSError(error.errno or errno.EIO, error.strerror or str(error), str(target)) from error
