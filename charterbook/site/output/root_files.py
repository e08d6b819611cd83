"""Files at the root of the site, and files of a version beside its pages."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from importlib import resources
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup

from charterbook.charter import charter_schema
from charterbook.compare import Severity
from charterbook.folders import files_with
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import translator
from charterbook.settings import Names
from charterbook.site.edition import Edition
from charterbook.site.feeds import feeds_of, history_files
from charterbook.site.incremental.version_cache import copy_tree
from charterbook.site.moved_pages import MovedPages
from charterbook.site.output import program_files, provenance
from charterbook.site.output.content_policy import of_own_page
from charterbook.site.output.host_files import ERROR_PAGE, place_host_files
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
from charterbook.versions import DRAFT, LATEST, LISTED

#: Templates of pages at the root: the start page, and the page for addresses without one.
_START, _MISSING = "redirect.html", "404.html"


def finish_edition(folder: Path) -> None:
    """Remove files that MkDocs writes into a version, but only the root of the site needs."""
    (folder / f"{SITEMAP}.gz").unlink(missing_ok=True)
    page = folder / "404.html"
    if page.is_file() and page.read_bytes().strip() == ERROR_PAGE.encode():
        page.unlink()


@dataclass(frozen=True)
class SiteRoot:
    """The root of a site: its folder, the editions of the site, and its address, None if that is unknown."""

    folder: Path
    editions: Sequence[Edition]
    url: str | None


@dataclass(frozen=True)
class RootSettings:
    """Settings of pages at the root.

    `offline` says whether pages register the service worker; `policy` are sources to add to the
    Content-Security-Policy, None for pages without one.
    """

    serving: bool
    offline: bool = False
    policy: Names | None = ()


def write_root(
    root: SiteRoot,
    keys: Mapping[str, str],
    severity: Mapping[str, Severity],
    moved: MovedPages,
    settings: RootSettings,
) -> None:
    """Write the files at the root of a site that depend only on its versions' charters.

    `keys` are hashes of all inputs of each version.
    """
    folder, editions, url = root.folder, root.editions, root.url
    latest, draft = latest_edition(editions), draft_edition(editions)
    shown = _shown(editions)
    if shown is None:
        return
    if latest is not None:
        newest = next(edition for edition in reversed(editions) if edition.state != "draft")
        for address, text in history_files(newest, keys[newest.name], url, severity, latest.name):
            _write(folder / address, text)
    target = DRAFT if draft is not None and (settings.serving or latest is None) else LATEST
    start = _page(_START, shown, editions, target=target, site_url=url)
    _write(folder / "index.html", of_own_page(start, settings.policy))
    missing = _page(_MISSING, shown, editions, base=_base_path(url))
    _write(folder / "404.html", of_own_page(missing, settings.policy))
    _write(folder / LISTED, versions_payload(editions))
    offline = settings.offline and latest is not None
    _write(folder / "pages.json", pages_payload(editions, moved, offline=offline))
    _write(folder / "charter.schema.json", charter_schema.schema_file())


def load_templates(editions: Sequence[Edition]) -> None:
    """Load the templates that `write_root` needs, so that processes that are started from now on have them."""
    shown = _shown(editions)
    if shown is not None:
        for name in (_START, _MISSING):
            environment(shown.charter.language).get_template(f"root/{name}")


def _shown(editions: Sequence[Edition]) -> Edition | None:
    """The edition that pages at the root are about: the newest one, or the draft of a handbook without versions."""
    return latest_edition(editions) or draft_edition(editions)


def finish_root(
    root: SiteRoot,
    docs: Path,
    own_templates: Collection[str],
    folder: Callable[[str], Path],
    *,
    offline: bool = False,
) -> None:
    """Write the files that depend on the built versions: latest/, and files for hosts.

    `own_templates` are the names of the author's templates that are not pages; `folder` returns the folder of a
    version: not below the root if the version stays in the old site.
    """
    latest = latest_edition(root.editions)
    if latest is not None:
        _place_latest(root.folder, folder(latest.name), folder(LATEST), latest, root.url)
    shown = _shown(root.editions)
    _add_built_pages(root.folder / "pages.json", root.url, folder)
    if shown is not None:
        version = folder(shown.name)
        own = program_files.own_index(version, shown)
        place_host_files(root.folder, version, root.url, docs, own_templates, own)
        program_files.write_site_index(root.folder, root.editions)
        if not (docs / WORKER).is_file():
            worker_of = latest if offline else None
            write_service_worker(root.folder, root.editions, worker_of, page_source("plain.css"))


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
