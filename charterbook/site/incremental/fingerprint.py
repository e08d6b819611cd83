"""What all versions of a site depend on, as hashes: the program, the settings, and what stands beside the charter."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
import sys
import sysconfig
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

from charterbook.site.incremental.file_trees import content_of, digest_of_tree, files_below
from charterbook.site.incremental.version_inputs import asks_for_day

_LIBRARIES = (
    "babel", "jinja2", "markdown", "markdown-it-py", "mkdocs", "mkdocs-macros-plugin",
    "mkdocs-material", "nh3", "pydantic", "pymdown-extensions", "pyyaml",
)  # fmt: skip

_NOT_ON_PAGES = (
    "config_file_path",
    "docs_dir",
    "site_dir",
    "watch",
    "dev_addr",
    "strict",
    "plugins",
    "theme",
)

#: Where an object is in memory, as Python's own words for it say: another place in each process.
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+>")


@cache
def _program() -> str:
    """A hash over Charterbook itself and all that is told of the libraries that pages depend on."""
    libraries = map(importlib.metadata.distribution, _LIBRARIES)
    told = [library.read_text("METADATA") or library.version for library in libraries]
    return "\n".join([digest_of_tree(Path(__file__).parents[2]), sys.version, *told, *_installed()])


def _installed() -> list[str]:
    """The names and versions of all installed packages, as the folders are named in which they say so."""
    paths = sysconfig.get_paths()
    folders = [Path(folder) for folder in sorted({paths["purelib"], paths["platlib"]})]
    found = [entry.name for folder in folders if folder.is_dir() for entry in folder.iterdir()]
    return sorted(name for name in found if name.endswith((".dist-info", ".egg-info")))


def fingerprint(config: MkDocsConfig) -> str:
    """A hash over everything that all versions depend on beside docs/: program, settings, macros, overrides."""
    root = Path(config.config_file_path).parent
    found = hashlib.blake2b(digest_size=20)
    found.update(_program().encode())
    found.update(settings_of(config).encode())
    for path in _beside_docs(config, root):
        content = digest_of_tree(path) if path.is_dir() else hashlib.blake2b(content_of(path)).hexdigest()
        found.update(f"{path.name}\0{content}\0".encode(errors="surrogatepass"))
    return found.hexdigest()


def look_at_docs(folder: Path) -> tuple[dict[str, str], bool]:
    """The hashes of all files of docs/, by their path there, and whether a page asks what day it is."""
    digests, asks_day = {}, False
    for name, path in files_below(folder):
        content = content_of(path)
        digests[name] = hashlib.blake2b(content, digest_size=20).hexdigest()
        if name.endswith((".md", ".markdown")):
            asks_day = asks_day or asks_for_day(content)
    return digests, asks_day


def settings_of(config: MkDocsConfig) -> str:
    """What mkdocs.yml, its includes, the environment and the command line come to, but for places on disk."""
    settings = {name: value for name, value in config.items() if name not in _NOT_ON_PAGES}
    plugins = {name: plugin for name, plugin in config.plugins.items() if isinstance(plugin, BasePlugin)}
    settings["plugins"] = {name: dict(plugin.config) for name, plugin in plugins.items()}
    settings["hooks"] = list(config.hooks)
    settings["theme"] = {name: config.theme[name] for name in config.theme}
    return json.dumps(_plain(settings), default=_name, sort_keys=True)


def _plain(value: Any) -> Any:
    """The same with text for all keys, since JSON sorts no others."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _beside_docs(config: MkDocsConfig, root: Path) -> list[Path]:
    """Files and folders of the handbook's own that pages may depend on: code, hooks, data, overrides."""
    found = [*root.glob("*.py"), *(path.parent for path in root.glob("*/__init__.py"))]
    found += [root / name for name in config.hooks]
    found += [Path(custom)] if (custom := config.theme.custom_dir) else []
    macros = config.plugins["macros"].config
    module = root / macros["module_name"]
    found += [module.parent] if module.parent != root else []
    found += [root / macros["include_dir"]] if macros["include_dir"] else []
    for entry in macros["include_yaml"]:
        found += [root / name for name in (entry.values() if isinstance(entry, dict) else [entry])]
    snippets = config.mdx_configs.get("pymdownx.snippets") or {}
    bases, appended = snippets.get("base_path", ["."]), snippets.get("auto_append", [])
    for base in [root / base for base in ([bases] if isinstance(bases, str) else bases)]:
        found += [base / name for name in appended] if root.is_relative_to(base) else [base]
    return sorted({path for path in found if path.exists()})


def _name(value: Any) -> Any:
    """A stable name for what JSON cannot hold, such as a function named in mkdocs.yml, with all that it was given."""
    if isinstance(value, partial):
        return [_name(value.func), value.args, value.keywords]
    if callable(value) and hasattr(value, "__qualname__"):
        given = [_named(cell.cell_contents) for cell in getattr(value, "__closure__", None) or ()]
        return [f"{getattr(value, '__module__', '')}.{value.__qualname__}", *given]
    return _named(value)


def _named(value: Any) -> str:
    """An object in Python's own words; where these say no more than where it is in memory, its attributes, too."""
    told = repr(value)
    if not _ADDRESS.search(told):
        return told
    attributes = {
        name: _ADDRESS.sub(">", repr(inner)) for name, inner in getattr(value, "__dict__", {}).items()
    }
    return f"{_ADDRESS.sub('>', told)} {sorted(attributes.items())}"
