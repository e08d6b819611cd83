"""Types of the rows of the registry: a `Patch` or a `Requirement`."""

from __future__ import annotations

from typing import Literal

from charterbook.frozen_dataclass import dataclass


@dataclass(frozen=True)
class RegistryRow:
    """An undocumented part of a library: what a patch and a requirement have in common.

    `module` is where Charterbook relies on it, below `charterbook.site`. `tested` is the series of versions that it
    was tested with: `1.6` means 1.6 and 1.6.x. `targets` are dotted names in the library. `otherwise` describes the
    behaviour with an untested version.
    """

    module: str
    library: str
    tested: str
    targets: tuple[str, ...]
    access: Literal["undocumented", "private"]
    why: str
    otherwise: str


@dataclass(frozen=True)
class Requirement(RegistryRow):
    """A function or attribute without a documented alternative; pyproject.toml excludes versions that lack it."""


@dataclass(frozen=True)
class Patch(RegistryRow):
    """A replacement for speed.

    `gain` is the increase of CPU time of `build` without the patch, in percent, measured on the day `measured`
    (YYYY-MM-DD); for file events, of the time from an edit to the page.
    """

    title: str
    gain: float
    build: str
    measured: str
