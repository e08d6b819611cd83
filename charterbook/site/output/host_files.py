"""Files at the root of the site for hosts, copied from a version: those at the top of docs/, and others beside them."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from pathlib import Path

from charterbook.site.output import copies, provenance
from charterbook.site.output.site_lists import SITEMAP
from charterbook.site.render.page_twin import TWIN
from charterbook.versions import LATEST

log = logging.getLogger("mkdocs.plugins.charterbook")

#: Placeholder of Charterbook's error page in a version, until the page is written at the root.
ERROR_PAGE = "charterbook-error-page"


def place_host_files(
    root: Path,
    version: Path,
    site_url: str | None,
    docs: Path,
    own_templates: Collection[str],
    of_version: Collection[str] = (),
) -> None:
    """Copy files that are not pages, and hidden folders, from a version to the root, where hosts look for them.

    These are the files at the top of docs/, and files that templates, plugins and hooks write beside them. Files of
    Charterbook are not overwritten. `of_version` are additional names of files that every version has.
    """
    for entry in sorted(version.iterdir()):
        if entry.is_dir():
            if entry.name.startswith("."):
                copies.copy_tree(entry, root / entry.name)
        elif entry.name in (*_OF_VERSION, *of_version):
            continue
        elif (root / entry.name).exists() and entry.name not in own_templates:
            log.warning(_TAKEN, entry.name, entry.name)
        else:
            _copy_to_root(entry, root, site_url, docs)


#: Files that every version has.
_OF_VERSION = ("index.html", TWIN, SITEMAP, f"{SITEMAP}.gz", provenance.NAME)

_TAKEN = "%s is not put at the root of the site: Charterbook has its own file %s there."


def _copy_to_root(file: Path, root: Path, site_url: str | None, docs: Path) -> None:
    """Copy a file, with links rewritten to the root for root files, and to latest/ for pages."""
    content = file.read_bytes()
    source = docs / file.name
    if site_url and not (source.is_file() and source.read_bytes() == content):
        content = _from_root(content, root, f"{site_url}{file.parent.name}/", site_url)
    there = root / file.name
    if ERROR_PAGE.encode() in content and there.is_file():
        content = content.replace(ERROR_PAGE.encode(), there.read_bytes())
    there.write_bytes(content)


def _from_root(content: bytes, root: Path, version: str, site_url: str) -> bytes:
    def moved(match: re.Match[str]) -> str:
        path = match[1]
        return f"{site_url}{path}" if not path or (root / path).is_file() else f"{site_url}{LATEST}/{path}"

    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content
    return re.sub(re.escape(version) + r"""([^\s"'<>)\]]*)""", moved, text).encode()
