"""What all versions of a site depend on, as hashes: the program, the settings, and what stands beside the charter."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
import sys
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

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

_ASKS_GIT = re.compile(rb"\{[{%][^{}]*\bgit\b")


def digest_of_tree(folder: Path) -> str:
    """A hash over the paths and contents of all files below a folder, but for what Python has compiled."""
    found = hashlib.blake2b(digest_size=20)
    for name, path in _files_below(folder, {"__pycache__"}):
        content = path.read_bytes()
        found.update(f"{name}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()


def _files_below(folder: Path, without: Collection[str] = ()) -> list[tuple[str, Path]]:
    """All files below a folder by their path there, sorted, but for what is below folders of these names."""
    found, above = [], len(str(folder)) + 1
    for top, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if name not in without]
        paths = [Path(top, name) for name in names]
        found += [(path.as_posix()[above:], path) for path in paths if path.is_file()]
    return sorted(found)


@cache
def _program() -> str:
    """A hash over Charterbook itself and all that is told of the libraries that pages depend on."""
    libraries = map(importlib.metadata.distribution, _LIBRARIES)
    told = [library.read_text("METADATA") or library.version for library in libraries]
    return "\n".join([digest_of_tree(Path(__file__).parents[1]), sys.version, *told])


def fingerprint(config: MkDocsConfig) -> str:
    """A hash over everything that all versions depend on beside docs/: program, settings, macros, overrides."""
    root = Path(config.config_file_path).parent
    found = hashlib.blake2b(digest_size=20)
    found.update(_program().encode())
    found.update(json.dumps(_settings(config), default=_name, sort_keys=True).encode())
    for path in _beside_docs(config, root):
        content = digest_of_tree(path) if path.is_dir() else hashlib.blake2b(path.read_bytes()).hexdigest()
        found.update(f"{path.name}\0{content}\0".encode())
    return found.hexdigest()


def look_at_docs(folder: Path) -> tuple[dict[str, str], bool]:
    """The hashes of all files of docs/, by their path there, and whether a page asks what git says of the newest commit."""
    digests, asks_git = {}, False
    for name, path in _files_below(folder):
        content = path.read_bytes()
        digests[name] = hashlib.blake2b(content, digest_size=20).hexdigest()
        if name.endswith((".md", ".markdown")):
            asks_git = asks_git or _ASKS_GIT.search(content) is not None
    return digests, asks_git


def _settings(config: MkDocsConfig) -> dict[str, Any]:
    """What mkdocs.yml, its includes, the environment and the command line come to, but for places on disk."""
    settings = {name: value for name, value in config.items() if name not in _NOT_ON_PAGES}
    plugins = {name: plugin for name, plugin in config.plugins.items() if isinstance(plugin, BasePlugin)}
    settings["plugins"] = {name: dict(plugin.config) for name, plugin in plugins.items()}
    settings["hooks"] = list(config.hooks)
    settings["theme"] = {name: config.theme[name] for name in config.theme}
    return settings


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


def _name(value: Any) -> str:
    """A stable name for what JSON cannot hold, such as a function named in mkdocs.yml."""
    if callable(value):
        return (
            f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__qualname__)}"
        )
    return repr(value)
