"""Hashes of the inputs common to all versions: the program, the settings, and files beside the charter."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin

from charterbook.program_hash import whole_program
from charterbook.site.incremental.file_trees import (
    content_of,
    digest_of_tree,
    files_below,
    folders_below,
    is_source,
    paths_below,
)
from charterbook.site.incremental.input_paths import Signature, signature
from charterbook.site.incremental.version_inputs import asks_for_day
from charterbook.site.markdown_options import options_of

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

#: Memory address in the `repr` of an object: it differs between processes.
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+>")


@cache
def _program() -> str:
    """Text that identifies the program: hash of the code, version of Python, and metadata of the libraries."""
    libraries = map(importlib.metadata.distribution, _LIBRARIES)
    metadata = [library.read_text("METADATA") or library.version for library in libraries]
    return "\n".join([whole_program(), sys.version, *metadata, *_installed()])


def _installed() -> list[str]:
    """Names and versions of all installed packages, from the names of their metadata folders."""
    paths = sysconfig.get_paths()
    folders = [Path(folder) for folder in sorted({paths["purelib"], paths["platlib"]})]
    found = [entry.name for folder in folders if folder.is_dir() for entry in folder.iterdir()]
    return sorted(name for name in found if name.endswith((".dist-info", ".egg-info")))


def library_versions() -> dict[str, str]:
    """Versions of the libraries that write pages, by name."""
    found = (name.removesuffix(".dist-info").rpartition("-") for name in _installed())
    versions = {name.lower().replace("_", "-"): version for name, _, version in found}
    return {name: versions[name] for name in _LIBRARIES if name in versions}


def fingerprint(config: MkDocsConfig) -> str:
    """Hash of all common inputs other than docs/: program, settings, macros, overrides."""
    root = Path(config.config_file_path).parent
    found = hashlib.blake2b(digest_size=20)
    found.update(_program().encode())
    found.update(settings_of(config).encode())
    for path in files_beside_docs(config, root):
        content = digest_of_tree(path) if path.is_dir() else hashlib.blake2b(content_of(path)).hexdigest()
        found.update(f"{path.name}\0{content}\0".encode(errors="surrogatepass"))
    return found.hexdigest()


def docs_filter(config: MkDocsConfig) -> Callable[[str], bool]:
    """Whether a path below docs/ can be on pages: not a repository's data, and not what builds store in the handbook.

    docs/ can be a clone of its own, and a plugin can allow it to be the folder of mkdocs.yml or one above it.
    """
    root = Path(config.config_file_path).absolute().parent
    if not root.is_relative_to(os.path.normpath(config.docs_dir)):
        return _is_no_repository
    cache = str(root / ".cache")
    return lambda path: _is_no_repository(path) and is_source(path) and os.path.normpath(path) != cache


def _is_no_repository(path: str) -> bool:
    return not path.endswith(f"{os.sep}.git")


def scan_docs(
    folder: Path, is_listed: Callable[[str], bool] = _is_no_repository
) -> tuple[dict[str, str], bool]:
    """Hashes of all files of docs/ by relative path, and whether a page reads the current day."""
    digests, asks_day = {}, False
    for name, path in files_below(folder, is_listed):
        content = content_of(path)
        digests[name] = hashlib.blake2b(content, digest_size=20).hexdigest()
        if name.endswith((".md", ".markdown")):
            asks_day = asks_day or asks_for_day(content)
    return digests, asks_day


def settings_of(config: MkDocsConfig) -> str:
    """Serialized settings from mkdocs.yml, its parents, the environment and the command line, without disk paths."""
    settings = {name: value for name, value in config.items() if name not in _NOT_ON_PAGES}
    plugins = {name: plugin for name, plugin in config.plugins.items() if isinstance(plugin, BasePlugin)}
    settings["plugins"] = {name: dict(plugin.config) for name, plugin in plugins.items()}
    settings["hooks"] = list(config.hooks)
    settings["theme"] = {name: config.theme[name] for name in config.theme}
    return json.dumps(_plain(settings), default=_name, sort_keys=True)


def _plain(value: Any) -> Any:
    """The same value with string keys, since JSON cannot sort other keys."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def signatures(config: MkDocsConfig) -> dict[str, Signature | None]:
    """Signatures of the files and folders of docs/, and of the files beside it that pages can depend on."""
    docs, is_listed = Path(config.docs_dir), docs_filter(config)
    paths = folders_below(docs, is_listed) | {path for _, path in paths_below(docs, is_listed)}
    for beside in files_beside_docs(config, Path(config.config_file_path).parent):
        paths |= {path for _, path in paths_below(beside, is_source)} if beside.is_dir() else {str(beside)}
    return {path: signature(path) for path in paths}


def files_beside_docs(config: MkDocsConfig, root: Path) -> list[Path]:
    """Files and folders of the handbook that pages can depend on: code, hooks, data, overrides."""
    found = [*root.glob("*.py"), *_packages(config, root)]
    found += [root / name for name in config.hooks]
    found += [Path(custom)] if (custom := config.theme.custom_dir) else []
    macros = config.plugins["macros"].config
    module = root / macros["module_name"]
    found += [module.parent] if module.parent != root else []
    found += [root / macros["include_dir"]] if macros["include_dir"] else []
    for entry in macros["include_yaml"]:
        found += [root / str(name) for name in (entry.values() if isinstance(entry, dict) else [entry])]
    snippets = options_of(config, "pymdownx.snippets") or {}
    appended = snippets.get("auto_append", [])
    for base in _folders(snippets.get("base_path", ["."]), root):
        found += [base / name for name in appended] if root.is_relative_to(base) else [base]
    return sorted({path for path in found if path.exists()})


def _packages(config: MkDocsConfig, root: Path) -> Iterator[Path]:
    """Python packages of the handbook. A site with a published `__init__.py` of docs/ looks like one, but is not."""
    is_published = (Path(config.docs_dir) / "__init__.py").exists()
    for path in root.glob("*/__init__.py"):
        if not (is_published and path.parent == Path(config.site_dir)):
            yield path.parent


def _folders(value: Any, root: Path) -> Iterator[Path]:
    """Folders of an option that is a path or a list of paths; `!relative`, the folder of each page, is below docs/."""
    for path in [value] if isinstance(value, str | os.PathLike) else value:
        with suppress(MkDocsException):
            yield root / path


def _name(value: Any) -> Any:
    """Stable representation of a value that JSON cannot represent, such as a function, with its arguments."""
    if isinstance(value, partial):
        return [_name(value.func), value.args, value.keywords]
    if callable(value) and hasattr(value, "__qualname__"):
        given = [_named(cell.cell_contents) for cell in getattr(value, "__closure__", None) or ()]
        return [f"{getattr(value, '__module__', '')}.{value.__qualname__}", *given]
    return _named(value)


def _named(value: Any) -> str:
    """The `repr` of an object; if that only has a memory address, also its attributes, without the settings of the site."""
    text = repr(value)
    if not _ADDRESS.search(text):
        return text
    attributes = {
        name: _ADDRESS.sub(">", repr(inner))
        for name, inner in getattr(value, "__dict__", {}).items()
        if not isinstance(inner, MkDocsConfig)
    }
    return f"{_ADDRESS.sub('>', text)} {sorted(attributes.items())}"
