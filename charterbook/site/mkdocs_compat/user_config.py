"""Settings of an author's mkdocs.yml, as opposed to defaults of MkDocs and of Material."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import get_yaml_loader

__all__ = ["ValidationError", "command_line", "is_set", "parents", "read_value"]


def is_set(config: Config, *path: str) -> bool:
    """Whether the author has written a setting: `is_set(config, "theme", "font")`."""
    return any(_holds(written, path) for written in _written(config))


def _written(config: Config) -> list[Mapping[str, Any]]:
    """Settings before defaults. MkDocs deprecates them without a replacement."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return list(config.user_configs)


def _holds(settings: Any, path: tuple[str, ...]) -> bool:
    for key in path:
        if not isinstance(settings, Mapping) or key not in settings:
            return False
        settings = settings[key]
    return True


def command_line(config: Config) -> Mapping[str, Any]:
    """Overrides of mkdocs.yml from the command line."""
    return dict(_written(config)[-1])


def read_value(text: str | bytes, config: MkDocsConfig | None = None) -> Any:
    """Parsed value or file of mkdocs.yml with `!ENV` resolved, None if it cannot be read. `!relative` needs `config`."""
    try:
        return yaml.load(text, Loader=get_yaml_loader(config=config))  # noqa: S506 (MkDocs' own, which builds no objects)
    except yaml.YAMLError:
        return None


def parents(config: MkDocsConfig) -> list[Path]:
    """Parents of a mkdocs.yml, the nearest first."""
    file, found = Path(config.config_file_path), list[Path]()
    while (parent := _parent(file, config)) is not None and parent not in found:
        found.append(parent)
        file = parent
    return found


def _parent(file: Path, config: MkDocsConfig) -> Path | None:
    try:
        settings = read_value(file.read_bytes(), config)
    except OSError:
        return None
    name = settings.get("INHERIT") if isinstance(settings, dict) else None
    return Path(os.path.normpath(file.parent / name)) if isinstance(name, str) else None
