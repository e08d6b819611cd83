"""Folder for temporary files in memory.

On ext4, creating a file takes up to fifty times as long in the minutes after others were deleted, because the file system
does not reuse their inodes yet; tests and benchmarks delete thousands of files.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 – only folders of random or own names are made in it


def memory_folder(needed: int) -> Path | None:
    """The file system in memory, None if there is none with so many free bytes."""
    is_usable = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    return _MEMORY if is_usable and shutil.disk_usage(_MEMORY).free >= needed else None
