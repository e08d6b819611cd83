"""What has been built before and need not be built again.

An entry is a version's finished folder in one file, addressed by a hash of all that it depends on. Only builds
without a warning are kept, so that a strict build is warned each time. A damaged entry is built anew.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

from charterbook.site.edition import Edition
from charterbook.store import Store

#: Entries that no build has used for this long are removed.
KEEP_DAYS = 60

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


def digest_of_tree(folder: Path) -> str:
    """A hash over the paths and contents of all files below a folder."""
    found = hashlib.blake2b(digest_size=20)
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and "__pycache__" not in relative.parts:
            found.update(f"{relative.as_posix()}\0{path.stat().st_size}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


@cache
def _program() -> str:
    """A hash over Charterbook itself and the versions of the libraries that pages depend on."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES]
    own = digest_of_tree(Path(__file__).parents[1])
    return "\n".join([own, sys.version, *versions])


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


def docs_digests(folder: Path) -> dict[str, str]:
    """The hashes of all files of docs/, by their path there."""
    return {
        path.relative_to(folder).as_posix(): hashlib.blake2b(path.read_bytes(), digest_size=20).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


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


def key(edition: Edition, common: str, docs: Mapping[str, str]) -> str:
    """The address of an edition's entry; `docs` are the hashes of the files of docs/ by their path.

    A page of docs/ that the edition does not have counts only where a page may include it.
    """
    found = hashlib.blake2b(f"{common}\0{edition.identity()}\0".encode(), digest_size=20)
    for path in sorted(docs.keys() - edition.lacks):
        found.update(f"{path}\0{docs[path]}\0".encode())
    return found.hexdigest()


class Cache:
    """The versions kept in a folder, which is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)

    def get(self, name: str, into: Path) -> bool:
        """Put an entry's files into a folder that does not exist yet; False where there is no sound entry."""
        content = self._store.get(name)
        if content is None:
            return False
        head, _, files = content.partition(b"\n")
        try:
            _unpack(json.loads(head), memoryview(files), into)
        except (OSError, ValueError, TypeError):
            shutil.rmtree(into, ignore_errors=True)
            return False
        self._store.touch(name)
        return True

    def put(self, name: str, built: Path) -> None:
        """Keep a finished folder under a name. Raises OSError where it cannot be written."""
        paths = sorted(path for path in built.rglob("*") if path.is_file())
        contents = [path.read_bytes() for path in paths]
        names = [path.relative_to(built).as_posix() for path in paths]
        head = json.dumps([[name, len(content)] for name, content in zip(names, contents, strict=True)])
        self._store.put(name, b"".join([head.encode(), b"\n", *contents]))

    def prune(self, now: float) -> None:
        """Remove entries that have not been used for `KEEP_DAYS`; `now` in seconds since 1970."""
        self._store.prune(now - KEEP_DAYS * 86_400)


def _unpack(listed: Sequence[tuple[str, int]], files: memoryview, into: Path) -> None:
    """Write the files of an entry. Raises ValueError where one would stand outside the folder, or is cut off."""
    start, known = 0, set[Path]()
    into.mkdir(parents=True)
    for name, size in listed:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(name)
        target = into / path
        if target.parent not in known:
            target.parent.mkdir(parents=True, exist_ok=True)
            known.add(target.parent)
        target.write_bytes(files[start : start + size])
        start += size
    if start != len(files):
        raise ValueError(start)


def copy_tree(source: Path, target: Path) -> None:
    """Copy a folder. Copies, not links: what is done to one of them later must not reach the other."""
    for folder, _, names in os.walk(source):
        into = target / Path(folder).relative_to(source)
        into.mkdir(parents=True)
        for name in names:
            shutil.copyfile(Path(folder, name), into / name)
