"""Preservation of published addresses: redirect pages, and warnings about lost addresses."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

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


def keep_addresses(
    root: Path,
    found: Sequence[Edition],
    moved: MovedPages,
    settings: Settings,
    site_url: str | None,
    lists: PublishedAddresses | None,
    in_place: Iterable[str] = (),
    stage: Callable[[str], None] = lambda _: None,
    planned: MovedPages | None = None,
    *,
    is_complete: bool = True,
) -> list[str]:
    """Write the redirect pages and the list of all addresses; return the paths of these pages.

    `lists` is None while serving, when nothing is published. An address without a target is a warning, and remains
    in the list, so that the next build repeats the warning. `in_place` are files of versions that stay in the old site;
    `stage` moves a version below `root` before it gets a redirect page. `planned` is `moved` as it was before plugins
    moved or removed pages. Unless the history `is_complete`, versions can be missing, and with them targets: their
    addresses stay in the list without a word, until a build has the versions; the list gets no others.
    """
    published = [edition for edition in found if edition.state != "draft"]
    if not published:
        return []
    forwards = Redirects(found, moved, settings.fiscal_year)
    former = forwards if planned is None else Redirects(found, planned, settings.fiscal_year)
    here = addresses_in([*files_below(root), *in_place])
    known = {
        address for address in (lists.read() if lists else ()) if not is_declared_gone(address, settings.gone)
    }
    language = published[-1].charter.language
    written: dict[str, str] = {}
    lost = list[str]()
    folders = {address.partition("/")[0] for address in here}
    for address in sorted(known.union(former.former_addresses) - here):
        if not is_complete and address.partition("/")[0] not in folders:
            continue
        forward = forwards.of(address)
        if forward:
            stage(address.partition("/")[0])
        path = (
            write_redirect(root, address, forward, language, site_url, settings.content_security_policy)
            if forward
            else None
        )
        if path is not None:
            written[address] = path
        elif address in known and is_complete:
            lost.append(address)
    if lists is not None:
        for line in lost_addresses(lost):
            log.warning("%s", line)
        text = lists.note((here if is_complete else set()) | known | written.keys())
        (root / ADDRESSES).write_text(text, encoding="utf-8", newline="\n")
    return sorted(written.values())
