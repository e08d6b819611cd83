"""Leave out events of plugins in which nothing is to be done, or that would warn of a build without pages.

Before a build, mkdocs-macros lists all variables, macros and filters, and turns them into JSON for a log that nobody
has asked for. In a build without pages, other plugins would look for their pages and miss them.
"""

from __future__ import annotations

import logging

from mkdocs.config.defaults import MkDocsConfig

from charterbook.site.mkdocs_compat.logs import mkdocs_logger
from charterbook.site.mkdocs_compat.registry import is_on

#: Plugins that are silent in a build without pages.
_SILENT = frozenset({"charterbook", "macros", "material/search", "search"})


def mute_lists(config: MkDocsConfig) -> None:
    """Leave out the lists of variables and macros, unless MkDocs was asked to tell everything."""
    if is_on("plugin-events") and mkdocs_logger().getEffectiveLevel() > logging.DEBUG:
        macros, methods = config.plugins["macros"], config.plugins.events["pre_build"]
        methods[:] = [method for method in methods if getattr(method, "__self__", None) is not macros]


def can_skip_pages(config: MkDocsConfig) -> bool:
    """Whether a build without pages can be kept from plugins and hooks, or has none that would miss them."""
    return is_on("plugin-events") or not (config.hooks or set(config.plugins) - _SILENT)


def mute_others(config: MkDocsConfig) -> None:
    """Leave out all events of other plugins and of hooks that this build has not come to."""
    if not is_on("plugin-events"):
        return
    own = config.plugins["charterbook"]
    for methods in config.plugins.events.values():
        methods[:] = [method for method in methods if getattr(method, "__self__", None) is own]
