"""Listing of the theme's files without Material's 12,000 icons, and setup of the theme's environments.

MkDocs lists all files of a theme to find the assets among them, and drops hidden files and templates afterwards. For the
settings of each version, it reads the entry points of all installed packages, to find the theme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import BaseLoader, BytecodeCache, Environment
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig

from charterbook.folders import walk
from charterbook.site.mkdocs_compat.registry import is_on


def install(config: MkDocsConfig, bytecode: BytecodeCache) -> None:
    """Set a short file listing and a bytecode cache in the theme's environments of this configuration."""
    theme = config.theme
    _replace_get_env(config, lambda: assets_in(tuple(theme.dirs)), bytecode)


@contextmanager
def known_themes() -> Iterator[None]:
    """Context manager: the installed themes are those that this process has found before."""
    if not is_on("theme-files"):
        yield
        return
    original = utils.get_themes
    utils.get_themes = _KnownThemes(original)  # type: ignore[assignment]
    try:
        yield
    finally:
        utils.get_themes = original


class _KnownThemes:
    """MkDocs' function for the installed themes, without the clearing of its cache after each use."""

    _found: ClassVar[dict[str, Any]] = {}

    def __init__(self, find: Callable[[], dict[str, Any]]) -> None:
        self._find = find

    def __call__(self) -> dict[str, Any]:
        if not self._found:
            self._found.update(self._find())
        return self._found

    def cache_clear(self) -> None:
        """Keep the cache."""


def install_empty(config: MkDocsConfig) -> None:
    """Make the theme of this configuration list no files, for a build without pages."""
    _replace_get_env(config, tuple, None)


def equip_environments(config: MkDocsConfig, equip: Callable[[Environment], None]) -> None:
    """Set up each environment that a plugin gets from the theme from now on, as `on_env` does for MkDocs' own."""
    make = config.theme.get_env

    def get_env() -> Environment:
        env = make()
        equip(env)
        return env

    config.theme.get_env = get_env  # type: ignore[method-assign]


def _replace_get_env(
    config: MkDocsConfig, names: Callable[[], Sequence[str]], bytecode: BytecodeCache | None
) -> None:
    if not is_on("theme-files"):
        return
    make = config.theme.get_env

    def get_env() -> Environment:
        env = make()
        assert env.loader is not None
        env.loader = _ListingLoader(env.loader, names)
        env.bytecode_cache = bytecode
        return env

    config.theme.get_env = get_env  # type: ignore[method-assign]


class _ListingLoader(BaseLoader):
    """Loader with a replaced listing."""

    def __init__(self, loader: BaseLoader, names: Callable[[], Sequence[str]]) -> None:
        self._loader, self._names = loader, names

    def get_source(self, environment: Environment, template: str) -> Any:
        return self._loader.get_source(environment, template)

    def list_templates(self) -> list[str]:
        return list(self._names())


@cache
def assets_in(folders: tuple[str, ...]) -> tuple[str, ...]:
    """The files below these folders that are neither hidden nor templates, sorted."""
    found = set[str]()
    for top in folders:
        for folder, inner, names in walk(top):
            inner[:] = [name for name in inner if not name.startswith(".")]
            base = Path(folder).relative_to(top)
            found |= {
                (base / name).as_posix() for name in names if not name.endswith((".html", ".py", ".pyc"))
            }
    return tuple(sorted(found))
