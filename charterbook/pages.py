"""The pages of docs/ and their addresses for a charter.

The front matter of a page of docs/ can have `section: funding` (the page exists only if the charter has that
section), `for_each: services` (it is generated for each service), `for_each: versions` (it is generated for each
earlier version), or `requires: kept` (it exists only if this charter or an earlier one says how often a promise was
kept). All other pages of docs/ exist in every version. The module does not depend on MkDocs: a page is a source and
an address.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import yaml

from charterbook.charter import ITEM_LISTS, SECTIONS, Charter
from charterbook.errors import CharterbookError
from charterbook.file_names import name_fault
from charterbook.folders import walk
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import translator
from charterbook.identity import path_of, section_of
from charterbook.load.other_yaml import YamlFault, syntax_fault, text_fault
from charterbook.pipes import read_regular
from charterbook.problems import Problem
from charterbook.setting_entries import MARKDOWN, is_docs_path
from charterbook.source_map import SourceMap
from charterbook.suggestions import closest

#: The value of `for_each` for a page that is generated for each older version.
VERSIONS = "versions"

#: The value of `requires` for a page about kept promises: the charter must say how often they were kept.
KEPT = "kept"

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\r?\n)?---[ \t]*(\r?\n|\Z)", re.DOTALL)
_FIRST_KEY = re.compile(
    r"(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*(?:\{|[\w.-]+[ \t]*:|\"[^\"\n]*\"[ \t]*:|'[^'\n]*'[ \t]*:)"
)

#: Ways for a page to include a file: Jinja's statements, with any delimiters, and snippets.
_INCLUDES = re.compile(r"\b(?:include|import|extends|from)\b|--8<--|-{2,}8<-{2,}")


@dataclass(frozen=True)
class DocsPage:
    """A Markdown file of docs/: its path there (with /), and the settings of its front matter.

    `includes` says whether it can include other files, through Jinja or as a snippet. `redirect_from` are its former
    paths.
    """

    source: str
    section: str | None = None
    for_each: str | None = None
    order: float | None = None
    includes: bool = False
    redirect_from: tuple[str, ...] = ()
    requires: str | None = None


@dataclass(frozen=True)
class Page:
    """A page of one version: `uri` is its Markdown path, `source` the page of docs/ from which it is made.

    Its subject is a section, an item by kind and id, or the older version with which it compares. `published` is its
    address if a plugin publishes it elsewhere than its path says.
    """

    uri: str
    source: str
    section: str | None = None
    kind: str | None = None
    item: str | None = None
    older: str | None = None
    published: str | None = None

    @property
    def made(self) -> bool:
        """Whether the page is one of several generated from the same page of docs/."""
        return self.kind is not None or self.older is not None

    @property
    def url(self) -> str:
        """The page's address within its version, with a final slash; empty for the home page."""
        return self.planned if self.published is None else self.published

    @property
    def planned(self) -> str:
        """The address that follows from the page's path."""
        return _url_of(self.uri)


@lru_cache(maxsize=1 << 14)  # few pages exist in only one version
def _url_of(uri: str) -> str:
    path = PurePosixPath(uri)
    folder = path.parent if path.stem in ("index", "README") else path.with_suffix("")
    return "" if str(folder) == "." else quote(f"{folder}/")


@dataclass(frozen=True)
class Pages:
    """All pages of one version."""

    pages: tuple[Page, ...]
    _urls: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = {(p.kind, p.item): p.url for p in self.pages if p.kind and p.item}
        known |= {("section", section): page.url for section, page in self.main.items()}
        object.__setattr__(self, "_urls", known)

    @cached_property
    def main(self) -> dict[str, Page]:
        """The page of each section: the one with its name, else the first."""
        found: dict[str, Page] = {}
        for page in self.pages:
            if page.section and (page.section not in found or page.planned == f"{page.section}/"):
                found[page.section] = page
        return found

    @cached_property
    def by_uri(self) -> dict[str, Page]:
        """The pages by their Markdown paths."""
        return {page.uri: page for page in self.pages}

    @cached_property
    def urls(self) -> frozenset[str]:
        """The addresses of all pages within the version."""
        return frozenset(page.url for page in self.pages)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """The addresses of pages that a plugin publishes elsewhere, by the ones that follow from their paths."""
        return {page.planned: page.url for page in self.pages if page.published is not None}

    def section_url(self, section: str) -> str | None:
        """The address of a section's page, if this version has the page."""
        return self._urls.get(("section", section))

    def item_url(self, kind: str, item: str) -> str | None:
        """The address of an item: its own page, else an anchor on its section's page, else None."""
        own = self._urls.get((kind, item))
        if own is not None:
            return own
        page = self.section_url(section_of(kind))
        return None if page is None else f"{page}#{kind}-{item}"


@dataclass(frozen=True)
class Collision:
    """Two pages with the same address: an item's, and one of docs/ or another item's."""

    kind: str
    item: str
    other: str


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The front matter of a Markdown text and the text without it. Raises yaml.YAMLError.

    As in MkDocs, text between two rulers at its beginning is none; this does not begin with a key.
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    try:
        data = yaml.safe_load(match.group(1) or "")
    except yaml.YAMLError:
        if _FIRST_KEY.match(match.group(1)):
            raise
        return {}, text
    return (data if isinstance(data, dict) else {}), text[match.end() :]


def read_docs(docs: Path) -> tuple[DocsPage, ...]:
    """All Markdown pages of docs/, sorted by the `order` in their front matter, then by path.

    As in MkDocs, a README.md beside an index.md is ignored. Raises CharterbookError for a page that cannot be read,
    for front matter that is invalid or has an unknown section or kind, and for two pages with the same address.
    """
    found = tuple(_read_page(path, docs) for path in sorted(_markdown_files(docs)))
    _check_addresses(found)
    return tuple(sorted(found, key=lambda page: math.inf if page.order is None else page.order))


def _markdown_files(docs: Path) -> Iterator[Path]:
    """Raises CharterbookError for a folder that cannot be read."""
    try:
        yield from _listed_markdown(docs)
    except OSError as error:
        raise CharterbookError(f"docs/{_below(docs, error)} cannot be read: {error.strerror}.") from error


def _below(docs: Path, error: OSError) -> str:
    """The path of a folder within docs/, with a final slash; empty for docs/ itself."""
    folder = os.path.relpath(error.filename or docs, docs)
    return "" if folder == "." else f"{PurePosixPath(folder)}/"


def _listed_markdown(docs: Path) -> Iterator[Path]:
    for folder, folders, names in walk(docs, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        pages = [Path(folder, name) for name in names if name.endswith(MARKDOWN) and not name.startswith(".")]
        index = any(path.stem == "index" for path in pages)
        yield from (path for path in pages if not (index and path.stem == "README"))


def _check_addresses(pages: Iterable[DocsPage]) -> None:
    taken: dict[str, str] = {}
    for page in pages:
        url = Page(page.source, page.source).url
        other = page.source if page.for_each else taken.setdefault(url, page.source)
        if other != page.source:
            raise CharterbookError(
                f"docs/{page.source} and docs/{other} would have the same address: {url or '/'}"
            )


def _read_page(path: Path, docs: Path) -> DocsPage:
    source = path.relative_to(docs).as_posix()
    if unreadable := name_fault(source):
        raise CharterbookError(f"docs/: {unreadable}")
    try:
        data = read_regular(path)
    except OSError as error:
        raise CharterbookError(f"docs/{source} cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
        meta, body = front_matter(text)
    except UnicodeDecodeError as error:
        raise _fault(source, text_fault(data)) from error
    except yaml.YAMLError as error:
        found = _FRONT_MATTER.match(text)
        fault = syntax_fault((found[1] or "") if found else "", error)
        raise _fault(source, fault._replace(line=fault.line + 1)) from error
    _check_keys(meta, text, source)
    section = _one_of(meta, "section", SECTIONS, text, source)
    for_each = _one_of(meta, "for_each", (*ITEM_LISTS, VERSIONS), text, source)
    order = float(meta["order"]) if isinstance(meta.get("order"), int | float) else None
    includes = _INCLUDES.search(body) is not None
    requires = _one_of(meta, "requires", (KEPT,), text, source)
    return DocsPage(source, section, for_each, order, includes, _former_paths(meta, text, source), requires)


def _fault(source: str, fault: YamlFault | None) -> CharterbookError:
    place, words = (f":{fault.line}:{fault.column}", fault.words) if fault else ("", "cannot be read")
    return CharterbookError(f"docs/{source}{place}: {words}")


#: The keys of front matter with a meaning for Charterbook.
_KEYS = ("section", "for_each", "requires", "order", "redirect_from")
_UNCLOSED = re.compile(rf"\A\ufeff?---[ \t]*\r?\n(?:[^\n]*\n){{0,9}}?(?:{'|'.join(_KEYS)}):")


def _check_keys(meta: Mapping[str, Any], text: str, source: str) -> None:
    """Raise CharterbookError for a key that is spelled in another way, and for front matter without an end."""
    if _FRONT_MATTER.match(text) is None and _UNCLOSED.match(text):
        words = "the front matter that begins here has no end; add a line with --- below its last key"
        raise CharterbookError(f"docs/{source}:1:1: {words}")
    for key in meta:
        known = _SPELLED.get(re.sub(r"[\W_]", "", str(key)).lower())
        if known is not None and key != known and known not in meta:
            raise CharterbookError(f"{_place(text, source, str(key))}: {key}: did you mean {known}?")
    order = meta.get("order")
    if order is not None and (isinstance(order, bool) or not isinstance(order, int | float)):
        raise CharterbookError(
            f"{_place(text, source, 'order')}: order: {order!r} is not a number, such as 2."
        )


#: The keys of two words without what separates these.
_SPELLED = {key.replace("_", ""): key for key in _KEYS if "_" in key}


def _place(text: str, source: str, key: str) -> str:
    """The place of a key in the front matter of a page."""
    found = _FRONT_MATTER.match(text)
    lines = (found[1] or "").splitlines() if found else []
    number = next((index for index, line in enumerate(lines) if line.startswith(key)), None)
    return f"docs/{source}" + (f":{number + 2}:1" if number is not None else "")


def _former_paths(meta: Mapping[str, Any], text: str, source: str) -> tuple[str, ...]:
    value = meta.get("redirect_from", [])
    paths = [value] if isinstance(value, str) else value
    if not isinstance(paths, list) or not all(is_docs_path(path) for path in paths):
        own = f"{value.strip('/')}.md" if isinstance(value, str) else ""
        example = own if is_docs_path(own) else "old-page.md"
        words = f"redirect_from: {value!r} is not the path of a former page, such as {example}, or a list of them."
        raise CharterbookError(f"{_place(text, source, 'redirect_from')}: {words}")
    return tuple(paths)


def _one_of(meta: Mapping[str, Any], key: str, known: Iterable[str], text: str, source: str) -> str | None:
    value = meta.get(key)
    if value is None:
        return None
    if value not in known:
        raise CharterbookError(
            f"{_place(text, source, key)}: {key}: {value!r} cannot be used; {closest(value, known)}"
        )
    return str(value)


def has_promise_results(charter: Charter) -> bool:
    """Whether a charter says how often any promise was kept."""
    return any(level.kept for service in charter.services for level in service.service_levels)


def pages_of(
    charter: Charter, docs: Iterable[DocsPage], older: Sequence[str] = (), *, kept_before: bool = False
) -> Pages:
    """The pages of this charter; `older` are the names of previous versions.

    `kept_before` is true if an earlier charter has a result for a promise. Pages of docs/ take precedence over
    generated ones with the same address.
    """
    pages: dict[str, Page] = {}
    known = kept_before or has_promise_results(charter)
    for page in _in_order(charter, [page for page in docs if known or page.requires != KEPT], older):
        pages.setdefault(page.url, page)
    return Pages(tuple(pages.values()))


def collisions(charter: Charter, docs: Iterable[DocsPage]) -> list[Collision]:
    """The items with a page at the address of a different page."""
    taken: dict[str, str] = {}
    found = []
    for page in _in_order(charter, docs):
        other = taken.setdefault(page.url.casefold(), page.source)
        if other != page.source and page.kind and page.item:
            found.append(Collision(page.kind, page.item, f"docs/{other}"))
    return found


def page_problems(charter: Charter, places: SourceMap, docs: Iterable[DocsPage]) -> list[Problem]:
    """The collisions of a charter's items with pages of docs/, at the places of their ids."""
    _ = translator(charter.language).gettext
    return [
        Problem(
            *places.of((*path_of(found.kind), _index(charter, found), "id")),
            "page-collision",
            "error",
            _("the page of “%(item)s” would overwrite %(other)s")
            % {"item": found.item, "other": found.other},
            _("Give the item another id, or rename %(other)s.") % {"other": found.other},
        )
        for found in collisions(charter, docs)
    ]


def _index(charter: Charter, collision: Collision) -> int:
    return [item.id for item in charter.items(collision.kind)].index(collision.item)


def _in_order(charter: Charter, docs: Iterable[DocsPage], older: Sequence[str] = ()) -> list[Page]:
    """Pages written in docs/ before generated ones, so that they take precedence."""
    fixed, made = [], []
    for page in docs:
        if page.for_each:
            made += _expand(page, charter, older)
        elif page.section is None or charter.has(page.section):
            fixed.append(Page(page.source, page.source, page.section))
    return fixed + made


def _expand(page: DocsPage, charter: Charter, older: Sequence[str]) -> list[Page]:
    assert page.for_each is not None
    folder = page.source.rpartition("/")[0]
    before = f"{folder}/" if folder else ""
    if page.for_each == VERSIONS:
        return [Page(f"{before}{name}.md", page.source, older=name) for name in older]
    return [item_page(page, item.id) for item in charter.items(page.for_each)]


def item_page(page: DocsPage, id_: str) -> Page:
    """The page of an item, generated from a page of docs/ with `for_each`."""
    folder = page.source.rpartition("/")[0]
    return Page(f"{folder}/{id_}.md" if folder else f"{id_}.md", page.source, None, page.for_each, id_)
