"""A page of a version and its address, and all pages of a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote

from charterbook.frozen_dataclass import dataclass
from charterbook.identity import section_of


@dataclass(frozen=True)
class Page:
    """A page of one version: `uri` is its Markdown path, `source` the page of docs/ from which it is made.

    Its subject is a section, an item by kind and id, or the older version with which it compares. `published` is its
    address if a plugin publishes it elsewhere than its path says.
    """

    uri: str
    source: str
    section: str | None = None
    kind: str | None = None
    item: str | None = None
    older: str | None = None
    published: str | None = None

    @property
    def made(self) -> bool:
        """Whether the page is one of several generated from the same page of docs/."""
        return self.kind is not None or self.older is not None

    @property
    def url(self) -> str:
        """The page's address within its version, with a final slash; empty for the home page."""
        return self.planned if self.published is None else self.published

    @property
    def planned(self) -> str:
        """The address that follows from the page's path."""
        return _url_of(self.uri)


@lru_cache(maxsize=1 << 14)  # few pages exist in only one version
def _url_of(uri: str) -> str:
    path = PurePosixPath(uri)
    folder = path.parent if path.stem in ("index", "README") else path.with_suffix("")
    return "" if str(folder) == "." else quote(f"{folder}/")


@dataclass(frozen=True)
class Pages:
    """All pages of one version."""

    pages: tuple[Page, ...]
    _urls: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = {(p.kind, p.item): p.url for p in self.pages if p.kind and p.item}
        known |= {("section", section): page.url for section, page in self.main.items()}
        object.__setattr__(self, "_urls", known)

    @cached_property
    def main(self) -> dict[str, Page]:
        """The page of each section: the one with its name, else the first."""
        found: dict[str, Page] = {}
        for page in self.pages:
            if page.section and (page.section not in found or page.planned == f"{page.section}/"):
                found[page.section] = page
        return found

    @cached_property
    def by_uri(self) -> dict[str, Page]:
        """The pages by their Markdown paths."""
        return {page.uri: page for page in self.pages}

    @cached_property
    def urls(self) -> frozenset[str]:
        """The addresses of all pages within the version."""
        return frozenset(page.url for page in self.pages)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """The addresses of pages that a plugin publishes elsewhere, by the ones that follow from their paths."""
        return {page.planned: page.url for page in self.pages if page.published is not None}

    def section_url(self, section: str) -> str | None:
        """The address of a section's page, if this version has the page."""
        return self._urls.get(("section", section))

    def item_url(self, kind: str, item: str) -> str | None:
        """The address of an item: its own page, else an anchor on its section's page, else None."""
        own = self._urls.get((kind, item))
        if own is not None:
            return own
        page = self.section_url(section_of(kind))
        return None if page is None else f"{page}#{kind}-{item}"
