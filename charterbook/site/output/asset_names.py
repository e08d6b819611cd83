"""Published names of Charterbook's own assets, with a hash in each.

So a page never loads a style or a script of a different build. Styles, scripts and the icon share a folder, so that
scripts import each other by plain names; the search worker is beside Material's worker, because it wraps that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from charterbook.frozen_dataclass import dataclass
from charterbook.program_hash import program
from charterbook.site.output import small_script, stylesheet

#: Folder of Charterbook's assets in the theme, and the source of its search worker.
OWN = "assets/charterbook/"
WORKER = "assets/javascripts/workers/charterbook.js"

#: Material's stylesheets, combined with Charterbook's, and its script, which also has a smaller form.
_COMBINED = ("assets/stylesheets/", small_script.SCRIPT)


@dataclass(frozen=True)
class AssetNames:
    """Names of assets with the hash `digest`."""

    digest: str

    @property
    def folder(self) -> str:
        """Folder of the styles and scripts, below the root of the site."""
        return f"{OWN.removesuffix('/')}.{self.digest}/"

    @property
    def worker(self) -> str:
        """Path of the search worker below the root of the site."""
        return f"{WORKER.removesuffix('.js')}.{self.digest}.js"

    @staticmethod
    def is_named(path: str) -> bool:
        """Whether an asset with this path in the theme gets a name with the hash."""
        return path == WORKER or path.startswith(OWN)

    def published(self, path: str) -> str:
        """Path of an asset below the root of the site, from its path in the theme."""
        if path == WORKER:
            return self.worker
        return self.folder + path.removeprefix(OWN) if path.startswith(OWN) else path

    def rename(self, root: Path) -> None:
        """Give the finished assets below the root of a site their published names."""
        for before, after in ((OWN, self.folder), (WORKER, self.worker)):
            if (root / before).exists():
                (root / before).rename(root / after)


def name_assets(assets: Mapping[str, Path], icon: str) -> AssetNames:
    """Names for a theme's assets, by their path in the theme, and for an icon."""
    own = {
        path: file for path, file in assets.items() if AssetNames.is_named(path) or path.startswith(_COMBINED)
    }
    found = hashlib.blake2b(f"{icon}\0{program(*stylesheet.CODE)}".encode(), digest_size=4)
    for path, content in _contents(sorted(own.items())):
        found.update(f"{path}\0{len(content)}\0".encode() + content)
    return AssetNames(found.hexdigest())


def _contents(files: Iterable[tuple[str, Path]]) -> Iterable[tuple[str, bytes]]:
    return ((path, file.read_bytes()) for path, file in files)
