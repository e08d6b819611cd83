"""Editions made of charters in memory, and their blocks, without git and without MkDocs."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from charterbook.charter import Charter
from charterbook.history import Draft, History, Version
from charterbook.load import load
from charterbook.pages import Page, read_docs
from charterbook.site.edition import Edition
from charterbook.site.edition_builder import editions
from charterbook.site.render.renderer import PageRenderer
from charterbook.site.render.views import ForgeLinks
from charterbook.source_map import SourceMap
from tests.charters import minimal_charter
from tests.site.handbooks import visible

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2027, 1, 4)


def charter(**changes: Any) -> Charter:
    """The minimal charter with changes."""
    found = load(minimal_charter(**changes).encode())
    assert found.charter is not None, found.problems
    return found.charter


def quarters(count: int, start: int = 2025) -> list[str]:
    """Names of `count` quarters."""
    return [f"{start + index // 4}-Q{index % 4 + 1}" for index in range(count)]


def edition(
    *changes: Mapping[str, Any], names: Sequence[str] = (), draft: Mapping[str, Any] | None = None
) -> Edition:
    """The newest edition of a history with a version for each of these changes of the minimal charter."""
    named = zip(names or quarters(len(changes)), changes, strict=True)
    versions = [Version(name, charter=charter(**change)) for name, change in named]
    unpublished = None
    if draft is not None:
        unpublished = Draft(charter(**draft), b"", SourceMap(), "working tree")
    history = History(tuple(versions), unpublished)
    return editions(history, read_docs(ROOT / "docs"), TODAY)[-1]


def block(shown: Edition, name: str, page: Page | None = None) -> str:
    """The source of a block of an edition, on a page."""
    renderer = PageRenderer(shown, ForgeLinks(None))
    renderer.open(page or shown.pages.pages[0])
    return str(renderer.block(name))


def metric_page(shown: Edition, item: str) -> Page:
    """The page of a metric."""
    return next(page for page in shown.pages.pages if (page.kind, page.item) == ("metrics", item))


def words(source: str) -> str:
    """Text of a block with normalized white space, without charts."""
    return re.sub(r" ([.,;:])", r"\1", visible(source))
