"""The files and folders to watch while serving, besides those that MkDocs watches."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from charterbook import git
from charterbook.errors import CharterbookError
from charterbook.site.incremental.input_states import FILE, TREE

#: A kind of target and its path. The kinds are those of files and folders in `input_states`, and `BESIDE`.
Target = tuple[str, str]

#: A folder that is watched without its subfolders.
BESIDE = "beside"


def targets_of(config: MkDocsConfig, parents: Iterable[Path]) -> list[Target]:
    """Targets named in a mkdocs.yml that MkDocs does not watch: its `parents`, hooks and overrides."""
    found = [(FILE, str(path)) for path in parents]
    found += [(FILE, str(Path(config.config_file_path).parent / name)) for name in config.hooks]
    found += [(TREE, custom)] if (custom := config.theme.custom_dir) else []
    return [*found, (TREE, config.docs_dir), *map(target_at, config.watch)]


def git_references(root: Path) -> list[Target]:
    """Files of git's HEAD, branches and tags; empty outside a repository."""
    try:
        output = os.fsdecode(git.run(root, "rev-parse", "--git-dir", "--git-common-dir"))
    except CharterbookError:
        return []
    own, common = (root / line for line in output.splitlines())
    return [
        (FILE, str(own / "HEAD")),
        (FILE, str(common / "packed-refs")),
        (FILE, str(common / "reftable" / "tables.list")),
        (TREE, str(common / "refs")),
    ]


def target_at(path: str) -> Target:
    """The target at a path: a folder with everything below it, or a file."""
    return (TREE if Path(path).is_dir() else FILE, str(Path(path).absolute()))
