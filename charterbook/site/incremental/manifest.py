"""Manifest of a finished site, for no-op builds and for reuse of versions.

A file with the same size and modification time is treated as unchanged.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import field
from functools import cached_property
from pathlib import Path

from charterbook.file_store import Store
from charterbook.frozen_dataclass import dataclass
from charterbook.site.incremental.input_states import Input
from charterbook.versions import LATEST

#: Size and modification time of a file, in nanoseconds.
Stat = tuple[int, int]


@dataclass(frozen=True)
class SiteManifest:
    """Manifest of a finished site.

    `stamp` is a hash of all inputs of the site; it is empty after a build with warnings, because that must be
    repeated. `keys` are the cache keys of versions built without warnings; `files` are all files of the site,
    `forwards` the redirect pages among them: these belong to no version. `inputs` are the inputs of its versions, and
    `latest` is the version that latest/ is a copy of.
    """

    folder: Path
    stamp: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Stat] = field(default_factory=dict)
    inputs: frozenset[Input] = frozenset()
    forwards: frozenset[str] = frozenset()
    latest: str = ""

    def is_unchanged(self, stamp: str) -> bool:
        """Whether all files of the site are as a build with this stamp left them."""
        return bool(stamp) and self.stamp == stamp and site_files(self.folder, self.files) == self.files

    @cached_property
    def _by_version(self) -> dict[str, dict[str, Stat]]:
        """Files of the site by top-level folder."""
        found: dict[str, dict[str, Stat]] = {}
        for path, stat in self.files.items():
            if path in self.forwards:
                continue
            found.setdefault(path.partition("/")[0], {})[path] = stat
        return found

    def version_in_place(self, name: str, key: str) -> dict[str, Stat] | None:
        """Files of a version that can stay unchanged in the site, by path; None if they cannot.

        A version with redirect pages cannot: they belong to the site, and can differ in the next one.
        """
        return self._in_place(name) if self.keys.get(name) == key else None

    def latest_in_place(self, name: str, key: str) -> dict[str, Stat] | None:
        """Files of latest/ that can stay unchanged, by path; None if it is not a copy of this version."""
        return self._in_place(LATEST) if self.latest == name and self.keys.get(name) == key else None

    def _in_place(self, name: str) -> dict[str, Stat] | None:
        folder, prefix = self.folder / name, f"{name}/"
        if folder.is_symlink() or any(path.startswith(prefix) for path in self.forwards):
            return None
        listed = self._by_version.get(name, {})
        return listed if listed and files_below(folder, prefix) == listed else None

    def link_version(self, name: str, key: str, into: Path) -> bool:
        """Hard-link the files of a version into another folder; False if the site has no such version."""
        if self.keys.get(name) != key:
            return False
        prefix, listed = f"{name}/", self._by_version.get(name, {})
        return self._link(listed, prefix, into) and files_below(into, prefix) == listed

    def link_files(self, prefixes: tuple[str, ...], into: Path) -> bool:
        """Hard-link the files whose paths begin so into another site; False if there are none, or if one has changed."""
        listed = {path: stat for path, stat in self.files.items() if path.startswith(prefixes)}
        return bool(listed) and self._link(listed, "", into) and _stats(into, listed) == listed

    def _link(self, listed: Iterable[str], prefix: str, into: Path) -> bool:
        """Hard-link files without a prefix of their paths into another folder; False if one cannot be linked.

        Links suffice, since the old site will be removed. The links have to be verified, not the originals: a
        concurrent build can publish its own site meanwhile.
        """
        try:
            for folder in sorted({path.removeprefix(prefix).rpartition("/")[0] for path in listed}):
                os.makedirs(f"{into}/{folder}", exist_ok=True)  # noqa: PTH103 – Path.mkdir takes twice as long
            for path in listed:
                os.link(f"{self.folder}/{path}", f"{into}/{path.removeprefix(prefix)}")
        except OSError:
            return False
        return True


def is_preserved(path: Path) -> bool:
    """Whether a build leaves an entry of site_dir in place, as MkDocs does.

    These are hidden entries, such as a repository, and links to folders.
    """
    return path.name.startswith(".") or (path.is_symlink() and path.is_dir())


def site_files(folder: Path, listed: Collection[str]) -> dict[str, Stat]:
    """All files of a site_dir, except those that builds of a site with the `listed` files leave in place."""
    found: dict[str, Stat] = {}
    own = {path.partition("/")[0] for path in listed}
    for path in _entries(folder):
        if not is_preserved(path):
            found |= files_below(path, f"{path.name}/") if path.is_dir() else _file(path)
        elif path.name in own:
            inner = files_below(path, f"{path.name}/") if path.is_dir() else _file(path)
            found |= {name: stat for name, stat in inner.items() if name in listed}
    return found


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _file(path: Path) -> dict[str, Stat]:
    return _stats(path.parent, [path.name])


def _stats(folder: Path, paths: Iterable[str]) -> dict[str, Stat]:
    """The existing ones of some files below a folder."""
    found: dict[str, Stat] = {}
    for path in paths:
        with suppress(OSError):
            stat = os.lstat(f"{folder}/{path}")
            found[path] = (stat.st_size, stat.st_mtime_ns)
    return found


def files_below(top: Path, prefix: str = "", *, strict: bool = False) -> dict[str, Stat]:
    """All files below a folder, without links and unreadable files. If it is `strict`, raises OSError for one of these."""
    found: dict[str, Stat] = {}
    waiting = [(str(top), prefix)]
    while waiting:
        folder, before = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, f"{before}{entry.name}/"))
                    else:
                        stat = entry.stat(follow_symlinks=False)
                        found[before + entry.name] = (stat.st_size, stat.st_mtime_ns)
        except OSError:
            if strict:
                raise
    return found


def _name(folder: Path) -> str:
    return f"{hashlib.blake2b(os.fsencode(folder), digest_size=12).hexdigest()}.json"


def manifest_store(store: Path) -> Store:
    """Store of the manifests of finished sites."""
    return Store(store / "sites")


def read_manifest(store: Store | None, folder: Path) -> SiteManifest:
    """Manifest of the site in a folder; an empty one if no build has written it."""
    content = store.get(_name(folder)) if store else None
    if content is None:
        return SiteManifest(folder)
    try:
        data = json.loads(content)
        files = {
            path: (size, time) for path, (size, time) in data["files"].items() if not leads_outside(path)
        }
        inputs = frozenset((str(kind), str(name)) for kind, name in data["inputs"])
        forwards, latest = frozenset(data["forwards"]), str(data["latest"])
        return SiteManifest(folder, data["stamp"], data["keys"], files, inputs, forwards, latest)
    except (ValueError, KeyError, TypeError, AttributeError):
        return SiteManifest(folder)


def leads_outside(path: str) -> bool:
    """Whether a relative path leads out of its folder."""
    return path.startswith("/") or ".." in path.split("/")


def write_manifest(store: Store, site: SiteManifest) -> str:
    """Store the manifest of a published site.

    Returns the reason, as a sentence, if it cannot be written, else an empty string.
    """
    data = {
        "stamp": site.stamp,
        "keys": site.keys,
        "files": site.files,
        "inputs": sorted(site.inputs),
        "forwards": sorted(site.forwards),
        "latest": site.latest,
    }
    try:
        store.put(_name(site.folder), json.dumps(data).encode())
    except OSError as error:
        return f"{error.filename or store.folder} cannot be written: {error.strerror or error}"
    return ""
