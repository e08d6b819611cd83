"""Cache of finished versions.

An entry is the finished folder of a version in one file, addressed by a hash of all its inputs. The inputs of
a version are known only after its build: their names are stored under a hash of the inputs known in advance. The
address of an entry is a hash of that and of the states of the other inputs. Builds with warnings are not cached, so
that a strict build repeats them. A damaged entry is rebuilt.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from charterbook.file_store import Store
from charterbook.folders import walk
from charterbook.site.edition import Edition
from charterbook.site.incremental.input_states import Input, digest_of
from charterbook.site.incremental.manifest import files_below

#: Number of days after which unused entries are removed.
KEEP_DAYS = 60


def version_key(edition: Edition, common: str, docs: Mapping[str, str]) -> str:
    """Hash of the known inputs of an edition before its build; `docs` are the hashes of the files of docs/ by path.

    A page of docs/ that the edition does not have is included only if a page can include it.
    """
    found = hashlib.blake2b(f"{common}\0{edition.cache_identity()}\0".encode(), digest_size=20)
    for path in sorted(docs.keys() - edition.lacks):
        found.update(f"{path}\0{docs[path]}\0".encode(errors="surrogatepass"))
    return found.hexdigest()


def entry_address(key: str, states: Mapping[Input, str]) -> str:
    """Address of the entry built from inputs in these states."""
    return hashlib.blake2b(f"{key}\0{digest_of(states)}".encode(), digest_size=20).hexdigest()


class KnownInputs:
    """Store of the names of inputs of versions, by cache key."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)

    def get(self, key: str) -> frozenset[Input] | None:
        """Inputs of a version, None if it was never built."""
        content = self._store.get(key)
        try:
            found = None if content is None else json.loads(content)
            inputs = None if found is None else frozenset((str(kind), str(name)) for kind, name in found)
        except (ValueError, TypeError):
            return None
        self._store.touch(key)
        return inputs

    def put(self, key: str, inputs: Iterable[Input]) -> None:
        """Store the inputs of a version. Raises OSError if they cannot be written."""
        self._store.put(key, json.dumps(sorted(inputs)).encode())

    def prune(self, now: float) -> None:
        """Remove entries that have not been used for `KEEP_DAYS`; `now` in seconds since 1970."""
        self._store.prune(now - KEEP_DAYS * 86_400)


class VersionCache:
    """Cached versions in a folder, created on first use."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)

    def get(self, name: str, into: Path) -> bool:
        """Extract an entry into a new folder; False if there is no valid entry."""
        content = self._store.get(name)
        if content is None:
            return False
        head, _, files = content.partition(b"\n")
        try:
            _unpack(json.loads(head), memoryview(files), into)
        except (OSError, ValueError, TypeError):
            shutil.rmtree(into, ignore_errors=True)
            return False
        self._store.touch(name)
        return True

    def put(self, name: str, built: Path) -> None:
        """Store a finished folder under a name. Raises OSError if it cannot be written."""
        names = sorted(name for name in files_below(built, strict=True) if (built / name).is_file())
        contents = [(built / name).read_bytes() for name in names]
        head = json.dumps([[name, len(content)] for name, content in zip(names, contents, strict=True)])
        self._store.put(name, b"".join([head.encode(), b"\n", *contents]))

    def prune(self, now: float) -> None:
        """Remove entries that have not been used for `KEEP_DAYS`; `now` in seconds since 1970."""
        self._store.prune(now - KEEP_DAYS * 86_400)


def _unpack(listed: Sequence[tuple[str, int]], files: memoryview, into: Path) -> None:
    """Write the files of an entry. Raises ValueError for a path outside the folder, or truncated data."""
    start, known = 0, set[Path]()
    into.mkdir(parents=True)
    for name, size in listed:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(name)
        target = into / path
        if target.parent not in known:
            target.parent.mkdir(parents=True, exist_ok=True)
            known.add(target.parent)
        target.write_bytes(files[start : start + size])
        start += size
    if start != len(files):
        raise ValueError(start)


def copy_tree(source: Path, target: Path) -> None:
    """Copy a folder, without links: later changes of one copy must not affect the other."""
    for folder, _, names in walk(source):
        into = target / Path(folder).relative_to(source)
        into.mkdir(parents=True)
        for name in names:
            shutil.copyfile(Path(folder, name), into / name)
