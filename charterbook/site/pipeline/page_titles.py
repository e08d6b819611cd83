"""Home page and titles of pages, for labels in the default navigation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import yaml
from mkdocs.structure.files import File, Files

from charterbook.pages import front_matter

#: A first-level heading of a page in Markdown.
_HEADING = re.compile(r"^(?: {0,3}#[ \t]*[^#\s].*|\S.*\n=+[ \t]*)$", re.MULTILINE)

#: A title that Charterbook's macros write, with any delimiters.
_WRITTEN = re.compile(r"\bcharter\s*\.\s*title\b|\bwhat_changed\s*\(")


def home_page(files: Files, listed: Collection[str]) -> str | None:
    """The path of the home page; None if it is not listed. Plugins can build it from another file, such as index.de.md."""
    found = (file.src_uri for file in files.documentation_pages() if file.name == "index")
    return next((uri for uri in found if "/" not in uri and uri in listed), None)


def own_titles(files: Files, uris: Iterable[str | None]) -> frozenset[str]:
    """Those of these pages with a title of their own: in front matter, or a heading that no macro of Charterbook writes."""
    pages = [files.get_file_from_path(uri) for uri in uris if uri is not None]
    return frozenset(page.src_uri for page in pages if page is not None and _has_own_title(page))


def _has_own_title(page: File) -> bool:
    try:
        values, body = front_matter(page.content_string)
    except yaml.YAMLError:  # in a page that a plugin has generated; for MkDocs, it is text
        values, body = {}, page.content_string
    heading = _HEADING.search(body)
    return "title" in values or (heading is not None and not _WRITTEN.search(heading[0]))
