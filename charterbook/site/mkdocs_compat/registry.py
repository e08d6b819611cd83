"""Registry of undocumented parts of MkDocs, mkdocs-macros, Material and Jinja that Charterbook relies on.

A `Patch` is a replacement for speed. It is disabled for versions of the library that it was not tested with:
the build is the same, but slower. A `Requirement` has no documented alternative; pyproject.toml excludes
versions without it. The rows are in `rows`.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache

import mkdocs

from charterbook.errors import SettingsError
from charterbook.site.mkdocs_compat.registry_row import Patch
from charterbook.site.mkdocs_compat.rows import PATCHES, TITLES

#: Environment variable with the names of disabled patches, separated by commas; `all` disables every patch.
WITHOUT = "CHARTERBOOK_WITHOUT"

_NUMBER = re.compile(r"\d+")


def is_on(name: str) -> bool:
    """Whether a patch is enabled: its library is a tested version, and the environment does not disable it."""
    patch = PATCHES[name]
    return _is_tested(patch.library, patch.tested) and name not in _left_out()


def notices() -> Iterator[str]:
    """One line for each library with an untested version, and one for patches disabled by the environment.

    Raises SettingsError if the environment names a patch that does not exist.
    """
    left_out = _left_out()
    for library, tested in sorted({(patch.library, patch.tested) for patch in PATCHES.values()}):
        if not _is_tested(library, tested):
            off = [patch for patch in PATCHES.values() if (patch.library, patch.tested) == (library, tested)]
            yield f"{_is_another(library, tested)}: {_listed(off)}, builds are slower."
    if left_out:
        off = [patch for name, patch in PATCHES.items() if name in left_out]
        yield f"{WITHOUT}: {_listed(off)}, builds are slower."


def _left_out() -> frozenset[str]:
    return _named(os.environ.get(WITHOUT, ""))


@cache
def _named(text: str) -> frozenset[str]:
    names = frozenset(filter(None, map(str.strip, text.split(","))))
    unknown = sorted(names - {"all", *PATCHES})
    if unknown:
        raise SettingsError(
            f"{WITHOUT} has an unknown patch: {unknown[0]!r}. Available: all, {', '.join(PATCHES)}."
        )
    return frozenset(PATCHES) if "all" in names else names


def installed(library: str) -> tuple[str, str]:
    """Installed distribution of a library, and its version, empty if unknown; ProperDocs can replace MkDocs."""
    if library == "mkdocs":
        return mkdocs.__name__, mkdocs.__version__
    return library, _version(library)


@cache
def _version(library: str) -> str:
    try:
        return importlib.metadata.version(library) or ""
    except importlib.metadata.PackageNotFoundError:  # bundles can lack the metadata
        return ""


def _is_tested(library: str, tested: str) -> bool:
    name, version = installed(library)
    return name == library and f"{version}.".startswith(f"{tested}.")


def _is_another(library: str, tested: str) -> str:
    name, version = installed(library)
    if name != library:
        return f"{TITLES[name]} {version} stands in for {TITLES[library]}"
    if not version:
        return f"The version of {TITLES[name]} is unknown, and {tested}.x is tested"
    side = "newer" if _numbers(version) > _numbers(tested) else "older"
    return f"{TITLES[name]} {version} is {side} than the tested {tested}.x"


def _numbers(version: str) -> list[int]:
    """Leading numbers of a version: 1 and 7 for 1.7rc1."""
    return [int(found[0]) for found in map(_NUMBER.match, version.split(".")) if found]


def _listed(patches: Iterable[Patch]) -> str:
    titles = [patch.title for patch in patches]
    return f"{', '.join(titles)} {'is' if len(titles) == 1 else 'are'} off"
