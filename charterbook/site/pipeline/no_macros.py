"""An empty module for mkdocs-macros to load in a build that renders no page."""

from __future__ import annotations


def define_env(env: object) -> None:
    """Define nothing."""
