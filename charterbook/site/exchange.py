"""Two folders change places in one step, where the system can do that: at no moment is either of them missing."""

from __future__ import annotations

import ctypes
import errno
import os
from functools import cache
from pathlib import Path
from typing import Any

_HERE = -100  # AT_FDCWD: paths are seen from the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE

#: What a system or a disk says that cannot do it, or where one of them is missing after all.
_UNABLE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.ENOENT)


def exchange(one: Path, other: Path) -> bool:
    """Have two folders change names; False where this is not possible here. Raises OSError where it fails."""
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
    """Linux' renameat2, None elsewhere."""
    if os.name != "posix":
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
