"""The Markdown files of docs/, with the settings of their front matter."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import yaml

from charterbook.charter import ITEM_LISTS, SECTIONS
from charterbook.errors import CharterbookError
from charterbook.file_names import name_fault
from charterbook.folders import walk
from charterbook.frozen_dataclass import dataclass
from charterbook.load.other_yaml import YamlFault, text_fault
from charterbook.pages.front_matter_keys import PageKeys, front_matter, front_matter_fault
from charterbook.pages.page import Page
from charterbook.pipes import read_regular
from charterbook.setting_entries import MARKDOWN

#: The value of `for_each` for a page that is generated for each older version.
VERSIONS = "versions"

#: The value of `requires` for a page about kept promises: the charter must say how often they were kept.
KEPT = "kept"

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
        values, body = front_matter(text)
    except UnicodeDecodeError as error:
        raise _fault(source, text_fault(data)) from error
    except yaml.YAMLError as error:
        raise _fault(source, front_matter_fault(text, error)) from error
    keys = PageKeys(source, text, values)
    keys.check()
    return DocsPage(
        source,
        section=keys.one_of("section", SECTIONS),
        for_each=keys.one_of("for_each", (*ITEM_LISTS, VERSIONS)),
        order=keys.order(),
        includes=_INCLUDES.search(body) is not None,
        requires=keys.one_of("requires", (KEPT,)),
        redirect_from=keys.former_paths(),
    )


def _fault(source: str, fault: YamlFault | None) -> CharterbookError:
    place, words = (f":{fault.line}:{fault.column}", fault.words) if fault else ("", "cannot be read")
    return CharterbookError(f"docs/{source}{place}: {words}")
