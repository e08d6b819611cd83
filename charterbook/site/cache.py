"""What has been built before and need not be built again.

An entry is a version's finished folder, addressed by a hash of all that it depends on. Only builds
without a warning are kept, so that a strict build is warned each time. Entries are put in place in one
step and checked by the hash of their files before use: a damaged one is dropped and built anew.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

from charterbook.site.edition import Edition

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


def digest_of_tree(folder: Path, suffixes: tuple[str, ...] = ()) -> str:
    """A hash over the paths and contents of all files below a folder (of some endings only, if given)."""
    found = hashlib.blake2b(digest_size=20)
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if (
            path.is_file()
            and "__pycache__" not in relative.parts
            and (not suffixes or path.suffix in suffixes)
        ):
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
    """A hash over everything that all versions depend on: program, settings, docs/, macros, overrides."""
    root = Path(config.config_file_path).parent
    found = hashlib.blake2b(digest_size=20)
    found.update(_program().encode())
    found.update(json.dumps(_settings(config), default=_name, sort_keys=True).encode())
    found.update(digest_of_tree(Path(config.docs_dir)).encode())
    for path in _beside_docs(config, root):
        content = digest_of_tree(path) if path.is_dir() else hashlib.blake2b(path.read_bytes()).hexdigest()
        found.update(f"{path.name}\0{content}\0".encode())
    return found.hexdigest()


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


def key(edition: Edition, common: str) -> str:
    """The address of an edition's entry."""
    return hashlib.blake2b(f"{common}\0{edition.identity()}".encode(), digest_size=20).hexdigest()


class Cache:
    """The entries kept in a folder, which is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str, into: Path) -> bool:
        """Put an entry's files into a folder that does not exist yet; False where there is no sound entry."""
        entry = self.folder / name
        try:
            expected = (entry / "digest").read_text()
            if digest_of_tree(entry / "site") != expected:
                raise ValueError("damaged")
            copy_tree(entry / "site", into)
            os.utime(entry)
        except (OSError, ValueError):
            shutil.rmtree(entry, ignore_errors=True)
            shutil.rmtree(into, ignore_errors=True)
            return False
        return True

    def put(self, name: str, built: Path) -> None:
        """Keep a finished folder under a name; does nothing where another build was faster."""
        self.folder.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=".new-", dir=self.folder))
        try:
            copy_tree(built, new / "site")
            (new / "digest").write_text(digest_of_tree(new / "site"))
            if not (self.folder / name).exists():
                new.rename(self.folder / name)
        except OSError:
            if not (self.folder / name).exists():
                raise
        finally:
            shutil.rmtree(new, ignore_errors=True)

    def prune(self, now: float) -> None:
        """Remove entries that have not been used for `KEEP_DAYS`; `now` in seconds since 1970."""
        if not self.folder.is_dir():
            return
        for entry in self.folder.iterdir():
            if now - entry.stat().st_mtime > KEEP_DAYS * 86_400:
                shutil.rmtree(entry, ignore_errors=True)


def copy_tree(source: Path, target: Path) -> None:
    """Copy a folder. Copies, not links: what is done to the site later must not reach the cache."""
    shutil.copytree(source, target, copy_function=shutil.copyfile)
