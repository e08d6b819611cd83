"""Types of the rows of the registry."""

from __future__ import annotations

from typing import Literal

from charterbook.frozen_dataclass import dataclass


@dataclass(frozen=True)
class Reliance:
    """Reliance on an undocumented part of a library.

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
class Requirement(Reliance):
    """A required function or attribute."""


@dataclass(frozen=True)
class Patch(Reliance):
    """A replacement for speed.

    `gain` is the increase of CPU time of `build` without the patch, in percent, measured on the day `measured`
    (YYYY-MM-DD); for file events, of the time from an edit to the page.
    """

    title: str
    gain: float
    build: str
    measured: str
