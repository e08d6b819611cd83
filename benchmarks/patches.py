"""Gains of patches of undocumented library parts, and patches that were removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from charterbook.site.mkdocs_compat.rows import PATCHES


@dataclass(frozen=True)
class RemovedPatch:
    """A patch that was removed: why, and the resulting increase of build time, in percent of CPU time."""

    title: str
    costs: str
    why: str


#: Measured on 2026-11-28 and 2026-11-29: the processor's time with and without, or the share in a profile.
REMOVED_PATCHES = (
    RemovedPatch(
        "the cache of converted Markdown",
        "9 % of a whole site",
        "it could not be shown right for every extension",
    ),
    RemovedPatch(
        "garbage collected rarely",
        "5 % of a whole site, 7 % of a new quarter, 12 % if nothing changed; by `mkdocs build` alone",
        "other plugins live in the same process; `charterbook build` has its own",
    ),
    RemovedPatch(
        "the list of themes read once",
        "2 % of a whole site",
        "what gains less than 3 % is not worth an undocumented function",
    ),
)


def patch_tables() -> Iterator[str]:
    """Two tables for the page of results."""
    yield "\n## What patches are worth\n"
    yield "How much longer a build takes without each, of the processor's time.\n"
    yield "| Patch | Gain | Of |\n|---|---|---|"
    for patch in PATCHES.values():
        yield f"| {patch.title} | {patch.gain:g} % | {patch.build} |"
    yield "\n| Given up | What that costs | Why |\n|---|---|---|"
    for gone in REMOVED_PATCHES:
        yield f"| {gone.title} | {gone.costs} | {gone.why} |"
