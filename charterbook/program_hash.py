"""Hashes of the program itself, for the keys of caches.

The hash of each file is stored beside Python's bytecode, with the size, the times and the inode of the file. A file
is read again if these differ, or if it has just changed: a second change within one tick of the clock would go
unnoticed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from charterbook.file_store import BYTECODE_FOLDER, bytecode_folder, open_regular, open_replacement

#: The folder of the program.
ROOT = Path(__file__).parent

#: Path of the stored hashes.
STORED = bytecode_folder(ROOT) / "program.json"

#: Age in nanoseconds from which a file can no longer change unnoticed.
_SETTLED = 2_000_000_000

#: The signature of a file's content: its size, its times of modification and change, and its inode.
_Signature = list[int]


@cache
def program(*names: str) -> str:
    """A hash over the code and the catalogs of these packages and modules of Charterbook, by file name."""
    tops = tuple(name if name.endswith(".py") else f"{name}/" for name in names)
    used = {
        path: digest
        for path, digest in _hashes().items()
        if path.startswith(tops) and path.endswith((".py", ".po"))
    }
    return _digest(json.dumps(used).encode(), 8)


@cache
def whole_program() -> str:
    """A hash over the paths and contents of all files of Charterbook, without bytecode."""
    return _digest(json.dumps(_hashes()).encode())


@cache
def _hashes() -> dict[str, str]:
    """Hash of each file of the program, by its path."""
    return hashes_of(ROOT, STORED)


def hashes_of(root: Path, stored: Path) -> dict[str, str]:
    """Hash of each file below a folder except bytecode, by path. `stored` is the file with known hashes."""
    known = _read(stored)
    now = time.time_ns()
    signatures = dict(sorted(_signatures(str(root))))
    hashes = {
        path: known[path][1] if path in known and known[path][0] == signature else _hash(root / path)
        for path, signature in signatures.items()
    }
    settled = {
        path: (signature, hashes[path])
        for path, signature in signatures.items()
        if max(signature[1:3]) < now - _SETTLED
    }
    if settled != known:
        _write(stored, settled)
    return hashes


def _signatures(root: str) -> Iterator[tuple[str, _Signature]]:
    """Path and signature of each file."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting += [f"{folder}{entry.name}/"] * (entry.name != BYTECODE_FOLDER)
                elif entry.is_file():
                    stat = entry.stat()
                    yield (
                        f"{folder}{entry.name}",
                        [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino],
                    )


def _hash(path: Path) -> str:
    return _digest(path.read_bytes())


def _digest(content: bytes, size: int = 20) -> str:
    return hashlib.blake2b(content, digest_size=size).hexdigest()


def _read(stored: Path) -> dict[str, tuple[_Signature, str]]:
    """The stored signatures and hashes; empty if there are none."""
    try:
        with open_regular(stored) as file:
            found = json.loads(file.read())
        return {str(path): (list(signature), str(digest)) for path, (signature, digest) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(stored: Path, known: dict[str, tuple[_Signature, str]]) -> None:
    """Store signatures and hashes. Write errors are ignored."""
    if sys.dont_write_bytecode:
        return
    with suppress(OSError):
        with open_replacement(stored) as file:
            file.write(json.dumps(known).encode())
        stored.chmod(0o644)  # like Python's own
