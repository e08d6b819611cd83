"""The service worker of a site, for reading it without a connection.

It is network-first, so that an old page is never shown as the current one.
Without a connection, it shows the copy on the reader's device, with the date of the copy.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from charterbook.i18n import translator
from charterbook.site.edition import Edition
from charterbook.site.list_format import FORMAT
from charterbook.site.render.environment import environment
from charterbook.versions import LATEST, LISTED

#: The service worker, at the root of the site: it can only serve addresses below it.
WORKER = "service-worker.js"

#: The files that a device copies in advance, with their checksums.
FILES = "offline.json"

#: Folders at the root that belong to no version.
_FOLDERS = (LATEST, "assets", "search")
_LISTS = (LISTED, "pages.json", "lines.json", "propose.json", "subjects.json")

#: Files of pages: not those for programs, and not papers.
_OF_PAGES = frozenset(
    {".html", ".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".woff2"}
)
_INDEX = "search/search_index.json"

#: Maximum size of a copy, in bytes. Other pages are copied when a reader opens them.
_LIMIT = 8_000_000


def write_service_worker(root: Path, editions: Sequence[Edition], latest: Edition | None, style: str) -> None:
    """Write the service worker of a site; without a version in force, a worker that unregisters itself.

    `style` is the style sheet of its page about what has no copy.
    """
    if latest is None:
        _write(root / WORKER, environment("en").get_template("root/no-service-worker.js").render())
        return
    t = translator(latest.charter.language)
    published = [edition.name for edition in editions if edition.state != "draft"]
    words = {
        "copy": t.gettext("You are offline. This is a copy from %s; a newer version may be in force."),
        "offline": t.gettext("You are offline"),
        "missing": t.gettext("This page has not been opened on this device before."),
        "home": t.gettext("Go to the copy of the charter"),
    }
    data = {
        "format": FORMAT,
        "folders": [*published, *_FOLDERS],
        "files": ["", "index.html", *_LISTS],
        "words": words,
        "language": latest.charter.language,
        "title": latest.charter.title,
        "style": style,
    }
    worker = environment(latest.charter.language).get_template(f"root/{WORKER}").render(data=data)
    _write(root / WORKER, worker)


def write_copy_list(root: Path, hashes: Mapping[str, str]) -> None:
    """Write the list of the files of a copy, from the hashes of the files of a site, by path."""
    _write(root / FILES, json.dumps({"format": FORMAT, "files": dict(_copied(root, hashes))}))


def _copied(root: Path, hashes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The addresses of the files of a copy, with the beginnings of their hashes."""
    left = _LIMIT
    for path in _files(hashes):
        left -= (root / path).stat().st_size
        if left < 0:
            return
        yield _address(path), hashes[path][:8]


def _files(paths: Collection[str]) -> Iterator[str]:
    """The files that every page needs, then the pages of latest/ by depth, with comparisons last."""
    of_pages = [path for path in paths if PurePosixPath(path).suffix in _OF_PAGES]
    yield from (name for name in _LISTS if name in paths)
    yield from sorted(path for path in of_pages if path.startswith("assets/"))
    pages = [path for path in of_pages if path.startswith(f"{LATEST}/")]
    pages += [path for path in (f"{LATEST}/{_INDEX}", "search/past.json") if path in paths]
    yield from sorted(pages, key=lambda path: ("compare" in path.split("/"), path.count("/"), path))


def _address(path: str) -> str:
    return quote(path.removesuffix("index.html"))


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="\n")
