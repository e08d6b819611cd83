"""The pages of built versions, as plugins, hooks and `exclude_docs` have published, moved or removed them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from charterbook.pages import Page, Pages
from charterbook.site.edition import Edition, PastVersion
from charterbook.site.output.root_files import is_page
from charterbook.site.pipeline.handbook_data import HandbookData


def with_published_pages(
    data: HandbookData, moved: Mapping[str, str], folder: Callable[[str], Path]
) -> HandbookData:
    """The data of a handbook without pages that no version has, and with the addresses of pages that were moved.

    It is `data` itself if all pages are where their paths say. `moved` is as in PageRenderer, for the newest version;
    `folder` returns the folder of a built version.
    """
    pages = {
        edition.name: _published(edition.pages, moved, folder(edition.name)) for edition in data.editions
    }
    if all(pages[edition.name] is edition.pages for edition in data.editions):
        return data
    editions = [_with_pages(edition, pages) for edition in data.editions]
    return replace(data, editions=editions, planned_editions=data.editions)


def _published(pages: Pages, moved: Mapping[str, str], folder: Path) -> Pages:
    """The pages that a version in a folder has; the same object if they are as planned."""
    found = [_where_built(page, moved, folder) for page in pages.pages] if folder.is_dir() else pages.pages
    if all(new is old for new, old in zip(found, pages.pages, strict=True)):
        return pages
    return Pages(tuple(page for page in found if page is not None))


def _where_built(page: Page, moved: Mapping[str, str], folder: Path) -> Page | None:
    there = moved.get(page.planned)
    if there is not None and is_page(folder, there):
        return replace(page, published=there)
    return page if is_page(folder, page.planned) else None


def _with_pages(edition: Edition, pages: Mapping[str, Pages]) -> Edition:
    def changed(version: PastVersion) -> PastVersion:
        return replace(version, pages=pages.get(version.name, version.pages))

    urls = {page.planned: page.url for page in pages[edition.name].pages}
    return replace(
        edition,
        pages=pages[edition.name],
        own=changed(edition.own),
        past=tuple(map(changed, edition.past)),
        canonical=frozenset(urls[url] for url in edition.canonical if url in urls),
    )
