"""Registry of what Charterbook relies on that MkDocs, mkdocs-macros, Material and Jinja do not document.

A `Patch` replaces something for speed. It steps aside where the library is another one than those it was tested with:
the build is as right, and slower. A `Need` is called or read because there is no documented way; pyproject.toml keeps
out the versions that lack it. The rows stand in `rows`.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache

import mkdocs

from charterbook.errors import SettingsError
from charterbook.site.mkdocs_compat.rows import PATCHES, TITLES, Patch

#: The environment variable that names patches to leave out, separated by commas; `all` leaves out every one.
WITHOUT = "CHARTERBOOK_WITHOUT"

_NUMBER = re.compile(r"\d+")


def is_on(name: str) -> bool:
    """Whether a patch is used: its library is one that it was tested with, and nobody has left it out."""
    patch = PATCHES[name]
    return _is_tested(patch.library, patch.tested) and name not in _left_out()


def notices() -> Iterator[str]:
    """A line for each library that patches step aside for, and one for the patches that were left out.

    Raises SettingsError where the environment names a patch that does not exist.
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
            f"{WITHOUT} has an unknown patch: {unknown[0]!r}. There are: all, {', '.join(PATCHES)}."
        )
    return frozenset(PATCHES) if "all" in names else names


def installed(library: str) -> tuple[str, str]:
    """The distribution that is used for a library, and its version; ProperDocs may stand in for MkDocs."""
    if library == "mkdocs":
        return mkdocs.__name__, mkdocs.__version__
    return library, _version(library)


@cache
def _version(library: str) -> str:
    return importlib.metadata.version(library)


def _is_tested(library: str, tested: str) -> bool:
    name, version = installed(library)
    return name == library and f"{version}.".startswith(f"{tested}.")


def _is_another(library: str, tested: str) -> str:
    name, version = installed(library)
    if name != library:
        return f"{TITLES[name]} {version} stands in for {TITLES[library]}"
    side = "newer" if _numbers(version) > _numbers(tested) else "older"
    return f"{TITLES[name]} {version} is {side} than the tested {tested}.x"


def _numbers(version: str) -> list[int]:
    """The numbers of a version, without what follows the last: of 1.7rc1, 1 and 7."""
    return [int(found[0]) for found in map(_NUMBER.match, version.split(".")) if found]


def _listed(patches: Iterable[Patch]) -> str:
    titles = [patch.title for patch in patches]
    return f"{', '.join(titles)} {'is' if len(titles) == 1 else 'are'} off"
