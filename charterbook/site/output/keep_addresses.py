"""Preservation of published addresses: redirect pages, and warnings about lost addresses."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence, Set
from pathlib import Path

from charterbook.frozen_dataclass import dataclass
from charterbook.settings import Settings
from charterbook.site.edition import Edition
from charterbook.site.incremental.manifest import files_below
from charterbook.site.moved_pages import MovedPages
from charterbook.site.output.published_addresses import (
    ADDRESSES,
    PublishedAddresses,
    addresses_in,
    is_declared_gone,
    lost_addresses,
)
from charterbook.site.output.redirect_pages import Redirects, write_redirect

log = logging.getLogger("mkdocs.plugins.charterbook")


@dataclass(frozen=True)
class FormerAddresses:
    """Former addresses of a site in the folder `root`.

    `moved` has the counterparts of pages in other versions; `planned` is the same as it was before plugins moved or
    removed pages. Unless the history `is_complete`, versions can be missing, and with them targets: addresses in
    folders of missing versions stay in the list without a warning until a build has these versions.
    """

    root: Path
    editions: Sequence[Edition]
    moved: MovedPages
    settings: Settings
    site_url: str | None = None
    planned: MovedPages | None = None
    is_complete: bool = True

    def preserve(
        self,
        lists: PublishedAddresses | None,
        in_place: Iterable[str] = (),
        stage: Callable[[str], None] = lambda _: None,
    ) -> list[str]:
        """Write the redirect pages and the list of all addresses; return the paths of these pages.

        `lists` is None while serving, when nothing is published. An address without a target is a warning, and remains
        in the list, so that the next build repeats the warning. `in_place` are files of versions that stay in the old
        site; `stage` moves a version below `root` before it gets a redirect page.
        """
        published = [edition for edition in self.editions if edition.state != "draft"]
        if not published:
            return []
        here = addresses_in([*files_below(self.root, strict=True), *in_place])
        known = {
            address
            for address in (lists.read() if lists else ())
            if not is_declared_gone(address, self.settings.gone)
        }
        absent = self._absent(known, here)
        written = self._write_redirects(absent, published[-1].charter.language, stage)
        if lists is not None:
            if self.is_complete:
                for line in lost_addresses((known & {*absent}) - written.keys()):
                    log.warning("%s", line)
            text = lists.note((here if self.is_complete else set()) | known | written.keys())
            (self.root / ADDRESSES).write_text(text, encoding="utf-8", newline="\n")
        return sorted(written.values())

    def _absent(self, known: Set[str], here: Set[str]) -> list[str]:
        """Known and former addresses that no page of the site has, except those in folders of missing versions."""
        former = self._redirects(self.moved if self.planned is None else self.planned).former_addresses
        absent = sorted({*known, *former} - here)
        if self.is_complete:
            return absent
        folders = {_folder(address) for address in here}
        return [address for address in absent if _folder(address) in folders]

    def _write_redirects(
        self, addresses: Iterable[str], language: str, stage: Callable[[str], None]
    ) -> dict[str, str]:
        """Write a redirect page for each address that has a target; return their paths by address."""
        redirects = self._redirects(self.moved)
        policy = self.settings.content_security_policy
        written: dict[str, str] = {}
        for address in addresses:
            redirect = redirects.of(address)
            if redirect is None:
                continue
            stage(_folder(address))
            path = write_redirect(self.root, address, redirect, language, self.site_url, policy)
            if path is not None:
                written[address] = path
        return written

    def _redirects(self, moved: MovedPages) -> Redirects:
        return Redirects(self.editions, moved, self.settings.fiscal_year)


def _folder(address: str) -> str:
    """The folder in the root of the site that has an address, normally a version."""
    return address.partition("/")[0]
