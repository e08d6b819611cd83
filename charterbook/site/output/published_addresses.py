"""List of all addresses ever published, stored with the site, to detect lost addresses.

It is read from the old site, from the cache, and from beside mkdocs.yml, where it can be committed.
"""

from __future__ import annotations

import fnmatch
import hashlib
import json
import logging
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from charterbook.file_store import Store
from charterbook.folders import exists
from charterbook.json_text import parse_json
from charterbook.problems import escape_terminal
from charterbook.site.incremental.manifest import leads_outside
from charterbook.versions import DRAFT

log = logging.getLogger("mkdocs.plugins.charterbook")

#: File name of the list in each of these places.
ADDRESSES = "addresses.json"

#: Files beside the versions that programs subscribe to.
_SUBSCRIBED = ("calendar.ics", "feed.xml")

#: Number of folders in a warning.
_MOST_NAMED = 3


def addresses_in(files: Iterable[str]) -> set[str]:
    """Addresses of the pages, feeds and calendars among the files of a site, without those of a draft."""
    return {
        quote(path.removesuffix("index.html"))
        for path in files
        if path in _SUBSCRIBED
        or ("/" in path and not path.startswith((f"{DRAFT}/", "assets/", ".")) and _is_page(path))
    }


def _is_page(path: str) -> bool:
    return (path.endswith(".html") and not path.endswith("/404.html")) or (
        path.startswith(("feeds/", "calendars/")) and path.endswith((".xml", ".ics"))
    )


def read_addresses(file: Path) -> set[str]:
    """Addresses in a list; empty without a valid one. Raises OSError if it cannot be read: no address may be lost."""
    if not exists(file):
        return set()
    try:
        if not file.is_file():
            raise ValueError(file)
        return set(_unpacked(parse_json(file.read_bytes())))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        log.warning("%s is not a list of addresses, and is ignored.", file)
        return set()


def _unpacked(data: Any) -> Iterator[str]:
    folders = data["folders"]
    for page, places in data["pages"].items():
        for place in places:
            address = f"{folders[place]}/{page}" if folders[place] else page
            if address.isprintable() and not leads_outside(address):
                yield address


def packed(addresses: Iterable[str]) -> str:
    """Serialized list of addresses: for each page, the indexes of the root folders that have it."""
    by_page = _by_page(addresses)
    folders = sorted({folder for named in by_page.values() for folder in named})
    place = {folder: index for index, folder in enumerate(folders)}
    pages = {page: [place[folder] for folder in named] for page, named in sorted(by_page.items())}
    return json.dumps({"folders": folders, "pages": pages}, ensure_ascii=False) + "\n"


def _by_page(addresses: Iterable[str]) -> dict[str, list[str]]:
    """The root folders of each page; a file beside the versions has ""."""
    found: dict[str, list[str]] = {}
    for address in sorted(addresses):
        folder, slash, page = address.partition("/")
        found.setdefault(page if slash else address, []).append(folder if slash else "")
    return found


class PublishedAddresses:
    """All known lists of a site.

    `site` is its folder, `root` that of mkdocs.yml, `store` the cache, and `listed` are the files in the manifest of
    the last build.
    """

    def __init__(self, site: Path, root: Path, store: Path | None, listed: Iterable[str]) -> None:
        self._files = [site / ADDRESSES, root / ADDRESSES]
        self._store = Store(store / "addresses") if store else None
        folder = site.relative_to(root) if site.is_relative_to(root) else site
        self._name = f"{hashlib.blake2b(os.fsencode(folder), digest_size=12).hexdigest()}.json"
        self._listed = listed

    def read(self) -> set[str]:
        """All addresses in any of the lists."""
        found = addresses_in(self._listed).union(*map(read_addresses, self._files))
        noted = self._store.get(self._name) if self._store else None
        return found | set(_unpacked(parse_json(noted)) if noted else ())

    def note(self, addresses: Collection[str]) -> str:
        """Store a list in the cache, and return it as text."""
        text = packed(addresses)
        if self._store is not None:
            try:
                self._store.put(self._name, text.encode())
            except OSError:
                log.debug("The list of addresses cannot be stored in the cache.")
        return text


def is_declared_gone(address: str, gone: Sequence[str]) -> bool:
    """Whether a name or pattern matches an address, either whole or within its version."""
    within = address.partition("/")[2]
    return any(
        fnmatch.fnmatchcase(name, pattern)
        for pattern in gone
        for name in ((address, within) if within else (address,))
    )


def lost_addresses(lost: Iterable[str]) -> Iterator[str]:
    """One line for each page with lost addresses, with its folders."""
    for page, folders in _by_page(lost).items():
        more = len(folders) - _MOST_NAMED
        named = ", ".join(folders[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        where = f" in {escape_terminal(named)}" if named else ""
        yield (
            f"{escape_terminal(page) or 'The home page'} was published{where}, and now leads nowhere. "
            f"{_advice(page)} with `gone: [{escape_terminal(page or folders[0] + '/')}]`."
        )


def _advice(page: str) -> str:
    if page.endswith((".ics", ".xml")):
        return "Programs that subscribe to it get nothing new. Give it up"
    return "Name its successor in `redirects:`, or give it up"
