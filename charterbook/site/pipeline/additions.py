"""An author's additions to the theme, and whether pages with them can have the small stylesheet.

The classes of a finished page decide which rules it needs. Only scripts, plugins, hooks and some features of Material
can add classes later. Templates and styles of an author cannot, but can use variables of the parts that the page does
not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from charterbook.folders import files_with
from charterbook.site.known_plugins import KNOWN_PLUGINS
from charterbook.site.output.small_script import has_something_to_copy
from charterbook.site.output.small_stylesheet import (
    FEATURES,
    INSTANT,
    in_link_order,
    sheets_for,
    variables_in,
    with_sheets,
    with_small,
)

#: Scripts of a template, in elements, attributes or addresses, and names of settings, blocks and filters that add some.
_SCRIPT = re.compile(r"(?<!de)script|\bon[a-z]+\s*=", re.IGNORECASE)
_CODE = frozenset({".js", ".mjs"})
_IMPORT = re.compile(r"@import\b", re.IGNORECASE)

#: A folder of custom_dir with replacements of the theme's own stylesheets and scripts.
_ASSETS = "assets"
_TEXTS = frozenset({".css", ".html", ".htm", ".svg", ".txt", ".xml"})


class PageStyles:
    """The stylesheets of the pages of a version."""

    def __init__(self, config: MkDocsConfig) -> None:
        texts = _harmless_texts(config.theme.custom_dir) if _suit_small_stylesheet(config) else None
        self._can_be_small = texts is not None
        self._are_shared = _replaces_pages(config)
        self._variables = None if texts is None else _used_variables(texts, config)
        self._sheets: set[str] = set()
        self._pages: list[Path] = []
        self._copies = False

    def of(self, html: str, path: Path | str) -> str:
        """A page with links to its stylesheets, which will be written to a path."""
        if not self._can_be_small:
            return html
        if not self._are_shared:
            return with_small(html, self._variables)
        sheets = sheets_for(html, self._variables)
        self._can_be_small = sheets is not None
        self._sheets.update(sheets or ())
        self._copies = self._copies or has_something_to_copy(html)
        self._pages.append(Path(path))
        return html

    def finish(self) -> None:
        """Link the stylesheets of all written pages in each of them, if pages share them and the small one suits all."""
        if self._are_shared and self._can_be_small:
            sheets = in_link_order(self._sheets)
            for path in filter(Path.is_file, self._pages):
                html = with_sheets(path.read_bytes().decode(), sheets, small_script=not self._copies)
                path.write_bytes(html.encode())


def _suit_small_stylesheet(config: MkDocsConfig) -> bool:
    """Whether no script, plugin or feature of the author can add other parts of Material to a page later."""
    return (
        not config.extra_javascript
        and not config.hooks
        and (FEATURES | INSTANT).issuperset(config.theme["features"])
        and KNOWN_PLUGINS.issuperset(config.plugins)
    )


def _replaces_pages(config: MkDocsConfig) -> bool:
    """Whether Material shows further pages in the window of the first one, with its stylesheets."""
    return not INSTANT.isdisjoint(config.theme["features"])


def _harmless_texts(custom_dir: str | None) -> list[str] | None:
    """The author's templates and styles in custom_dir; None with scripts, because they can add parts of Material."""
    if custom_dir is None:
        return []
    files = files_with("", Path(custom_dir))
    if Path(custom_dir, _ASSETS).exists() or any(path.suffix.lower() in _CODE for path in files):
        return None
    texts = [path.read_text("utf-8", "replace") for path in files if path.suffix.lower() in _TEXTS]
    return None if any(map(_SCRIPT.search, texts)) else texts


def _used_variables(texts: Iterable[str], config: MkDocsConfig) -> frozenset[str] | None:
    """The variables that the author's texts and styles mention; None if not all of the styles can be read here."""
    known = [*texts]
    for name in config.extra_css:
        path = Path(config.docs_dir, str(name).partition("?")[0])
        if not path.is_file():
            return None
        known.append(path.read_text("utf-8", "replace"))
    return None if any(map(_IMPORT.search, known)) else variables_in("\n".join(known))
