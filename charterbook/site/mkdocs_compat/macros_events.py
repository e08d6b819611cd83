"""Leave out events of mkdocs-macros in which nothing is to be done.

Before a build it lists all variables, macros and filters, and turns them into JSON for a log that nobody has asked
for. In a build without pages it would still load the handbook's macros and data.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig

from charterbook.site.mkdocs_compat.logs import mkdocs_logger
from charterbook.site.mkdocs_compat.registry import is_on


def mute_lists(config: MkDocsConfig) -> None:
    """Leave out the lists of variables and macros, unless MkDocs was asked to tell everything."""
    if mkdocs_logger().getEffectiveLevel() > logging.DEBUG:
        _mute(config, ["pre_build"])


def mute(config: MkDocsConfig) -> None:
    """Leave out all events, those that this build has not come to."""
    _mute(config, config.plugins.events)


def _mute(config: MkDocsConfig, events: Iterable[str]) -> None:
    if not is_on("macros-events"):
        return
    macros = config.plugins["macros"]
    for methods in map(config.plugins.events.__getitem__, events):
        methods[:] = [method for method in methods if getattr(method, "__self__", None) is not macros]
