"""Run the author's `hooks:` before the configuration is changed to one version.

MkDocs runs a hook's `on_config` after all plugins. Its changes, such as `site_url`, apply to the whole site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent

OnConfig = Callable[[MkDocsConfig], MkDocsConfig | None]


def run_early(config: MkDocsConfig, own: OnConfig) -> MkDocsConfig:
    """Run each hook's `on_config` that would come after Charterbook's `own`; MkDocs does not run it again."""
    waiting: list[Any] = config.plugins.events["config"]
    place = waiting.index(own) + 1
    early = list(_handlers(config))
    found = [handler for handler in waiting[place:] if handler in early]
    waiting[place:] = [handler for handler in waiting[place:] if handler not in early]
    for handler in found:
        config = handler(config) or config
    return config


def _handlers(config: MkDocsConfig) -> Iterator[Any]:
    for module in config.hooks.values():  # type: ignore[attr-defined] # a mapping, whatever its type says
        handler = getattr(module, "on_config", None)
        yield from handler.methods if isinstance(handler, CombinedEvent) else [handler]
