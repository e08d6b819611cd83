"""Copies and hard links of files and folders, also on disks that refuse to change permissions and times."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from charterbook.folders import is_folder


def link_or_copy(source: Path, target: Path) -> None:
    """Hard-link a file to a free name, or copy it if that is not possible. Raises OSError."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        copy_file(source, target)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file or a link, with its permissions and times as far as the disk allows. Raises OSError."""
    shutil.copyfile(source, target, follow_symlinks=False)
    with suppress(OSError):
        shutil.copystat(source, target, follow_symlinks=False)


def copy_tree(source: Path, target: Path, copy: Callable[[Path, Path], None] = copy_file) -> None:
    """Copy a file, a link, or a folder with its contents into a folder that may exist. Raises OSError."""
    if not is_folder(source):
        copy(source, target)
        return
    target.mkdir(exist_ok=True)
    for entry in sorted(source.iterdir()):
        copy_tree(entry, target / entry.name, copy)
    with suppress(OSError):
        shutil.copystat(source, target)
