"""Files that plugins, hooks and macros write at a fixed place while versions are built.

Versions that are built in parallel would read each other's files. Most plugins that write such files do so before the
first page: until then, the workers of a handbook with other plugins or hooks wait. If such files were written by
then, one process builds all versions. If files are written later, the versions are built again, one after another.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from charterbook.file_store import BYTECODE_FOLDER
from charterbook.site.incremental import recording
from charterbook.site.known_plugins import KNOWN_PACKAGES, is_from
from charterbook.site.order import BuildOrder, BuildResult

#: Packages with plugins that write nothing at a fixed place outside the cache, and store values in the plugin alone.
_HARMLESS = KNOWN_PACKAGES | {"mkdocs"}
#: Folder of the caches of Charterbook and of plugins, beside mkdocs.yml, and that of Python.
_CACHES = frozenset({".cache", BYTECODE_FOLDER})


def runs_other_code(config: MkDocsConfig) -> bool:
    """Whether there are hooks or plugins that may write files at a fixed place, or store values in their modules."""
    plugins = map(type, config.plugins.values())
    return bool(config.hooks) or not all(is_from(plugin, _HARMLESS) for plugin in plugins)


def shared_files(order: BuildOrder, config: MkDocsConfig) -> frozenset[str]:
    """The files and folders of the handbook that this process has written, without its site and the caches."""
    site = f"{order.folder.parent}{os.sep}"
    handbook = Path(order.config_file).absolute().parent, Path(config.docs_dir)
    outside = [os.path.normpath(path) for path in recording.written() if not path.startswith(site)]
    return frozenset(path for path in outside if any(_is_source(path, folder) for folder in handbook))


def _is_source(path: str, folder: Path) -> bool:
    return Path(path).is_relative_to(folder) and not _CACHES & {*Path(path).relative_to(folder).parts}


def written_by_several(outcomes: Iterable[BuildResult]) -> set[str]:
    """The files that several processes wrote."""
    by_process: dict[int, set[str]] = {}
    for outcome in outcomes:
        by_process.setdefault(outcome.process, set()).update(outcome.shared)
    return {path for one, other in combinations(by_process.values(), 2) for path in one & other}
