"""Files that are kept from one run to the next, each with a hash in front.

What is damaged, cut off, or was not written here is as good as none. An entry is put in its place in one step,
so that another process never reads half of it. Nothing in an entry is ever run.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

_SIZE = 32


class Store:
    """Entries in a folder, which is made when the first one is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> bytes | None:
        """The content of an entry, None where there is none, or where it is not as it was written."""
        try:
            head, _, content = (self.folder / name).read_bytes().partition(b"\n")
        except OSError:
            return None
        return content if head == _digest(content) else None

    def put(self, name: str, content: bytes) -> None:
        """Keep a content under a name. Raises OSError where it cannot be written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, new = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(content) + b"\n")
                file.write(content)
            Path(new).replace(self.folder / name)
        except OSError:
            Path(new).unlink(missing_ok=True)
            raise

    def touch(self, name: str) -> None:
        """Say that an entry is still of use."""
        try:
            os.utime(self.folder / name)
        except OSError:
            return

    def prune(self, before: float) -> None:
        """Remove what has not been of use since a time, in seconds since 1970."""
        if not self.folder.is_dir():
            return
        for entry in self.folder.iterdir():
            try:
                if entry.stat().st_mtime >= before:
                    continue
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
            except OSError:
                continue


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SIZE).hexdigest().encode()
