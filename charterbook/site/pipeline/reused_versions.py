"""Versions that are not built again: from the old site, else from the cache."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from charterbook.site.incremental.up_to_date import BuildState
from charterbook.site.incremental.version_cache import KnownInputs, VersionCache, entry_address
from charterbook.site.incremental.version_inputs import ReadInputs

#: Folder of cached versions, in the cache folder.
VERSIONS = "versions"

#: Folder of the names of their inputs.
INPUTS = "inputs"


@dataclass
class ReusedVersions:
    """Reuse of versions with unchanged inputs. `linked` are the names of those from the old site."""

    linked: set[str] = field(default_factory=set)

    def take(self, build_state: BuildState, name: str, key: str, into: Path) -> ReadInputs | None:
        """Link or copy a version into a folder, and return its inputs; None where it has to be built.

        `key` is the hash of its known inputs.
        """
        store = build_state.site.store
        inputs = KnownInputs(store / INPUTS).get(key) if store is not None else None
        if store is None or inputs is None:
            return None
        read = ReadInputs(build_state.states.of(inputs))
        address = entry_address(key, read.states)
        if build_state.manifest.link_version(name, address, into):
            self.linked.add(name)
            return read
        shutil.rmtree(into, ignore_errors=True)
        return read if VersionCache(store / VERSIONS).get(address, into) else None
