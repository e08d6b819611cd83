"""What Charterbook needs of a mkdocs.yml, said before anything is built."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError


def check(config: MkDocsConfig) -> None:
    """Raise PluginError where mkdocs.yml lacks what Charterbook needs, saying what to write."""
    if not config.config_file_path:
        raise PluginError("Charterbook needs a mkdocs.yml on disk: the charter is looked for beside it.")
    if config.theme.name != "material":
        raise PluginError("mkdocs.yml: Charterbook's pages need `theme: {name: material}`.")
    names = list(config.plugins)
    if "macros" not in names:
        raise PluginError("mkdocs.yml: add `- macros: {module_name: macros}` to plugins, after charterbook.")
    if names.index("charterbook") > names.index("macros"):
        raise PluginError("mkdocs.yml: list charterbook before macros under plugins.")
