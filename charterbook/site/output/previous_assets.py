"""Reuse of styles and scripts of the old site: of unchanged ones, and for an hour of replaced ones.

A reader can open a page just before the site is replaced, or get it from a cache. That page then asks for the
files with which it was built. Only files of Charterbook and Material stay. An author's files do not stay, because they
may have been removed on purpose.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from charterbook.folders import is_folder
from charterbook.json_text import parse_json
from charterbook.pipes import read_regular
from charterbook.site.incremental.manifest import SiteManifest, files_below
from charterbook.site.output.asset_names import AssetNames
from charterbook.site.output.remove import remove_tree

#: The path, in the site, of the list of replaced files and the times of their replacement.
PREVIOUS = "assets/previous.json"

#: Number of seconds for which they stay; the first publication after that removes them.
STAY = 3_600

#: Names of files of Charterbook and Material; before version 0.3 Charterbook's had no hash.
_OWN_ASSETS = re.compile(
    r"assets/(?:charterbook(?:\.[0-9a-f]{8})?/[\w-]+\.(?:css|js|svg)"
    r"|javascripts/workers/charterbook(?:\.[0-9a-f]{8})?\.js"
    r"|javascripts/(?:workers/search|bundle)\.[0-9a-f]{8}\.min\.js)"
)


def link_previous_assets(new: Path, site: Path) -> None:
    """Hard-link the replaced files into the new site. Unreadable files are skipped."""
    now = int(time.time())
    before = read_previous(site)
    stayed = {path: before.get(path, now) for path in sorted({*_replaced(new, site), *before})}
    left = {path: min(since, now) for path, since in stayed.items() if now - since < STAY}
    linked = {path: since for path, since in left.items() if _link(site / path, new / path)}
    if linked:
        (new / PREVIOUS).write_text(json.dumps(linked, indent=1) + "\n", encoding="utf-8", newline="\n")


def link_same_assets(names: AssetNames, manifest: SiteManifest, new: Path) -> bool:
    """Hard-link the finished assets with these names from the old site; False if it lacks one or has changed one.

    Their names have a hash of all that they are made of. Replaced ones are not all left.
    """
    places = (names.folder, names.worker)
    if any(path.startswith(places) for path in read_previous(manifest.folder)):
        return False
    if manifest.link_files(places, new):
        return True
    for place in places:
        remove_tree(new / place)
    return False


def read_previous(site: Path) -> Mapping[str, int]:
    """Files of earlier builds in a site, with the time of their replacement. The site need not be trusted."""
    with suppress(OSError, ValueError):
        found = parse_json(read_regular(site / PREVIOUS))
        if isinstance(found, dict):
            return {
                path: since
                for path, since in found.items()
                if _OWN_ASSETS.fullmatch(path) and type(since) is int
            }
    return {}


def _replaced(new: Path, site: Path) -> Iterator[str]:
    """Files of Charterbook and Material that only the old site has."""
    folder = site / "assets"
    if is_folder(folder):
        found = files_below(folder, "assets/")
        yield from (path for path in found if _OWN_ASSETS.fullmatch(path) and not (new / path).exists())


def _link(source: Path, target: Path) -> bool:
    """Hard-link a file to a free name; False if this is not possible."""
    if target.exists() or source.is_symlink() or not source.is_file():
        return False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, target)
    except OSError:
        return False
    return True
