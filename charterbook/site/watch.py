"""Counts, for those who ask, the time that MkDocs, its plugins and Charterbook's blocks take in building a version.

MkDocs says nothing of that, so the functions that do the work are replaced by ones that look at the clock. Where
nobody asks, nothing is replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

import mkdocs.utils
from mkdocs.commands import build as mkdocs_build
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs_macros.plugin import MacrosPlugin

from charterbook.site.blocks import Desk
from charterbook.site.search import Index
from charterbook.site.timings import Timings, asked

#: What is watched: where the function is, its name, and the part of the work that it does.
_WATCHED = (
    (MacrosPlugin, "render", "macros of pages"),
    (Desk, "template", "blocks"),
    (Page, "render", "Markdown"),
    (mkdocs_build, "_build_page", "theme templates"),
    (Index, "add_entry_from_context", "search"),
    (Index, "generate_search_index", "search"),
    (Files, "copy_static_files", "writing"),
    (mkdocs.utils, "write_file", "writing"),
)

_counting: list[Timings] = []


def begin_counting() -> Timings:
    """What is done from now on is counted here, if anybody asks for it."""
    timings = Timings()
    if asked():
        _watch()
        _counting.append(timings)
    return timings


def end_counting(timings: Timings) -> None:
    """Count no more there."""
    if timings in _counting:
        _counting.remove(timings)


@cache
def _watch() -> None:
    for owner, name, part in _WATCHED:
        setattr(owner, name, _counted(getattr(owner, name), part))


def _counted(function: Callable[..., Any], part: str) -> Callable[..., Any]:
    @wraps(function)
    def counted(*arguments: Any, **options: Any) -> Any:
        if not _counting:
            return function(*arguments, **options)
        with _counting[-1].span(part):
            return function(*arguments, **options)

    return counted
