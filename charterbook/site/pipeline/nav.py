"""Navigation of one version: the `nav:` of mkdocs.yml, restricted to the pages that the version has.

A handbook without `nav:` and without a navigation plugin gets its sections in groups, and other pages in their folders.
Entries that are not pages of docs/ are unchanged: links, raw files, and misspelt paths (MkDocs warns about these).
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import field
from pathlib import PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from charterbook.charter import QUESTIONS
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import N_, Translator
from charterbook.pages import VERSIONS, DocsPage, Pages
from charterbook.pages import Page as CharterPage
from charterbook.site.edition import CHANGES, Edition
from charterbook.site.labels import SECTION_TITLES, labels
from charterbook.site.mkdocs_compat.inclusion import InclusionLevel
from charterbook.site.render.renderer import PageRenderer

log = logging.getLogger("mkdocs.plugins.charterbook")

#: Sections beyond the agreement itself, in groups.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("The agreement"), (*QUESTIONS, "objectives", "review")),
    (N_("Working together"), ("intake", "calendar", "scope", "roles", "capacity", "partners", "platforms")),
    (N_("Where we are going"), ("maturity", "roadmap", "risks", "decisions")),
    (N_("Over time"), ()),
    (N_("Reference"), ("glossary",)),
)

#: Addresses of the pages about more than one version, in order.
OVER_TIME = (CHANGES, "compare/", "promises/", "sponsor/", "pre-read/", "history/")

#: Maximum number of items below a section: every page carries the navigation.
MOST_CHILDREN = 40


def nav_entries(nav: Any) -> Iterator[str]:
    """All paths and addresses in a `nav`, in order."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for entry in nav.values() if isinstance(nav, dict) else nav:
            yield from nav_entries(entry)


def items_in_nav(nav: Any, editions: Iterable[Edition]) -> frozenset[str]:
    """The entries of a `nav` that are an item's page in at least one version."""
    named = {_lookup(entry) for entry in nav_entries(nav)}
    return frozenset(named & {page.uri for edition in editions for page in edition.pages.pages if page.made})


def pages_of_any_version(editions: Iterable[Edition]) -> frozenset[str]:
    """The pages of docs/, and those that are generated from a template, that at least one version has."""
    return frozenset(page.uri for edition in editions for page in edition.pages.pages)


def hidden_in_nav(nav: Any, docs: Sequence[DocsPage], editions: Sequence[Edition]) -> frozenset[str]:
    """The entries of a `nav` that can be pages of items which a group does not see: beside their template, in no version."""
    folders = {
        PurePosixPath(page.source).parent for page in docs if page.for_each and page.for_each != VERSIONS
    }
    known = {page.source for page in docs} | {
        page.uri for edition in editions for page in edition.pages.pages
    }
    named = {_lookup(entry) for entry in nav_entries(nav) if entry.endswith(".md")}
    return frozenset(entry for entry in named - known if PurePosixPath(entry).parent in folders)


def _lookup(entry: str) -> str:
    """MkDocs' lookup path of an entry; with a leading slash, relative to docs/."""
    return PurePosixPath(entry.lstrip("/") if entry.startswith("/") else entry).as_posix()


@dataclass(frozen=True)
class NavFilter:
    """Filter of the entries of `nav` for a version.

    `absent` are the pages of docs/ that this version does not have, and the items' pages that only other versions
    have. `from_root` is true if an absolute path means a file of docs/ (`absolute_links: relative_to_docs`).
    """

    pages: Pages
    absent: Collection[str]
    from_root: bool = False
    _made_from: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for page in self.pages.pages:
            self._made_from.setdefault(page.source, []).append(page.uri)

    def filtered(self, nav: Any) -> list[Any]:
        """The part of a `nav` that this version has: an entry or a list of entries."""
        if isinstance(nav, list):
            return [found for entry in nav for found in self.filtered(entry)]
        if isinstance(nav, dict):
            return [found for title, content in nav.items() for found in self._titled(title, content)]
        found = self._pages_of(nav) if isinstance(nav, str) else None
        return [nav] if found is None else found

    def _titled(self, title: str, content: Any) -> list[Any]:
        if not content:
            return [{title: content}]
        found = self.filtered(content)
        if isinstance(content, str) and len(found) == 1 and _lookup(found[0]) == _lookup(content):
            return [{title: content}]
        return [{title: found}] if found else []

    def _pages_of(self, entry: str) -> list[str] | None:
        """Pages of this version for an entry, None for an entry that is not a page of the handbook."""
        if entry.startswith("/") and not self.from_root:
            return None
        path = _lookup(entry)
        if path in self._made_from:
            made = self._made_from[path]
            return [entry] if made == [path] else made
        if path in self.pages.by_uri:
            return [entry]
        return [] if path in self.absent else None


def absolute_paths_mean_docs(config: MkDocsConfig) -> bool:
    """Whether an absolute path in `nav` means a file of docs/."""
    return getattr(config.validation.nav.absolute_links, "name", "") == "RELATIVE_TO_DOCS"


def exclude_unlisted_items(nav: Any, files: Files, pages: Pages) -> None:
    """Mark unlisted items' pages as not in nav: authors cannot list them, and docs/ has one template page for them."""
    listed = {_lookup(entry) for entry in nav_entries(nav)}
    for file in files.documentation_pages():
        page = pages.by_uri.get(file.src_uri)
        if page is not None and page.made and page.uri not in listed and file.inclusion.is_in_nav():
            file.inclusion = InclusionLevel.NOT_IN_NAV


def report_nav_problems(
    nav: Any,
    docs: Sequence[DocsPage],
    editions: Sequence[Edition],
    config: MkDocsConfig,
    group: str = "",
    hidden: Collection[str] = (),
) -> None:
    """Log problems of a `nav` that MkDocs cannot detect, at the levels of `validation.nav`.

    These are entries for pages that no version has, and omitted pages that the newest version lacks. `docs` are
    the pages that belong in a navigation. A `nav` is the same for all groups: pages that a `group` does not see, with
    those of `hidden_in_nav`, are notes.
    """
    levels = config.validation.nav
    named = {
        _lookup(entry)
        for entry in nav_entries(nav)
        if absolute_paths_mean_docs(config) or not entry.startswith("/")
    }
    made = _made_pages(editions)
    for entry in (entry for entry in docs if entry.source in named and entry.source not in made):
        if group:
            log.info(_HIDDEN, entry.source, group)
        else:
            log.log(levels.not_found, _NO_VERSION, entry.source, _reason(entry))
    for uri in sorted(hidden):
        log.info(_HIDDEN, uri, group)
    listable = [page.source for page in docs if page.for_each != VERSIONS]
    omitted = [source for source in listable if named.isdisjoint(made.get(source, {source}))]
    unseen = [source for source in omitted if source not in editions[-1].pages.by_uri]
    if unseen:
        log.log(levels.omitted_files, _OMITTED, "".join(f"\n  - {source}" for source in unseen))


def _made_pages(editions: Iterable[Edition]) -> dict[str, set[str]]:
    """For each page of docs/ that a version has: its path, and those of the pages made from it."""
    made: dict[str, set[str]] = {}
    for page in (page for edition in editions for page in edition.pages.pages):
        made.setdefault(page.source, {page.source}).add(page.uri)
    return made


_NO_VERSION = "A reference to '%s' is included in the 'nav' configuration, but no version has this page: %s."
_HIDDEN = "A reference to '%s' in the 'nav' configuration is omitted: the handbook for %s has no such page."
_OMITTED = (
    'The following pages exist in the docs directory, but are not included in the "nav" configuration:%s'
)


def _reason(page: DocsPage) -> str:
    if page.for_each:
        return f"it is made for each of {page.for_each}, and no charter has any"
    if page.section is None:
        return "no charter says how often a promise was kept"
    return f"it is for the section {page.section}, and no charter has that"


def default_nav(
    renderer: PageRenderer,
    listed: Collection[str],
    home: str | None = "index.md",
    titled: Collection[str] = (),
) -> list[Any]:
    """Default navigation of the pages at these paths.

    `home` is the home page; it and the page of changes have labels, unless they are among the `titled` ones. The
    titles that Charterbook's macros write there are the same as the site's, or too long for a navigation.
    """
    pages = renderer.edition.pages.pages
    by_section = renderer.edition.pages.main
    others = [uri for uri in _others(renderer, listed) if uri != home]
    shown = {page.uri for page in pages if page.uri in listed}
    in_folders = _in_own_folders(others, shown - {*others})
    entries: list[Any] = []
    if home is not None:
        entries.append(home if home in titled else {renderer.words.gettext("At a glance"): home})
    for title, sections in GROUPS:
        here = [by_section[section] for section in sections if section in by_section]
        children = [_section(page, renderer, listed) for page in here if page.uri in listed]
        if title == "Over time":
            children += _over_time(renderer, listed, titled)
        if title == "Reference":
            children += [uri for uri in others if uri not in in_folders]
        if children:
            entries.append({renderer.words.gettext(title): children})
    return [*entries, *_folder_groups(in_folders)]


def group_titles(words: Translator) -> frozenset[str]:
    """Titles of Charterbook's groups in the default navigation."""
    return frozenset(words.gettext(title) for title, _ in GROUPS)


def mark_retired(page: Page, renderer: PageRenderer) -> None:
    """Give the page of a retired service a subtitle in the navigation, unless its author has set one."""
    if renderer.item is not None and renderer.item.is_retired:
        page.meta.setdefault("subtitle", labels(renderer.words)("status.retired"))


def _section(page: CharterPage, renderer: PageRenderer, listed: Collection[str]) -> Any:
    """Section page with its items' pages, if they are not too many; retired services come last."""
    assert page.section is not None
    retired = {("services", one.id) for one in renderer.edition.charter.services if one.is_retired}
    pages = [
        child for child in renderer.edition.pages.pages if child.kind == page.section and child.uri in listed
    ]
    children = [child.uri for child in sorted(pages, key=lambda child: (child.kind, child.item) in retired)]
    if not children or len(children) > MOST_CHILDREN:
        return page.uri
    return {renderer.words.gettext(SECTION_TITLES[page.section]): [page.uri, *children]}


def _over_time(renderer: PageRenderer, listed: Collection[str], titled: Collection[str]) -> list[Any]:
    """Pages about more than one version."""
    by_url = {page.url: page.uri for page in renderer.edition.pages.pages if page.uri in listed}
    uris = [by_url[url] for url in OVER_TIME if url in by_url]
    short = {*uris} & {by_url.get(CHANGES)} - {*titled}
    return [{renderer.words.gettext("What changed"): uri} if uri in short else uri for uri in uris]


def _others(renderer: PageRenderer, listed: Collection[str]) -> list[str]:
    """Other pages: custom sections first, then the author's pages, then pages of plugins."""
    pages = renderer.edition.pages
    own = [page.uri for page in pages.pages if page.kind == "sections"]
    main = pages.main
    known = (
        *main.values(),
        *(page for page in pages.pages if page.older or page.kind in {"sections", *main}),
    )
    free = [page.uri for page in pages.pages if page not in known and page.url not in ("", *OVER_TIME)]
    added = [uri for uri in listed if uri not in pages.by_uri]
    return [uri for uri in [*own, *free, *added] if uri in listed]


def _in_own_folders(uris: Iterable[str], others: Iterable[str]) -> list[str]:
    """The pages in folders that, with the folders around them, have none of the other pages."""
    taken = {PurePosixPath(uri).parent for uri in others} - {PurePosixPath()}
    return [uri for uri in uris if "/" in uri and taken.isdisjoint(PurePosixPath(uri).parents)]


def _folder_groups(uris: Sequence[str], depth: int = 0) -> list[Any]:
    """Pages in groups by their folders, as MkDocs groups them: below a folder its index page, its pages, its folders.

    Folders with the same title, such as how-to and how_to, are one group.
    """
    folders: dict[str, list[str]] = {}
    here: dict[PurePosixPath, list[str]] = {}
    for uri in uris:
        path = PurePosixPath(uri)
        if len(path.parts) == depth + 1:
            here.setdefault(path.parent, []).append(uri)
        else:
            folders.setdefault(title_from_name(path.parts[depth]), []).append(uri)
    pages = [
        uri
        for beside in here.values()
        for uri in sorted(beside, key=lambda uri: PurePosixPath(uri).stem not in ("index", "README"))
    ]
    return [*pages, *({title: _folder_groups(below, depth + 1)} for title, below in folders.items())]


def title_from_name(name: str) -> str:
    """Title of a page or of the group for a folder, as MkDocs derives it from the name of the file or folder."""
    words = name.replace("-", " ").replace("_", " ")
    return words.capitalize() if words == words.lower() else words
