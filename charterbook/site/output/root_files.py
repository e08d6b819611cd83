"""Files at the root of the site, and files of a version beside its pages."""

from __future__ import annotations

import gzip
import html
import logging
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from importlib import resources
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup

from charterbook.charter import charter_schema
from charterbook.compare import Severity
from charterbook.folders import files_with
from charterbook.i18n import translator
from charterbook.settings import Names
from charterbook.site.edition import Edition
from charterbook.site.feeds import feeds_of, history_files
from charterbook.site.incremental.version_cache import copy_tree
from charterbook.site.moved_pages import MovedPages
from charterbook.site.output import copies, program_files, provenance
from charterbook.site.output.content_policy import of_own_page
from charterbook.site.output.offline_copy import WORKER, write_service_worker
from charterbook.site.output.site_lists import (
    SITEMAP,
    draft_edition,
    edition_sitemap,
    latest_edition,
    pages_payload,
    versions_payload,
    with_built_pages,
)
from charterbook.site.render.environment import environment
from charterbook.site.render.page_twin import TWIN
from charterbook.versions import DRAFT, LATEST, LISTED

log = logging.getLogger("mkdocs.plugins.charterbook")


#: Placeholder of Charterbook's error page in a version, until the page is written at the root.
ERROR_PAGE = "charterbook-error-page"


def finish_edition(folder: Path) -> None:
    """Remove files that MkDocs writes into a version, but only the root of the site needs."""
    (folder / f"{SITEMAP}.gz").unlink(missing_ok=True)
    page = folder / "404.html"
    if page.is_file() and page.read_bytes().strip() == ERROR_PAGE.encode():
        page.unlink()


def write_root(
    root: Path,
    editions: Sequence[Edition],
    keys: Mapping[str, str],
    site_url: str | None,
    severity: Mapping[str, Severity],
    moved: MovedPages,
    *,
    serving: bool,
    offline: bool = False,
    policy: Names | None = (),
) -> None:
    """Write the files at the root of a site that depend only on its versions' charters.

    `keys` are hashes of all inputs of each version; `offline` says whether pages register the
    service worker; `policy` are sources to add to the Content-Security-Policy.
    """
    latest, draft = latest_edition(editions), draft_edition(editions)
    shown = latest or draft
    if shown is None:
        return
    if latest is not None:
        newest = next(edition for edition in reversed(editions) if edition.state != "draft")
        for address, text in history_files(newest, keys[newest.name], site_url, severity, latest.name):
            _write(root / address, text)
    target = DRAFT if draft is not None and (serving or latest is None) else LATEST
    start = _page("redirect.html", shown, editions, target=target, site_url=site_url)
    _write(root / "index.html", of_own_page(start, policy))
    missing = _page("404.html", shown, editions, base=_base_path(site_url))
    _write(root / "404.html", of_own_page(missing, policy))
    _write(root / LISTED, versions_payload(editions))
    _write(root / "pages.json", pages_payload(editions, moved, offline=offline and latest is not None))
    _write(root / "charter.schema.json", charter_schema.schema_file())


def finish_root(
    root: Path,
    editions: Sequence[Edition],
    site_url: str | None,
    docs: Path,
    own_templates: Collection[str],
    folder: Callable[[str], Path],
    *,
    offline: bool = False,
) -> None:
    """Write the files that depend on the built versions: latest/, and files for hosts.

    `own_templates` are the names of the author's templates that are not pages; `folder` returns the folder of a
    version: not below `root` if the version stays in the old site.
    """
    latest = latest_edition(editions)
    if latest is not None:
        _place_latest(root, folder(latest.name), folder(LATEST), latest, site_url)
    shown = latest or draft_edition(editions)
    _add_built_pages(root / "pages.json", site_url, folder)
    if shown is not None:
        version = folder(shown.name)
        own = program_files.own_index(version, shown)
        place_root_files(root, version, site_url, docs, own_templates, own)
        program_files.write_site_index(root, editions)
        if not (docs / WORKER).is_file():
            write_service_worker(root, editions, latest if offline else None, page_source("plain.css"))


def redirect_to_latest(root: Path, latest: Path, paths: Iterable[str]) -> None:
    """Redirect addresses at the root to the newest version, if a plugin redirects them in each version.

    `latest` is the folder of latest/: not below `root` if it stays in the old site.
    """
    for path in paths:
        if (latest / path).is_file() and not (root / path).exists():
            target = "../" * path.count("/") + f"{LATEST}/{path.removesuffix('index.html')}"
            _write(root / path, _REDIRECT.format(target=target))


_REDIRECT = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{target}</title>\n'
    '<meta http-equiv="refresh" content="0; url={target}">\n</head>\n'
    '<body><p><a href="{target}">{target}</a></p></body>\n</html>\n'
)


def _place_latest(root: Path, version: Path, copy: Path, latest: Edition, site_url: str | None) -> None:
    """Copy the version in force to latest/, a permanent address, unless the copy stays in the old site."""
    is_new = copy.is_relative_to(root)
    if is_new:
        copy_tree(version, copy)
        (copy / provenance.NAME).unlink(missing_ok=True)  # it has the hashes of the version's own sitemap
    if (version / SITEMAP).is_file():
        whole = _write_sitemap(root, version, latest, site_url)
        if is_new:
            _write(copy / SITEMAP, whole)


def _write_sitemap(root: Path, version: Path, latest: Edition, site_url: str | None) -> str:
    """Write the sitemap of the root, and return that of latest/.

    A sitemap that was changed by templates, hooks or plugins is copied unchanged.
    """
    base = f"{site_url}{LATEST}/" if site_url else None
    before = f"{site_url}{latest.name}/" if site_url else None
    text = (version / SITEMAP).read_text(encoding="utf-8")
    urls = _urls_in(text, before)
    whole = canonical = text.replace(before, base) if before and base else text
    if text.strip() == edition_sitemap(latest, before, urls).strip():
        whole = edition_sitemap(latest, base, urls)
        canonical = edition_sitemap(latest, base, urls & latest.canonical | urls - latest.pages.urls)
    _write(root / SITEMAP, canonical)
    (root / f"{SITEMAP}.gz").write_bytes(gzip.compress(canonical.encode(), mtime=0))
    return whole


def _add_built_pages(pages: Path, site_url: str | None, folder: Callable[[str], Path]) -> None:
    """Complete pages.json with the pages of the built versions, by their sitemaps."""

    def built(name: str, planned: Set[str]) -> Set[str]:
        version = folder(name)
        if not version.is_dir():
            return planned
        if not (version / SITEMAP).is_file():
            return _pages_of(version)
        text = (version / SITEMAP).read_text(encoding="utf-8", errors="replace")
        listed = _urls_in(text, f"{site_url}{name}/" if site_url else None)
        return (listed & planned) | {url for url in listed ^ planned if is_page(version, url)}

    if pages.is_file():
        before = pages.read_text(encoding="utf-8")
        after = with_built_pages(before, built)
        if after != before:
            _write(pages, after)


def _pages_of(version: Path) -> set[str]:
    """Addresses of all pages of a version, within it, for a plugin that removes the sitemap."""
    folders = (
        page.parent.relative_to(version).as_posix()
        for page in files_with("index.html", version)
        if page.name == "index.html"
    )
    return {"" if folder == "." else quote(f"{folder}/") for folder in folders}


def is_page(version: Path, url: str) -> bool:
    """Whether a version has a page at an address within it."""
    try:
        return (version / unquote(url) / ("index.html" if url.endswith("/") or not url else "")).is_file()
    except (OSError, ValueError):
        return False


def _urls_in(sitemap: str, base: str | None) -> set[str]:
    """Addresses in a version's sitemap, relative to the version, including pages added by plugins."""
    found = re.findall(r"<loc>(.*?)</loc>", sitemap)
    return {html.unescape(address).removeprefix(base or "") for address in found}


def place_root_files(
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


def _page(name: str, shown: Edition, editions: Sequence[Edition], **arguments: object) -> str:
    t = translator(shown.charter.language)
    template = environment(shown.charter.language).get_template(f"root/{name}")
    return template.render(
        edition=shown,
        editions=list(reversed(editions)),
        w=t,
        feeds=feeds_of(shown, None),
        style=Markup(page_source("plain.css")),
        script=Markup(page_source("missing.js")),
        **arguments,
    )


def page_source(name: str) -> str:
    """Text of a file beside the templates of root pages."""
    return (resources.files("charterbook.site") / "templates" / "root" / name).read_text(encoding="utf-8")


def _base_path(site_url: str | None) -> str:
    """Path of the site's root on its host, for the one page that can be shown at any depth."""
    return urlsplit(site_url).path if site_url else "/"


def problems_page(language: str, lines: Sequence[str]) -> str:
    """Page with the problems of a charter, for serving."""
    template = environment(language).get_template("root/problems.html")
    return template.render(w=translator(language), lines=lines, style=Markup(page_source("plain.css")))


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="\n")
