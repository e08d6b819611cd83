"""An author's additions to the theme, and whether pages with them can have the small stylesheet.

The classes of a finished page decide which rules it needs. Only scripts, plugins, hooks and some features of Material can
add classes later. Templates and styles of an author cannot, but can use variables of the parts that the page does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from charterbook.site.output.small_script import has_something_to_copy
from charterbook.site.output.small_stylesheet import (
    FEATURES,
    INSTANT,
    PLUGINS,
    in_order,
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
        self._can_be_small = _suit_small_stylesheet(config)
        self._are_shared = _replaces_pages(config)
        self._variables = _used_variables(config) if self._can_be_small else None
        self._sheets: set[str] = set()
        self._pages: list[Path] = []
        self._copies = False

    def of(self, html: str, path: Path) -> str:
        """A page with links to its stylesheets, which will be written to a path."""
        if not self._can_be_small:
            return html
        if not self._are_shared:
            return with_small(html, self._variables)
        sheets = sheets_for(html, self._variables)
        self._can_be_small = sheets is not None
        self._sheets.update(sheets or ())
        self._copies = self._copies or has_something_to_copy(html)
        self._pages.append(path)
        return html

    def finish(self) -> None:
        """Link the stylesheets of all written pages in each of them, if pages share them and the small one suits all."""
        if self._are_shared and self._can_be_small:
            sheets = in_order(self._sheets)
            for path in filter(Path.is_file, self._pages):
                html = with_sheets(path.read_bytes().decode(), sheets, small_script=not self._copies)
                path.write_bytes(html.encode())


def _suit_small_stylesheet(config: MkDocsConfig) -> bool:
    """Whether no script, plugin, template or feature of the author can add other parts of Material to a page later."""
    return (
        not config.extra_javascript
        and not config.hooks
        and (FEATURES | INSTANT).issuperset(config.theme["features"])
        and PLUGINS.issuperset(config.plugins)
        and not _has_scripts(config.theme.custom_dir)
    )


def _replaces_pages(config: MkDocsConfig) -> bool:
    """Whether Material shows further pages in the window of the first one, with its stylesheets."""
    return not INSTANT.isdisjoint(config.theme["features"])


def _used_variables(config: MkDocsConfig) -> frozenset[str] | None:
    """The variables that the author's styles mention; None if not all of the styles can be read here."""
    texts = [path.read_text("utf-8", "replace") for path in _files_of(config.theme.custom_dir, _TEXTS)]
    for name in config.extra_css:
        path = Path(config.docs_dir, str(name).partition("?")[0])
        if not path.is_file():
            return None
        texts.append(path.read_text("utf-8", "replace"))
    return None if any(map(_IMPORT.search, texts)) else variables_in("\n".join(texts))


def _has_scripts(custom_dir: str | None) -> bool:
    if custom_dir is None:
        return False
    if Path(custom_dir, _ASSETS).exists() or next(_files_of(custom_dir, _CODE), None) is not None:
        return True
    return any(_SCRIPT.search(path.read_text("utf-8", "replace")) for path in _files_of(custom_dir, _TEXTS))


def _files_of(folder: str | None, suffixes: frozenset[str]) -> Iterator[Path]:
    """Files below a folder whose names end so."""
    if folder is not None:
        yield from (
            path
            for path in sorted(Path(folder).rglob("*"))
            if path.suffix.lower() in suffixes and path.is_file()
        )
