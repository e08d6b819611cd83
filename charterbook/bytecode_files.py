"""Files beside Python's bytecode, for one version of Python and of this program.

They are executable code, so that they are never read from a handbook's folder.
"""

from __future__ import annotations

import mmap
import os
import sys
from collections.abc import Iterable
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

from charterbook import __version__

#: The beginning of each file: those of another Python or of another version of this program are ignored.
_HEAD = b"\0".join([MAGIC_NUMBER, sys.version.encode(), __version__.encode(), b""])

#: Size of the length of the content in bytes. It follows the beginning.
_SIZE = 8


def path_beside(module: str, suffix: str) -> str | None:
    """Path of the file of a module with this suffix; None if Python has no folder for bytecode."""
    try:
        return cache_from_source(module).removesuffix(".pyc") + suffix
    except NotImplementedError:
        return None


def read(path: str) -> memoryview:
    """The content of a file, empty if there is none or it is incomplete."""
    try:
        with open(path, "rb") as file:
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return memoryview(b"")
    begin = len(_HEAD) + _SIZE
    length = int.from_bytes(content[len(_HEAD) : begin], "little")
    is_whole = content[: len(_HEAD)] == _HEAD and len(content) == begin + length
    return content[begin:] if is_whole else memoryview(b"")


def write(path: str, parts: Iterable[bytes]) -> None:
    """Write a file in one step, and remove what killed processes have left of others; raises OSError.

    It is readable by everybody, as Python's bytecode.
    """
    from charterbook.file_store import open_replacement, sweep

    content = b"".join(parts)
    with open_replacement(Path(path)) as file:
        file.write(_HEAD + len(content).to_bytes(_SIZE, "little") + content)
    os.chmod(path, 0o644)
    sweep(Path(path).parent)
