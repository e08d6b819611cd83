"""Pages of docs/ that list a navigation, such as SUMMARY.md for mkdocs-literate-nav.

Their links are entries of the navigation, from which pages of other versions are removed without a warning.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig

from charterbook.frozen_dataclass import dataclass

#: Setting of a plugin for the name of such pages.
_SETTING = "nav_file"

#: A list entry that begins with a link: its marker, its text and its address without a fragment.
_ENTRY = re.compile(r"^(\s*(?:[-*+]|\d+[.)])\s+)\[([^\]\n]*)\]\(<?([^)>#?\n]*)[^)\n]*\)", re.MULTILINE)


@dataclass(frozen=True)
class NavPages:
    """Pages with these `names`, in any folder; `absent` are the pages of docs/ that only other versions have."""

    names: frozenset[str]
    absent: Collection[str]

    def without_absent(self, markdown: str, uri: str) -> str:
        """Markdown of the page at a path, without links of list entries to absent pages if it lists a navigation."""
        folder, name = posixpath.split(uri)
        if name not in self.names:
            return markdown

        def kept(entry: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(folder, unquote(entry[3].strip())))
            return f"{entry[1]}{entry[2]}" if target in self.absent else entry[0]

        return _ENTRY.sub(kept, markdown)


def nav_pages(config: MkDocsConfig, absent: Collection[str]) -> NavPages:
    """The pages that plugins read as a navigation."""
    settings = [getattr(plugin, "config", {}) for plugin in config.plugins.values()]
    named = (values.get(_SETTING) for values in settings)
    return NavPages(frozenset(name for name in named if isinstance(name, str)), absent)
