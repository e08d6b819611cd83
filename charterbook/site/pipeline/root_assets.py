"""Styles, scripts and the icon at the root of a site, once for all versions."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from charterbook.site.incremental.up_to_date import BuildState
from charterbook.site.output.asset_names import AssetNames
from charterbook.site.output.previous_assets import link_same_assets
from charterbook.site.output.stylesheet import combine
from charterbook.site.pipeline.page_head import write_icon

#: Folder of cached stylesheets and scripts, in the cache folder.
_STYLES = "styles"


class RootAssets:
    """The assets of the theme and of Charterbook in a staging folder."""

    def __init__(self, build_state: BuildState, staging: Path) -> None:
        self._build_state, self._staging = build_state, staging
        self._assets: Mapping[str, Path] = {}
        self._names = AssetNames("")
        self._icon = ""

    def copy(self, assets: Mapping[str, Path], icon: str, names: AssetNames) -> None:
        """Copy the theme's assets. Charterbook's get there at the end, under their `names`.

        So neither hooks nor plugins change those that are shared with the old site. `icon` is the handbook's, as SVG; it
        can be empty.
        """
        self._assets, self._icon, self._names = {**self._assets, **assets}, icon, names
        self._copy({uri: source for uri, source in assets.items() if not names.is_named(uri)})

    def finish(self) -> None:
        """Link Charterbook's assets from the old site, or make them if it lacks them."""
        if link_same_assets(self._names, self._build_state.manifest, self._staging):
            return
        self._copy({uri: source for uri, source in self._assets.items() if self._names.is_named(uri)})
        write_icon(self._staging, self._icon)
        store = self._build_state.site.store
        combine(self._staging, store and store / _STYLES, self._assets)
        self._names.rename(self._staging)

    def _copy(self, assets: Mapping[str, Path]) -> None:
        for folder in {(self._staging / uri).parent for uri in assets}:
            folder.mkdir(parents=True, exist_ok=True)
        for uri, source in assets.items():
            shutil.copyfile(source, self._staging / uri)
