"""The Jinja environment that mkdocs-macros creates in `on_config`."""

from __future__ import annotations

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig


def macros_environment(config: MkDocsConfig) -> Environment:
    """The environment that renders the pages of docs/."""
    env: Environment = config.plugins["macros"].env  # type: ignore[attr-defined]
    return env
