"""A finished site for use without a server: links name files, so that it works in a folder or a CI artifact.

A link to `funding/` becomes a link to `funding/index.html`. Search and the version selector still need a server.
"""

from __future__ import annotations

import re
from pathlib import Path

from charterbook.atomic_write import replace_file
from charterbook.errors import CharterbookError
from charterbook.folders import files_with
from charterbook.versions import LISTED

#: Elements with links; `meta` is the redirect to the latest version in the page at the root.
_TAG = re.compile(rb"""<(?:a|area|link|meta)\b(?:"[^"]*"|[^">])*>""")
_LINK = re.compile(rb"""(?P<before>\bhref="|\bhref=(?=[^\s">'])|content="\d+;\s*url=)(?P<url>[^"\s>]*)""")
_ADDRESS = re.compile(rb"(?P<path>[^?#]*)(?P<rest>.*)", re.DOTALL)
_ABSOLUTE = re.compile(rb"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


def make_offline(site: Path) -> int:
    """Rewrite the links in all pages of a site, and return the number of pages.

    Idempotent. Raises CharterbookError if the folder has no site, or with what cannot be read or written.
    """
    # Other folders, such as the handbook's own, can have HTML that nobody built.
    is_site = (site / LISTED).is_file()
    pages = [page for page in files_with(".html", site) if not page.is_symlink()] if is_site else []
    if not pages:
        raise CharterbookError(f"{site}: there is no site here. `mkdocs build` creates one.")
    for done, page in enumerate(pages):
        try:
            _rewrite(page)
        except OSError as error:
            raise CharterbookError(
                f"{page}: {error.strerror}. Only {done} of {len(pages)} pages can be read without a server. "
                "Run this again; pages are only changed once."
            ) from error
    return len(pages)


def _rewrite(page: Path) -> None:
    before = page.read_bytes()
    after = _TAG.sub(_tag, before)
    if after != before:
        replace_file(page, after, durable=False)


def _tag(match: re.Match[bytes]) -> bytes:
    return _LINK.sub(_named, match[0])


def _named(match: re.Match[bytes]) -> bytes:
    return match["before"] + named(match["url"])


def named(url: bytes) -> bytes:
    """A folder's relative address with its index page; any other address unchanged."""
    parts = _ADDRESS.fullmatch(url)
    if parts is None or not parts["path"] or _ABSOLUTE.match(url):
        return url
    path = parts["path"]
    if path.rpartition(b"/")[2] in (b".", b".."):
        path += b"/"
    return path + (b"index.html" if path.endswith(b"/") else b"") + parts["rest"]
