"""Suppression of plugin events that do nothing, or that would warn about a build without pages.

Before a build, mkdocs-macros converts all variables, macros and filters to JSON for a debug log that is rarely
shown. In a build without pages, other plugins would miss their pages.
"""

from __future__ import annotations

import logging

from mkdocs.config.defaults import MkDocsConfig

from charterbook.site.known_plugins import KNOWN_PACKAGES, KNOWN_PLUGINS, is_from
from charterbook.site.mkdocs_compat.logs import mkdocs_logger
from charterbook.site.mkdocs_compat.registry import is_on


def skip_debug_lists(config: MkDocsConfig) -> None:
    """Skip the lists of variables and macros, unless MkDocs runs verbosely."""
    if is_on("plugin-events") and mkdocs_logger().getEffectiveLevel() > logging.DEBUG:
        macros, methods = config.plugins["macros"], config.plugins.events["pre_build"]
        methods[:] = [method for method in methods if getattr(method, "__self__", None) is not macros]


def can_tell_deployment(config: MkDocsConfig) -> bool:
    """Whether plugins or hooks get the name of the command, and can do something else when the site is published.

    Those of Material only distinguish serving.
    """
    return any(not is_from(method, KNOWN_PACKAGES) for method in config.plugins.events["startup"])


def can_skip_pages(config: MkDocsConfig) -> bool:
    """Whether plugins and hooks can be skipped in a build without pages, or need no pages."""
    return is_on("plugin-events") or not (config.hooks or set(config.plugins) - KNOWN_PLUGINS)


def skip_other_plugins(config: MkDocsConfig) -> None:
    """Skip the remaining events of other plugins and hooks in this build."""
    if not is_on("plugin-events"):
        return
    own = config.plugins["charterbook"]
    for methods in config.plugins.events.values():
        methods[:] = [method for method in methods if getattr(method, "__self__", None) is own]
