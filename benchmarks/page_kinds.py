"""The kinds of pages of a built site: one address of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

#: Sections with pages of items or versions: the largest page represents each.
MADE = ("audiences", "compare", "metrics", "services")


def page_kinds(site: Path) -> list[str]:
    """An address of each kind of page, relative to the site: all sections, the largest page of items, an old home page."""
    return [*_of_latest(site), *_old_home(site)]


def _of_latest(site: Path) -> Iterator[str]:
    latest = site / "latest"
    yield "latest/"
    for page in sorted(latest.glob("*/index.html")):
        yield f"latest/{page.parent.name}/"
    for section in MADE:
        pages = latest.glob(f"{section}/*/index.html")
        largest = max(pages, key=lambda page: (page.stat().st_size, page), default=None)
        if largest is not None:
            yield f"latest/{section}/{largest.parent.name}/"


def _old_home(site: Path) -> list[str]:
    versions = sorted(page.parent.name for page in site.glob("[0-9]*/index.html"))
    return [f"{versions[0]}/"] if len(versions) > 1 else []
