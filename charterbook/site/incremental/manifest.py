"""The site as the last build left it: whether it is still what a build would make, and what of it can stay.

A file that is as old and as long as the build left it is taken for unchanged; anything else is built anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from charterbook.file_store import Store
from charterbook.site.incremental.input_states import Input

#: A file by its length and the time of its last change, in nanoseconds.
Stat = tuple[int, int]


@dataclass(frozen=True)
class SiteManifest:
    """A site that a build has finished.

    `stamp` stands for all that the site depends on, empty where a build was warned: it is to be warned again.
    `keys` name what each version depends on, but for those of which a build was warned; `files` are all files of
    the site, `forwards` those of them that lead former addresses on: they are part of no version. `inputs` is what
    its versions have read.
    """

    folder: Path
    stamp: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Stat] = field(default_factory=dict)
    inputs: frozenset[Input] = frozenset()
    forwards: frozenset[str] = frozenset()

    def is_whole(self, stamp: str) -> bool:
        """Whether the site is what a build with this stamp would make, file by file."""
        return bool(stamp) and self.stamp == stamp and site_files(self.folder, self.files) == self.files

    @cached_property
    def _by_version(self) -> dict[str, dict[str, Stat]]:
        """The files of the site, by the folder at the root that they are below."""
        found: dict[str, dict[str, Stat]] = {}
        for path, stat in self.files.items():
            if path in self.forwards:
                continue
            found.setdefault(path.partition("/")[0], {})[path] = stat
        return found

    def link_version(self, name: str, key: str, into: Path) -> bool:
        """Have a version's files stand in another folder, too; False where the site has no such version.

        They are linked: the old site is about to go. What was linked is looked at, not what is to be: another
        build may put its own site in place meanwhile.
        """
        if self.keys.get(name) != key:
            return False
        prefix, listed = f"{name}/", self._by_version.get(name, {})
        try:
            for folder in sorted({path.removeprefix(prefix).rpartition("/")[0] for path in listed}):
                (into / folder).mkdir(parents=True, exist_ok=True)
            for path in listed:
                os.link(f"{self.folder}/{path}", f"{into}/{path.removeprefix(prefix)}")
        except OSError:
            return False
        return files_below(into, prefix) == listed


def is_kept(path: Path) -> bool:
    """Whether an entry of site_dir that is not part of the site is kept: MkDocs keeps these, too.

    These are hidden entries, such as a repository, and links to folders.
    """
    return path.name.startswith(".") or (path.is_symlink() and path.is_dir())


def site_files(folder: Path, listed: Collection[str]) -> dict[str, Stat]:
    """All files of a site_dir, but for those that a site with the `listed` files leaves alone."""
    found: dict[str, Stat] = {}
    own = {path.partition("/")[0] for path in listed}
    for path in _entries(folder):
        if not is_kept(path):
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
    try:
        stat = path.lstat()
    except OSError:
        return {}
    return {path.name: (stat.st_size, stat.st_mtime_ns)}


def files_below(top: Path, prefix: str = "") -> dict[str, Stat]:
    """All files below a folder; links and what cannot be looked at are no files of a site."""
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
            continue
    return found


def _name(folder: Path) -> str:
    return f"{hashlib.blake2b(os.fsencode(folder), digest_size=12).hexdigest()}.json"


def manifest_store(store: Path) -> Store:
    """Where notes of finished sites are kept."""
    return Store(store / "sites")


def read_manifest(store: Store | None, folder: Path) -> SiteManifest:
    """What is known of the site in a folder: nothing where no build has left a note of it."""
    content = store.get(_name(folder)) if store else None
    if content is None:
        return SiteManifest(folder)
    try:
        data = json.loads(content)
        files = {path: (size, time) for path, (size, time) in data["files"].items() if not leaves(path)}
        inputs = frozenset((str(kind), str(name)) for kind, name in data["inputs"])
        return SiteManifest(folder, data["stamp"], data["keys"], files, inputs, frozenset(data["forwards"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return SiteManifest(folder)


def leaves(path: str) -> bool:
    """Whether a path leads out of the folder in which it is looked for."""
    return path.startswith("/") or ".." in path.split("/")


def write_manifest(store: Store, site: SiteManifest) -> str:
    """Remember a site that a build has put in place.

    Where it cannot be written, it is not remembered: why, in a sentence, else empty.
    """
    data = {
        "stamp": site.stamp,
        "keys": site.keys,
        "files": site.files,
        "inputs": sorted(site.inputs),
        "forwards": sorted(site.forwards),
    }
    try:
        store.put(_name(site.folder), json.dumps(data).encode())
    except OSError as error:
        return f"{error.filename or store.folder} cannot be written: {error.strerror or error}"
    return ""
