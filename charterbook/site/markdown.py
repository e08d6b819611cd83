"""Markdown that has been converted before is not converted again.

Most pages of docs/ are the same slots in every version, and differ by a title at most. What holds a link or a
picture is always converted: where it leads depends on the page and on the version.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

#: What a page gets from its conversion.
_RESULTS = ("content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors")

#: Where one of these stands, the page may hold a link, a picture, another file, or HTML with either.
_OUTWARD = ("[", "://", "href", "src", "8<--", "<a", "<img")

#: More pages than this are not remembered; enough for all that one version's pages differ by.
_MOST = 4096

_known: dict[str, dict[str, Any]] = {}
_common = ""


def remember(page: Page) -> None:
    """Have a page take its HTML from one that said the same."""
    page.render = partial(_render, page, page.render)  # type: ignore[method-assign]


def begin(common: str) -> None:
    """Begin a build; forget all if settings, extensions or whatever else `common` stands for have changed."""
    global _common  # noqa: PLW0603 (what is known here belongs to the process)
    if common != _common:
        _known.clear()
    _common = common


def _render(
    page: Page,
    convert: Callable[[MkDocsConfig, Files], None],
    config: MkDocsConfig,
    files: Files,
) -> None:
    text = page.markdown or ""
    if any(mark in text for mark in _OUTWARD):
        convert(config, files)
        return
    if text not in _known:
        convert(config, files)
        if len(_known) < _MOST:
            _known[text] = copy.deepcopy(_results(page))
        return
    for name, value in copy.deepcopy(_known[text]).items():
        setattr(page, name, value)


def _results(page: Page) -> dict[str, Any]:
    return {name: getattr(page, name) for name in _RESULTS}
