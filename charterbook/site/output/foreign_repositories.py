"""Git repositories that a build would remove with other entries of site_dir: commits in them may exist nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from charterbook.errors import CharterbookError
from charterbook.folders import is_folder, walk

_GIT = ".git"


def is_bare(folder: Path) -> bool:
    """Whether a folder is a git repository without a working tree."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def is_repository(folder: Path) -> bool:
    """Whether a folder is the top of a git repository, also of a linked working tree or a submodule."""
    return os.path.lexists(folder / _GIT) or is_bare(folder)


def _repositories_below(folder: Path) -> Iterator[Path]:
    """The repositories in a folder at any depth, without those in others. Raises OSError for an unreadable folder."""
    for top, folders, _ in walk(folder):
        if is_repository(Path(top)):
            folders.clear()
            yield Path(top)


def check_removal(site_dir: Path, removed: Iterable[Path]) -> None:
    """Raise CharterbookError if entries of site_dir that are about to be removed have a git repository in them."""
    for entry in removed:
        for repository in _repositories_in(entry):
            raise CharterbookError(holds_message(site_dir, "holds", "a git repository", repository))


def _repositories_in(entry: Path) -> Iterator[Path]:
    """The repositories that are lost without an entry: one that it makes of its folder, or those in it."""
    if entry.name == _GIT:
        yield entry.parent
    elif is_folder(entry):
        yield from _repositories_below(entry)


def holds_message(site_dir: Path, relation: str, name: str, path: Path) -> str:
    """The message for a site_dir that is, holds or is inside something of the user's."""
    return (
        f"site_dir {site_dir} {relation} {name} ({path}), and a build replaces everything in site_dir. "
        "Give the site its own folder, such as `site_dir: site`."
    )
