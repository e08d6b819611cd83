"""Versions that are not built again: from the old site, else from the cache."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.exceptions import PluginError

from charterbook.site.incremental.manifest import Stat
from charterbook.site.incremental.up_to_date import BuildState
from charterbook.site.incremental.version_cache import KnownInputs, VersionCache, copy_tree, entry_address
from charterbook.site.incremental.version_inputs import ReadInputs
from charterbook.versions import LATEST

#: Folder of cached versions, in the cache folder.
VERSIONS = "versions"

#: Folder of the names of their inputs.
INPUTS = "inputs"

_CHANGED = "Another build has changed %s in the site. Build again."


@dataclass
class ReusedVersions:
    """Reuse of versions with unchanged inputs in a staging folder.

    `linked` are the names of those from the old site. `in_place` has the files of versions that
    stay unchanged in the old site, by name and path; they are not in the staging folder. While
    serving, latest/ can be among them.
    """

    build_state: BuildState
    staging: Path
    linked: set[str] = field(default_factory=set)
    in_place: dict[str, Mapping[str, Stat]] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, Stat]:
        """Files of the versions that stay in place, by their paths in the site."""
        return {path: stat for files in self.in_place.values() for path, stat in files.items()}

    def take(self, name: str, key: str, *, needed: bool) -> ReadInputs | None:
        """Reuse a version, and return its inputs; None if it has to be built.

        `key` is the hash of its known inputs. A version that is `needed` for latest/ is put into the staging folder,
        unless a server has both already.
        """
        store = self.build_state.site.store
        inputs = KnownInputs(store / INPUTS).get(key) if store is not None else None
        if store is None or inputs is None:
            return None
        read = ReadInputs(self.build_state.states.of(inputs))
        self._addresses[name] = entry_address(key, read.states)
        if self._stays(name, needed=needed):
            return read
        return read if self._put(name) else None

    def _stays(self, name: str, *, needed: bool) -> bool:
        """Whether a version stays in the old site, and latest/ with it if that `needs` the version."""
        manifest, address = self.build_state.manifest, self._addresses[name]
        copy = manifest.latest_in_place(name, address) if needed and self.build_state.site.serving else None
        files = None if needed and copy is None else manifest.version_in_place(name, address)
        if files is None:
            return False
        self.in_place |= {name: files} if copy is None else {name: files, LATEST: copy}
        return True

    def folder(self, name: str) -> Path:
        """Current folder of a version or of latest/: in the staging folder or in the old site."""
        return (self.build_state.site.target if name in self.in_place else self.staging) / name

    def stage(self, name: str) -> None:
        """Put a version that would stay in place into the staging folder. Raises PluginError if it no longer exists."""
        if self.in_place.pop(name, None) is None:
            return
        if name == LATEST:
            copy_tree(self.build_state.site.target / LATEST, self.staging / LATEST)
        elif not self._put(name):
            raise PluginError(_CHANGED % name)

    def confirm(self) -> None:
        """Put versions that a concurrent build has changed into the staging folder. Raises PluginError.

        No other build writes into the folder of a server.
        """
        if self.build_state.site.serving:
            return
        for name in list(self.in_place):
            if self.build_state.manifest.version_in_place(name, self._addresses[name]) is None:
                self.stage(name)

    def _put(self, name: str) -> bool:
        """Link or copy a version into the staging folder; False if neither the old site nor the cache has it."""
        into, address = self.staging / name, self._addresses[name]
        if self.build_state.manifest.link_version(name, address, into):
            self.linked.add(name)
            return True
        shutil.rmtree(into, ignore_errors=True)
        store = self.build_state.site.store
        return store is not None and VersionCache(store / VERSIONS).get(address, into)
