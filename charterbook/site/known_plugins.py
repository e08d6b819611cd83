"""Plugins and packages whose effects on builds and pages are known."""

from __future__ import annotations

from collections.abc import Set

#: The plugins that a handbook normally has, by their names in mkdocs.yml. They add nothing to finished pages.
KNOWN_PLUGINS = frozenset({"charterbook", "macros", "material/search", "search"})

#: Packages of Charterbook, mkdocs-macros and Material, whose plugins leave the settings alone while pages are rendered.
KNOWN_PACKAGES = frozenset({"charterbook", "material", "mkdocs_macros"})


def is_from(value: object, packages: Set[str]) -> bool:
    """Whether a class or function is defined in one of these top-level packages."""
    return str(getattr(value, "__module__", None)).partition(".")[0] in packages
