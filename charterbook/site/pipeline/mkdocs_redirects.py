"""Support for mkdocs-redirects: each version, and the root, has the redirects to its own pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

_MAPS = "redirect_maps"


def filter_redirects(config: MkDocsConfig, absent: Collection[str]) -> None:
    """Remove redirects to pages of other versions: the plugin would warn about each."""
    plugin = config.plugins.get("redirects")
    if plugin is not None:
        maps: dict[str, Any] = plugin.config[_MAPS]
        plugin.config[_MAPS] = {
            old: new for old, new in maps.items() if str(new).partition("#")[0] not in absent
        }


def redirect_paths(config: MkDocsConfig) -> Iterator[str]:
    """The paths of the files that the plugin writes into a version."""
    plugin = config.plugins.get("redirects")
    for old in plugin.config[_MAPS] if plugin is not None else ():
        yield File(str(old), "", "", use_directory_urls=True).dest_uri
