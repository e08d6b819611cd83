"""Settings of an author's mkdocs.yml, as opposed to defaults of MkDocs and of Material."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import yaml
from mkdocs.config.base import Config, ValidationError
from mkdocs.utils.yaml import get_yaml_loader

__all__ = ["ValidationError", "command_line", "is_set", "read_value"]


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


def read_value(text: str) -> Any:
    """Parsed value of mkdocs.yml with `!ENV` resolved, None if it cannot be read."""
    try:
        return yaml.load(text, Loader=get_yaml_loader())  # noqa: S506 (MkDocs' own, which builds no objects)
    except yaml.YAMLError:
        return None
