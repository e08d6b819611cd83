"""Data of a handbook, as read before a build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property

from charterbook.frozen_dataclass import dataclass
from charterbook.history import History
from charterbook.pages import DocsPage
from charterbook.settings import Settings
from charterbook.site.edition import Edition
from charterbook.site.moved_pages import MovedPages, redirects_of
from charterbook.site.output.published_charter import PublishedCharter


@dataclass(frozen=True)
class HandbookData:
    """Data of a handbook: history, published charter, editions, problems on disk as lines, and docs/.

    After a build in which plugins have moved or removed pages, `planned_editions` have these pages where they
    were expected.
    """

    history: History
    today: PublishedCharter
    editions: Sequence[Edition]
    broken: Sequence[str]
    docs: Sequence[DocsPage] = ()
    settings: Settings = field(default_factory=Settings)
    planned_editions: Sequence[Edition] = ()

    @property
    def group(self) -> str:
        """The group of readers, empty for the whole handbook."""
        return self.settings.for_group or ""

    @cached_property
    def moved(self) -> MovedPages:
        """Counterparts of pages in other versions."""
        return self._moved(self.editions)

    @cached_property
    def moved_published(self) -> MovedPages:
        """Counterparts without the draft, because its pages were never published."""
        return self._moved([edition for edition in self.editions if edition.state != "draft"])

    @cached_property
    def planned(self) -> MovedPages:
        """Counterparts without the draft, by the addresses that pages were expected to have."""
        if not self.planned_editions:
            return self.moved_published
        return self._moved([edition for edition in self.planned_editions if edition.state != "draft"])

    def _moved(self, editions: Sequence[Edition]) -> MovedPages:
        return MovedPages(editions, self.docs, redirects_of(self.docs, dict(self.settings.redirects)))
