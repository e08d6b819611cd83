"""The logger of MkDocs, and what a strict build has counted."""

from __future__ import annotations

import logging

import mkdocs
from mkdocs.utils import CountHandler

__all__ = ["CountHandler", "mkdocs_logger", "strict_build_warned"]


def mkdocs_logger() -> logging.Logger:
    """The logger above those of MkDocs and of all plugins; ProperDocs, where it stands in for MkDocs, has its own."""
    return logging.getLogger(mkdocs.__name__)


def strict_build_warned() -> bool:
    """Whether MkDocs, building strictly, has counted a warning so far."""
    return any(
        handler.get_counts() for handler in mkdocs_logger().handlers if isinstance(handler, CountHandler)
    )
