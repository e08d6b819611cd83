"""The order in which a finished site is moved into site_dir, so that no page leads to what is not there yet.

Pages lead to assets, to pages of older and of newer versions, to latest/ and to feeds. So the exchange has three parts:

1. Everything that is new is added: assets, versions, latest/, files at the root, index.html. New files of a folder that
   is there already, such as a page that all versions get, are added to it, too. No old page leads to any of these.
2. Everything that has changed is swapped, each entry of site_dir in one step, in the same order. A new folder brings
   along files that it has no more. So an old page and a new one find all that they lead to.
3. What is not part of the new site is removed: pages first, and files of assets last.

In each part lists such as versions.json follow what they list.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from charterbook.site.incremental.manifest import is_kept
from charterbook.site.output.remove import remove_tree
from charterbook.site.output.swap import EARLY, NEW, Exchange, SwapStep, is_folder
from charterbook.versions import LATEST

_ASSETS, _FEEDS, _INDEX = "assets", "feeds", "index.html"


class ExchangePlanner:
    """Finds the steps of an exchange, and prepares the staging folder for them.

    Folders in `merged`, by their path in the site, are not swapped: their files are, one by one. The same holds for
    folders at the top of site_dir that belong to the user: hidden ones, and those behind a link that leads out of it.
    `unchanged` are entries of the new site that have the same files as those of the old one.
    """

    def __init__(
        self, exchange: Exchange, merged: Collection[str] = (), unchanged: Collection[str] = ()
    ) -> None:
        self._new, self._early = exchange.staging / NEW, exchange.staging / EARLY
        self._live = exchange.target
        self._merged, self._unchanged = merged, unchanged
        self._added: list[SwapStep] = []
        self._swapped: list[SwapStep] = []
        self._removed: list[SwapStep] = []
        self._bridges: list[Path] = []

    def steps(self) -> list[SwapStep]:
        """All steps, in their order. Raises OSError."""
        names = sorted(_names(self._new), key=self._rank)
        for name in names:
            self._entry(name)
        for path in sorted(_names(self._live) - set(names)):
            if not is_kept(self._live / path):
                self._removed.append(SwapStep("remove", path))
        last = sorted(self._removed, key=lambda step: self._rank(step.path.partition("/")[0]), reverse=True)
        return self._added + self._swapped + last

    def undo(self) -> None:
        """Take from the staging folder what was prepared in it."""
        for path in [*self._bridges, self._early]:
            remove_tree(path)

    def _rank(self, name: str) -> tuple[int, str]:
        if name in (_ASSETS, LATEST, _FEEDS, _INDEX):
            return {_ASSETS: 0, LATEST: 2, _FEEDS: 3, _INDEX: 5}[name], name
        return 1 if any(is_folder(root / name) for root in (self._new, self._live)) else 4, name

    def _entry(self, path: str) -> None:
        new, live = self._new / path, self._live / path
        if not os.path.lexists(live):
            self._added.append(SwapStep("add", path))
        elif self._is_users(path) and is_folder(new) != live.is_dir():
            number = errno.EISDIR if live.is_dir() else errno.ENOTDIR
            raise OSError(number, os.strerror(number), str(live))
        elif is_folder(new) and live.is_dir() and (self._is_users(path) or path in self._merged):
            self._merge(path)
        else:
            if is_folder(new) and is_folder(live) and path not in self._unchanged:
                self._bridge(path)
            self._swapped.append(SwapStep("swap", path, inode=new.lstat().st_ino))

    def _is_users(self, path: str) -> bool:
        """Whether a path is in a folder of the user's: nothing there is removed, and no folder is replaced."""
        top = self._live / path.partition("/")[0]
        if top.name.startswith("."):
            return True
        return top.is_symlink() and top.is_dir() and not top.resolve().is_relative_to(self._live.resolve())

    def _merge(self, path: str) -> None:
        names = sorted(_names(self._new / path))
        for name in names:
            inner = f"{path}/{name}"
            if is_folder(self._new / inner) and is_folder(self._live / inner):
                self._merge(inner)
            else:
                self._entry(inner)
        if path.partition("/")[0] in self._merged:
            gone = sorted(_names(self._live / path) - set(names))
            self._removed += [SwapStep("remove", f"{path}/{name}") for name in gone]

    def _bridge(self, path: str) -> None:
        """Prepare that a folder, before it is swapped and after, has the files of both the old one and the new one."""
        new, live = self._new / path, self._live / path
        for inner, is_new in list(_differences(str(new), str(live))):
            if is_new:
                _link_tree(new / inner, self._early / path / inner)
                self._added.append(SwapStep("add", f"{path}/{inner}", EARLY))
                continue
            self._bridges.append(new / inner)
            self._removed.append(SwapStep("remove", f"{path}/{inner}"))
            with suppress(OSError):  # what this process may not read is missing until the exchange ends
                _link_tree(live / inner, new / inner)


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _differences(new: str, live: str, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """The paths that only one of two folders has, without what is below them, and whether that is the new one."""
    ours, theirs = _kinds(new), _kinds(live)
    for name in sorted(ours.keys() | theirs.keys()):
        if name not in ours or name not in theirs:
            yield prefix + name, name in ours
        elif ours[name] and theirs[name]:
            yield from _differences(f"{new}/{name}", f"{live}/{name}", f"{prefix}{name}/")


def _kinds(folder: str) -> dict[str, bool]:
    """The entries of a folder, and for each whether it is a folder."""
    with os.scandir(folder) as entries:
        return {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}


def _link_tree(source: Path, target: Path) -> None:
    """Have a file, or a folder with all its files, stand at another path, too."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if is_folder(source):
        shutil.copytree(source, target, symlinks=True, copy_function=_link)
    else:
        _link(source, target)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
