"""Counterparts of pages in other versions: pages of renamed items, and renamed pages of docs/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from charterbook.charter import Charter, all_items
from charterbook.compare import section_title
from charterbook.i18n import translator
from charterbook.identity import Item
from charterbook.pages import VERSIONS, DocsPage, Page, item_page
from charterbook.site.edition import Edition, PastVersion, VersionLineage


class MovedPages:
    """The pages of a site with these editions as versions, oldest first. Addresses are those within a version.

    `redirects` are former paths of pages of docs/, with the current ones.
    """

    def __init__(
        self,
        found: Sequence[Edition],
        docs: Sequence[DocsPage],
        redirects: Mapping[str, str] | None = None,
    ) -> None:
        self._docs, self._redirects = docs, redirects or {}
        self.names = [edition.name for edition in found]
        self._versions: Sequence[PastVersion] = (*found[-1].past, found[-1].own) if found else ()
        self._readable = {version.name: version for version in self._versions if version.charter is not None}
        self._descent = VersionLineage(self._versions)

    def has(self, url: str, name: str) -> bool:
        """Whether a version has a page at an address."""
        return url in self._readable[name].pages.urls

    def counterparts(self, url: str, name: str) -> tuple[str, ...]:
        """Addresses in a version of the subject of a page of any other version; several after a split."""
        url = self.aliases.get(url, url)
        pages = self._readable[name].pages
        if url in pages.urls:
            return (url,)
        if url in pages.moved:
            return (pages.moved[url],)
        subject = self._subjects.get(url)
        if subject is None or subject.kind is None or subject.item is None:
            return ()
        counterparts = self._descent.in_version((subject.kind, subject.item), name)
        found = (self._address(counterpart, subject, name) for counterpart in counterparts)
        return tuple(dict.fromkeys(filter(None, found)))

    def last_with(self, url: str) -> str | None:
        """The last version that has a page at an address, None if no version has."""
        url = self.aliases.get(url, url)
        return next((name for name in reversed(self._readable) if self.has(url, name)), None)

    def is_known(self, url: str) -> bool:
        """Whether any charter of the history, even within a version, has this page."""
        return url in self.all_addresses or url in self.aliases

    def title(self, url: str, name: str) -> str | None:
        """Title of the subject of a page in a version; None for a page of docs/."""
        page = next((page for page in self._readable[name].pages.pages if page.url == url), None)
        charter = self._readable[name].charter
        if page is None or charter is None:
            return None
        if page.section:
            return section_title(page.section, translator(charter.language))
        item = (page.kind, page.item)
        return next((one.label for kind, one in all_items(charter) if (kind, one.id) == item), None)

    @cached_property
    def all_addresses(self) -> frozenset[str]:
        """Addresses of all pages of any charter of the history, and of these pages of docs/."""
        urls = frozenset().union(*(version.pages.urls for version in self._readable.values()))
        return urls | self._subjects.keys() | frozenset(self._sections())

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Former addresses of renamed pages of docs/, with the present ones."""
        return {old.url: new.url for old, new in self._renamed() if old.url != new.url}

    @cached_property
    def moved(self) -> Mapping[str, Sequence[tuple[int, int, tuple[str, ...]]]]:
        """For an address, its counterparts in versions that lack it: first version, last version, and addresses.

        Versions are counted from 0, in the order of `names`.
        """
        urls = [*self._subjects, *self.aliases]
        return {url: runs for url in sorted(urls) if (runs := list(self._runs(url)))}

    def _runs(self, url: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        there = [() if self.has(url, name) else self.counterparts(url, name) for name in self.names]
        for urls, group in groupby(enumerate(there), key=lambda pair: pair[1]):
            places = [place for place, _ in group]
            if urls:
                yield places[0], places[-1], urls

    @cached_property
    def _subjects(self) -> Mapping[str, Page]:
        """All pages of items in the history, by address."""
        by_kind: dict[str, list[str]] = {}
        for kind, id_ in sorted(self._descent.all_items):
            by_kind.setdefault(kind, []).append(id_)
        made = (item_page(page, id_) for page in self._docs for id_ in by_kind.get(page.for_each or "", ()))
        taken = {Page(page.source, page.source).url for page in self._docs if not page.for_each}
        return {page.url: page for page in made if page.url not in taken}

    def _address(self, item: Item, subject: Page, name: str) -> str | None:
        """Address of an item in a version: its page of the same kind, else the default target of links."""
        pages = self._readable[name].pages
        source = next((page for page in self._docs if page.source == subject.source), None)
        t = item_page(source, item[1]).url if source and source.for_each == item[0] else ""
        return t if t in pages.urls and t else pages.item_url(*item)

    def _sections(self) -> Iterator[str]:
        """Addresses of section pages that existed only within a version."""
        for page in self._docs:
            if page.section and any(charter.has(page.section) for charter in self._charters()):
                yield Page(page.source, page.source).url

    def _charters(self) -> Iterator[Charter]:
        for version in reversed(self._versions):
            yield from (charter for charter in version.charters if charter is not None)

    def _renamed(self) -> Iterator[tuple[Page, Page]]:
        """Former pages, each with its present page."""
        by_source = {page.source: page for page in self._docs}
        for old in self._redirects:
            new = by_source.get(resolved(old, self._redirects))
            if new is not None:
                yield from self._pairs(old, new)

    def _pairs(self, old: str, new: DocsPage) -> Iterator[tuple[Page, Page]]:
        if not new.for_each:
            yield Page(old, old), Page(new.source, new.source)
            return
        names = (
            self._readable
            if new.for_each == VERSIONS
            else [id_ for kind, id_ in sorted(self._descent.all_items) if kind == new.for_each]
        )
        former = DocsPage(old, for_each=new.for_each)
        for name in names:
            yield item_page(former, name), item_page(new, name)


def resolved(path: str, redirects: Mapping[str, str]) -> str:
    """Final target of a former path; a path in a redirect loop leads to itself."""
    seen = {path}
    while path in redirects and redirects[path] not in seen:
        path = redirects[path]
        seen.add(path)
    return path


def redirects_of(docs: Sequence[DocsPage], settings: Mapping[str, str]) -> dict[str, str]:
    """Redirects from the settings and from the front matter of pages of docs/."""
    return {old: page.source for page in docs for old in page.redirect_from} | dict(settings)
