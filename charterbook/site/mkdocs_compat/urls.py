"""Relative addresses, and the pages that are shown at any depth."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from jinja2 import pass_context
from mkdocs import utils
from mkdocs.utils import is_error_template, normalize_url
from mkdocs.utils.templates import script_tag_filter

__all__ = [
    "base_url_of",
    "from_root",
    "get_relative_url",
    "is_error_template",
    "normalize_url",
    "script_tag_filter",
]


@lru_cache(maxsize=16384)
def get_relative_url(url: str, other: str) -> str:
    """Relative link from one page to another, as MkDocs makes it. Cached, since pages have the same links in all versions."""
    return utils.get_relative_url(url, other)


@lru_cache(maxsize=16384)
def from_root(url: str, base: str) -> str:
    """Relative link to an address of this version from pages for which `base` is the path to its root."""
    if base.startswith("/"):
        return urljoin(base, url)
    found = normalize_url(url, base="" if base == "." else base)
    return "./" if found == "." else found.removesuffix("/.")


@pass_context
def base_url_of(context: Any) -> str:
    """The path from a page to its version's root, also if a plugin renders the page with the context of another template."""
    url = getattr(context["page"], "url", None)
    return str(context["base_url"] if url is None else get_relative_url(".", url))
