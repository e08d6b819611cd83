"""Where a site is made, beside the one that stands, and how it takes that one's place in one step."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from charterbook.errors import CharterbookError
from charterbook.site.exchange import exchange
from charterbook.site.removal import remove
from charterbook.store import is_alive

#: What a system says where nothing more can be written: disk or quota full, file too large, disk read-only or broken.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)

#: How often a site is put in place while others do so, too.
_TRIES = 5


def staging_for(target: Path) -> Path:
    """A fresh folder beside the site, in which it is made; those that dead builds left are removed.

    A build that was killed while it put the new site in place has left the old one aside: it is put back.
    Raises CharterbookError where no site can be written.
    """
    if target.exists() and not target.is_dir():
        raise CharterbookError(f"The site cannot be written: {target} is a file.")
    try:
        return _staging_for(target)
    except OSError as error:
        raise CharterbookError(f"The site cannot be written to {target}: {error.strerror}.") from error


def unwritable(error: Exception, staging: Path, target: Path) -> str | None:
    """What to say of an error that came of writing the site, such as a full disk; None for any other error."""
    if not isinstance(error, OSError):
        return None
    named = [
        Path(os.fsdecode(name)) for name in (error.filename, error.filename2) if isinstance(name, str | bytes)
    ]
    if error.errno not in _NO_ROOM and not any(path.is_relative_to(staging) for path in named):
        return None
    return f"The site cannot be written to {target}: {error.strerror}. What stood there before still stands."


def _staging_for(target: Path) -> Path:
    for left in sorted(target.parent.glob(f".{target.name}.charterbook-*"), reverse=True):
        if is_alive(left.name.rpartition("-")[2]):
            continue
        if "-old-" in left.name and not target.exists():
            left.rename(target)
        shutil.rmtree(left, ignore_errors=True)
    folder = target.parent / f".{target.name}.charterbook-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def put_in_place(staging: Path, target: Path, replaced: int = 0) -> None:
    """Make the finished folder the site: the old one, of about `replaced` files, stays whole until then.

    Only a folder that cannot be renamed, because a disk is mounted there, is filled anew. Raises OSError.
    """
    try:
        _swap(staging, target)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        _refill(staging, target)
    if staging.exists():
        remove(staging, replaced)


def _swap(staging: Path, target: Path) -> None:
    """Put a folder where another one may stand, which another build may be putting in place, too."""
    for _ in range(_TRIES):
        if target.exists() and exchange(staging, target):
            return
        old = target.parent / f".{target.name}.charterbook-old-{os.getpid()}"
        with suppress(FileNotFoundError):
            target.rename(old)
        try:
            staging.rename(target)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                _put_back(old, target)
                raise
        else:
            shutil.rmtree(old, ignore_errors=True)
            return
        shutil.rmtree(old, ignore_errors=True)
    raise OSError(errno.EEXIST, "another build keeps writing it", str(target))


def _put_back(old: Path, target: Path) -> None:
    if old.exists() and not target.exists():
        old.rename(target)


def _refill(staging: Path, target: Path) -> None:
    for entry in target.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    for entry in staging.iterdir():
        shutil.move(entry, target / entry.name)
    staging.rmdir()
