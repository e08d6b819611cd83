"""Start of the build of a whole site: its plan, and the build of the version that MkDocs itself builds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from charterbook.site.incremental.up_to_date import BuildState
from charterbook.site.mkdocs_compat import git_info, theme_files
from charterbook.site.order import ConfigOverrides
from charterbook.site.pipeline.inputs import make_site_build
from charterbook.site.pipeline.site_build import SiteBuild
from charterbook.site.pipeline.version_build import VersionBuild


def prepare_site_build(
    build_state: BuildState, config: MkDocsConfig, options: Mapping[str, Any], overrides: ConfigOverrides
) -> SiteBuild:
    """Plan a whole site, after clearing caches of earlier builds in this process.

    Raises CharterbookError.
    """
    theme_files.assets_in.cache_clear()
    git_info.forget()
    site_build = make_site_build(build_state, config, options)
    site_build.overrides = overrides
    return site_build


def begin_site_build(
    site_build: SiteBuild, config: MkDocsConfig, options: Mapping[str, Any]
) -> VersionBuild | None:
    """Begin a site, and return the build of the version that MkDocs itself builds, None if there is no version."""
    order = site_build.begin(config)
    return None if order is None else VersionBuild(order, config, options, site_build)
