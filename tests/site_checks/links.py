"""Broken links, images, scripts and fragments of a finished site, resolved against a page's `<base>`.

Works on the files alone, as they would be served under a prefix; nothing is fetched, and addresses on
other hosts are left alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from lxml import etree

from tests.site_checks.server import PREFIX

#: Attributes that contain one address, on any element.
ADDRESSES = frozenset(["href", "xlink:href", "src", "poster", "action", "formaction", "data", "cite"])

_SAFE_SCHEMES = frozenset(["mailto", "tel", "data", "webcal"])
_REFRESH = re.compile(r"""^\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?["']?(?P<url>[^"']+)""", re.IGNORECASE)
_HOST = "http://site.invalid"


@dataclass(frozen=True, order=True)
class BadLink:
    """An address on a page that leads nowhere. `page` is relative to the site; lines count from 1."""

    page: str
    line: int
    address: str
    reason: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.address!r} {self.reason}"


@dataclass
class _Page:
    ids: set[str] = field(default_factory=set)
    addresses: list[tuple[int, str]] = field(default_factory=list)
    base: str = ""
    repeated: set[str] = field(default_factory=set)


def _addresses(tag: str, values: dict[str, str]) -> Iterator[str]:
    for name, value in values.items():
        if name in ADDRESSES and not (name == "data" and tag != "object"):
            yield value.strip()
        elif name in ("srcset", "imagesrcset"):
            yield from (candidate.split()[0] for candidate in value.split(",") if candidate.strip())
    if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
        found = _REFRESH.match(values.get("content", ""))
        if found:
            yield found["url"].strip()


class Reading:
    """The files of a site, and the ids and addresses of its pages: read once, to be checked under any prefix."""

    def __init__(self, folder: Path) -> None:
        self.files = frozenset(_files(folder))
        self.pages = {name: _read(folder / name) for name in self.files if name.endswith(".html")}


def repeated_ids(reading: Reading) -> dict[str, set[str]]:
    """Ids that a page has twice, by page."""
    return {name: page.repeated for name, page in reading.pages.items() if page.repeated}


def bad_links(site: Path | Reading, prefix: str = PREFIX, site_url: str | None = None) -> list[BadLink]:
    """All addresses of the HTML files of a site that do not resolve when it is served under `prefix`.

    Addresses that begin with `site_url` (its canonical home, as in `rel=canonical`) are checked as if
    they began with `prefix`.
    """
    reading = Reading(site) if isinstance(site, Path) else site
    return _Site(reading, prefix, site_url).bad_links()


class _Site:
    def __init__(self, reading: Reading, prefix: str, site_url: str | None) -> None:
        self.prefix = prefix
        self.home = site_url.rstrip("/") + "/" if site_url else None
        self.files, self.pages = reading.files, reading.pages

    def bad_links(self) -> list[BadLink]:
        found = {
            BadLink(name, line, address, reason)
            for name, page in self.pages.items()
            for line, address in page.addresses
            if (reason := self.reason(name, address))
        }
        return sorted(found)

    def reason(self, name: str, address: str) -> str | None:
        """The fault of an address on the page `name`; None if it is fine."""
        if self.home and (address + "/").startswith(self.home):
            address = self.prefix + address[len(self.home) :]
        parts = _split(address)
        if parts is None:
            return "is no address"
        if parts.scheme not in ("", "http", "https"):
            return None if parts.scheme in _SAFE_SCHEMES else f"begins with {parts.scheme}:"
        if parts.netloc:
            return None
        if name == "404.html" and parts.path and not (self.pages[name].base or parts.path).startswith("/"):
            return "is relative on 404.html, which is shown at any address"
        return self._inside(name, address)

    def _inside(self, name: str, address: str) -> str | None:
        base = urljoin(self._url(name), self.pages[name].base)
        here = not (urlsplit(address).path or self.pages[name].base)
        climbs = _climbs(base, urlsplit(address).path, self.prefix)
        target = urlsplit(urljoin(_HOST + base, address))
        if climbs or not (target.path + "/").startswith(self.prefix):
            return f"leaves {self.prefix}"
        found = name if here else self._file(unquote(target.path[len(self.prefix) :]))
        if found is None:
            return "leads to no file"
        return self._fragment(found, unquote(target.fragment))

    def _url(self, name: str) -> str:
        return self.prefix + name.removesuffix(
            "index.html" if PurePosixPath(name).name == "index.html" else ""
        )

    def _file(self, path: str) -> str | None:
        index = f"{path.rstrip('/')}/index.html".lstrip("/")
        return next((name for name in (path, index) if name in self.files), None)

    def _fragment(self, name: str, fragment: str) -> str | None:
        wanted = fragment.split(":~:", maxsplit=1)[0]
        if wanted in ("", "top") or name not in self.pages or wanted in self.pages[name].ids:
            return None
        return f"finds no #{wanted} in {name}"


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _climbs(url: str, path: str, prefix: str) -> bool:
    """Whether a relative path goes above the prefix; urljoin and browsers would stop at the host's root."""
    depth = 0 if path.startswith("/") else url.count("/") - prefix.count("/")
    if (path + "/").startswith(prefix):
        path = path[len(prefix) :]
    elif path.startswith("/"):
        return True
    for part in path.split("/"):
        depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if depth < 0:
            return True
    return False


def _files(folder: Path) -> Iterable[str]:
    """All files below a folder, symlinks followed, as names relative to it."""
    for here, _, names in os.walk(folder, followlinks=True):
        below = Path(here).relative_to(folder).as_posix()
        yield from names if below == "." else (f"{below}/{name}" for name in names)


def _read(path: Path) -> _Page:
    """Ids and addresses of a page."""
    page = _Page()
    source = path.read_bytes()
    root = etree.HTML(source, etree.HTMLParser(encoding="utf-8", huge_tree=True)) if source.strip() else None
    for element in () if root is None else root.iter(etree.Element):
        values = dict(element.attrib)
        if "id" in values:
            (page.repeated if values["id"] in page.ids else page.ids).add(values["id"])
        if element.tag == "a" and "name" in values:
            page.ids.add(values["name"])
        if element.tag == "base":
            page.base = values.get("href", "")
        page.addresses.extend((element.sourceline, found) for found in _addresses(element.tag, values))
    return page
