"""Order of steps for moving a finished site into site_dir without broken links.

Pages lead to assets, to pages of older and of newer versions, to latest/, to feeds and to calendars. So the exchange
has three parts:

1. New entries are added: assets, versions, latest/, files at the root, index.html. New files of an
   existing folder, such as a page that all versions get, are also added to it. No old page links to
   any of these.
2. Changed entries of site_dir are swapped, each in one step, in the same order. A new folder also
   gets the old files that it lacks. So the links of old and new pages work.
3. Other entries are removed: pages first, and files of assets last.

In each part, lists such as versions.json follow the listed files.

Some systems ignore case, or forms of accents, in names: a name can be that of an entry that is spelled in another way.
Such an entry is swapped, not added and removed.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from charterbook.folders import exists, is_folder, resolved_path
from charterbook.site.incremental.manifest import is_preserved
from charterbook.site.output.copies import copy_tree, link_or_copy
from charterbook.site.output.remove import remove_tree
from charterbook.site.output.swap import EARLY, NEW, Exchange, SwapStep
from charterbook.versions import LATEST

_ASSETS, _FEEDS, _CALENDARS, _INDEX = "assets", "feeds", "calendars", "index.html"


class ExchangePlanner:
    """Planner of the steps of an exchange. It also prepares the staging folder for them.

    Folders in `merged`, by path in the site, are not swapped: their files are swapped one by one. The same applies to
    top-level folders of site_dir that belong to the user: hidden ones, and links to folders outside it. `unchanged`
    are entries of the new site that have the same files as in the old one, `in_place` entries of the old site that
    stay unchanged. `unlinked` are entries that are swapped without their files being linked into the new ones.
    """

    def __init__(
        self,
        exchange: Exchange,
        merged: Collection[str] = (),
        unchanged: Collection[str] = (),
        in_place: Collection[str] = (),
    ) -> None:
        self._new, self._early = exchange.staging / NEW, exchange.staging / EARLY
        self._live = exchange.target
        self._merged, self._unchanged, self._in_place = merged, unchanged, in_place
        self._added: list[SwapStep] = []
        self._swapped: list[SwapStep] = []
        self._removed: list[SwapStep] = []
        self._bridges: list[Path] = []
        self.unlinked: list[str] = []

    def steps(self) -> list[SwapStep]:
        """All steps, in their order. Raises OSError."""
        names, present = sorted(_names(self._new), key=self._rank), _names(self._live)
        for name in names:
            self._entry(name, present)
        for path in sorted(present - {*names, *self._in_place}):
            if not is_preserved(self._live / path) and not exists(self._new / path):
                self._removed.append(SwapStep("remove", path))
        last = sorted(self._removed, key=lambda step: self._rank(step.path.partition("/")[0]), reverse=True)
        return self._added + self._swapped + last

    def undo(self) -> None:
        """Remove the prepared files from the staging folder."""
        for path in [*self._bridges, self._early]:
            remove_tree(path)

    def _rank(self, name: str) -> tuple[int, str]:
        ranks = {_ASSETS: 0, LATEST: 2, _FEEDS: 3, _CALENDARS: 3, _INDEX: 5}
        if name in ranks:
            return ranks[name], name
        return 1 if any(is_folder(root / name) for root in (self._new, self._live)) else 4, name

    def _entry(self, path: str, present: Collection[str]) -> None:
        """Plan an entry of a folder with the `present` names."""
        new, live = self._new / path, self._live / path
        if not exists(live):
            self._added.append(SwapStep("add", path))
        elif self._is_users(path) and is_folder(new) != live.is_dir():
            number = errno.EISDIR if live.is_dir() else errno.ENOTDIR
            raise OSError(number, os.strerror(number), str(live))
        elif is_folder(new) and live.is_dir() and (self._is_users(path) or path in self._merged):
            self._merge(path)
        else:
            if is_folder(new) and is_folder(live) and path not in self._unchanged:
                self._bridge(path)
            else:
                self.unlinked.append(path)
            kind: Literal["swap", "respell"] = "swap" if live.name in present else "respell"
            self._swapped.append(SwapStep(kind, path, inode=new.lstat().st_ino))

    def _is_users(self, path: str) -> bool:
        """Whether a path is in a user's folder, where nothing is removed and no folder is replaced."""
        top = self._live / path.partition("/")[0]
        if top.name.startswith("."):
            return True
        return (
            top.is_symlink()
            and top.is_dir()
            and not resolved_path(top).is_relative_to(resolved_path(self._live))
        )

    def _merge(self, path: str) -> None:
        names, present = sorted(_names(self._new / path)), _names(self._live / path)
        for name in names:
            inner = f"{path}/{name}"
            if is_folder(self._new / inner) and is_folder(self._live / inner) and name in present:
                self._merge(inner)
            else:
                self._entry(inner, present)
        if path.partition("/")[0] in self._merged:
            gone = [f"{path}/{name}" for name in sorted(present - set(names))]
            self._removed += [SwapStep("remove", name) for name in gone if not exists(self._new / name)]

    def _bridge(self, path: str) -> None:
        """Link the files of the old and the new folder into each other, so that both are complete around the swap."""
        new, live = self._new / path, self._live / path
        for inner, is_new in list(_differences(str(new), str(live))):
            if is_new:
                _link_tree(new / inner, self._early / path / inner)
                self._added.append(SwapStep("add", f"{path}/{inner}", EARLY))
                continue
            self._bridges.append(new / inner)
            self._removed.append(SwapStep("remove", f"{path}/{inner}"))
            with suppress(OSError):  # files without read permission are missing until the exchange ends
                _link_tree(live / inner, new / inner)


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _differences(new: str, live: str, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Paths in only one of two folders, in any spelling, without their contents, and whether that is the new one."""
    ours, theirs = _kinds(new), _kinds(live)
    for name in sorted(ours.keys() | theirs.keys()):
        is_new = name in ours
        if not (is_new and name in theirs) and not exists(f"{live if is_new else new}/{name}"):
            yield prefix + name, is_new
        elif is_new and ours[name] and theirs.get(name, is_folder(Path(live, name))):
            yield from _differences(f"{new}/{name}", f"{live}/{name}", f"{prefix}{name}/")


def _kinds(folder: str) -> dict[str, bool]:
    """Entries of a folder by name, and whether each is a folder."""
    with os.scandir(folder) as entries:
        return {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}


def _link_tree(source: Path, target: Path) -> None:
    """Hard-link a file, or all files of a folder, to a new path."""
    target.parent.mkdir(parents=True, exist_ok=True)
    copy_tree(source, target, link_or_copy)
