"""Which files MkDocs sees for one version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from charterbook.charter import LANGUAGES
from charterbook.pages import DocsPage, Page
from charterbook.site.edition import Edition
from charterbook.site.material import search_languages
from charterbook.site.mkdocs_compat.inclusion import InclusionLevel, set_exclusions

#: What Material's search loads by the languages that it is set up for, and which languages that are.
_SEARCH = re.compile(r"assets/javascripts/lunr/(?:min/lunr\.)?([\w.]+?)(?:\.min)?\.js")
_SEARCH_NEEDS = {
    "multi": set(LANGUAGES),
    "stemmer.support": set(LANGUAGES),
    "tinyseg": {"ja"},
    "wordcut": {"hi", "th"},
}


def included(docs: Iterable[DocsPage], config: MkDocsConfig) -> list[DocsPage]:
    """The pages of docs/ that MkDocs publishes: not those that `exclude_docs` or `draft_docs` names."""
    listed = [(page, File(page.source, config.docs_dir, config.site_dir, True)) for page in docs]
    set_exclusions([file for _, file in listed], config)
    return [page for page, file in listed if file.inclusion.is_included()]


def page_of(uri: str, edition: Edition) -> Page:
    """The page of an edition that stands at a Markdown path."""
    return edition.pages.by_uri.get(uri) or Page(uri, uri)


def arrange(files: Files, config: MkDocsConfig, edition: Edition) -> tuple[Files, dict[str, Path]]:
    """The files of one version, and apart from them the theme's assets with where they are.

    Pages of sections that the version lacks are left out; pages made for each item are added.
    """
    docs = Path(config.docs_dir)
    wanted = edition.pages.by_uri
    kept: list[File] = []
    assets: dict[str, Path] = {}
    languages = {*LANGUAGES, *search_languages(config)}
    for file in files:
        if not _from_docs(file, docs):
            if file.abs_src_path and _is_used(file.src_uri, languages):
                assets[file.src_uri] = Path(file.abs_src_path)
        elif file.generated_by or not file.is_documentation_page() or file.src_uri in wanted:
            kept.append(file)
    kept += [_generated(page, config, docs) for page in edition.pages.pages if page.made]
    return Files(kept), assets


def _is_used(uri: str, languages: Set[str]) -> bool:
    """Neither source maps nor what search needs for other languages: that is most of what Material brings."""
    found = _SEARCH.fullmatch(uri)
    needs = _SEARCH_NEEDS.get(found[1], {found[1]}) if found else languages
    return not uri.endswith(".map") and not needs.isdisjoint(languages)


def _from_docs(file: File, docs: Path) -> bool:
    return file.src_dir is None or Path(file.src_dir) == docs


def _generated(page: Page, config: MkDocsConfig, docs: Path) -> File:
    source = docs.joinpath(*PurePosixPath(page.source).parts)
    file = File.generated(config, page.uri, content=source.read_text(encoding="utf-8-sig"))
    file.edit_uri = page.source
    if page.older is not None:
        file.inclusion = InclusionLevel.NOT_IN_NAV
    return file
