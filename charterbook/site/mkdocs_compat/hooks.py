"""Run the author's `hooks:` before the configuration is changed to one version.

MkDocs runs a hook's `on_config` after all plugins. Its changes, such as `site_url`, apply to the whole site. One that
uses `config.plugins` depends on what plugins have done, and runs after them here as well. MkDocs loads a hook once for
each process: a server shows the newest version as the old hook makes it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent

from charterbook.site.incremental.input_paths import is_own

log = logging.getLogger("mkdocs.plugins.charterbook")

#: The sources of the hooks that this process has loaded, by path.
_loaded: dict[str, bytes] = {}

OnConfig = Callable[[MkDocsConfig], MkDocsConfig | None]


def run_early(config: MkDocsConfig, own: OnConfig) -> MkDocsConfig:
    """Run each hook's `on_config` that would come after Charterbook's `own`; MkDocs does not run it again.

    Those that use plugins stay where they are.
    """
    waiting: list[Any] = config.plugins.events["config"]
    place = waiting.index(own) + 1
    early = [handler for handler in _handlers(config) if not _uses_plugins(handler)]
    found = [handler for handler in waiting[place:] if handler in early]
    waiting[place:] = [handler for handler in waiting[place:] if handler not in early]
    for handler in found:
        config = handler(config) or config
    return config


def report_changed(config: MkDocsConfig) -> None:
    """Report each hook that has changed since this process loaded it."""
    for name, module in config.hooks.items():  # type: ignore[attr-defined] # a mapping, whatever its type says
        file = str(module.__file__)
        try:
            source = Path(file).read_bytes()
        except OSError:
            continue
        if _loaded.setdefault(file, source) != source:
            log.warning(
                "%s has changed. MkDocs loads a hook once: restart `mkdocs serve` to load it again.", name
            )


def _handlers(config: MkDocsConfig) -> Iterator[Any]:
    for module in config.hooks.values():  # type: ignore[attr-defined] # a mapping, whatever its type says
        handler = getattr(module, "on_config", None)
        yield from handler.methods if isinstance(handler, CombinedEvent) else [handler]


def _uses_plugins(handler: object) -> bool:
    """Whether a function, or another one of the handbook that it calls, names the setting `plugins`."""
    pending, seen = [handler], set[object]()
    while pending:
        function = pending.pop()
        code = getattr(function, "__code__", None)
        if code is None or code in seen or not is_own(code.co_filename):
            continue
        seen.add(code)
        names = {name for part in _with_inner(code) for name in part.co_names}
        if "plugins" in names or any("plugins" in part.co_consts for part in _with_inner(code)):
            return True
        known = getattr(function, "__globals__", {})
        pending += [known[name] for name in sorted(names & known.keys())]
    return False


def _with_inner(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _with_inner(inner)
