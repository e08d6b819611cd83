"""Files of one version for MkDocs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Set
from pathlib import Path, PurePosixPath

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from charterbook.charter import LANGUAGES, SECTIONS
from charterbook.folders import walk
from charterbook.pages import DocsPage, Page, front_matter
from charterbook.site.edition import Edition
from charterbook.site.incremental import recording
from charterbook.site.mkdocs_compat.inclusion import InclusionLevel, set_exclusions
from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from charterbook.site.pipeline.theme_config import search_languages

#: Language files of Material's search, with the language as group.
_SEARCH = re.compile(r"assets/javascripts/lunr/(?:min/lunr\.)?([\w.]+?)(?:\.min)?\.js")
_SEARCH_NEEDS = {
    "multi": set(LANGUAGES),
    "stemmer.support": set(LANGUAGES),
    "tinyseg": {"ja"},
    "wordcut": {"hi", "th"},
}


def included(docs: Iterable[DocsPage], config: MkDocsConfig) -> list[DocsPage]:
    """Pages of docs/ that MkDocs publishes: not matched by `exclude_docs` or `draft_docs`."""
    return [page for page, level in _levels(docs, config) if level.is_included()]


def in_navigation(docs: Iterable[DocsPage], config: MkDocsConfig) -> list[DocsPage]:
    """Pages of docs/ that belong in a navigation: not matched by `not_in_nav` either."""
    return [page for page, level in _levels(docs, config) if level.is_in_nav()]


def _levels(docs: Iterable[DocsPage], config: MkDocsConfig) -> list[tuple[DocsPage, InclusionLevel]]:
    listed = [(page, File(page.source, config.docs_dir, config.site_dir, True)) for page in docs]
    set_exclusions([file for _, file in listed], config)
    return [(page, file.inclusion) for page, file in listed]


def page_of(uri: str, edition: Edition) -> Page:
    """Page of an edition at a Markdown path."""
    return edition.pages.by_uri.get(uri) or Page(uri, uri)


def arrange(
    files: Files, config: MkDocsConfig, edition: Edition, other_versions_pages: Set[str]
) -> tuple[Files, dict[str, Path]]:
    """Files of one version, and the theme's assets with their source paths.

    Pages of docs/ that the version does not have are removed; pages that other versions have
    (`other_versions_pages`) stay until there is a navigation. Generated pages of items are added. Files of
    plugins remain, as do those in folders of custom_dir: an author's templates and scripts can name them without the
    filter `url`.
    """
    themes = set(config.theme.dirs)
    result: list[File] = []
    assets: dict[str, Path] = {}
    languages = {*LANGUAGES, *search_languages(config)}
    for file in files:
        if file.src_dir in themes and not file.is_documentation_page():
            if file.abs_src_path and _is_used(file, languages):
                assets[file.src_uri] = Path(file.abs_src_path)
            if file.src_dir == config.theme.custom_dir and "/" in file.src_uri:
                result.append(file)
        elif file.src_uri in other_versions_pages or not _is_absent(file, edition):
            result.append(file)
    result += [_generated(page, config) for page in edition.pages.pages if page.made]
    return Files(result), assets


def check_listing(files: Files, config: MkDocsConfig) -> None:
    """Raise PluginError if MkDocs has missed files of docs/: it ignores a folder that cannot be read, as on network drives.

    `files` are those that MkDocs has found, before plugins change them.
    """
    docs = Path(config.docs_dir)
    listed = {str(Path(file.src_uri).parent) for file in files if file.src_dir == config.docs_dir}
    try:
        with recording.unrecorded():
            found = {
                os.path.relpath(folder, docs) for folder, _, names in walk(docs, followlinks=True) if names
            }
    except OSError as error:
        raise PluginError(f"{error.filename} cannot be read: {error.strerror}.") from error
    if missing := sorted(found - listed):
        raise PluginError(f"{docs / missing[0]} could not be read: MkDocs has missed its files. Build again.")


def _is_absent(file: File, edition: Edition) -> bool:
    """Whether a file is a page of docs/ that the version lacks, or that is a template for items."""
    if file.generated_by or not file.is_documentation_page():
        return False
    return file.src_uri in edition.absent or (
        file.inclusion == InclusionLevel.DRAFT and _is_unused_template(file, edition)
    )


def _is_unused_template(file: File, edition: Edition) -> bool:
    """Whether a draft page is a template for items, or is for a section that the version lacks."""
    try:
        meta, _ = front_matter(file.content_string)
    except yaml.YAMLError:
        return False
    section = meta.get("section")
    return bool(meta.get("for_each")) or (section in SECTIONS and not edition.charter.has(section))


def _is_used(file: File, languages: Set[str]) -> bool:
    """Whether an asset is used: neither a source map nor a search file of a different language."""
    if not Path(file.src_dir or "").is_relative_to(MATERIAL):
        return True
    found = _SEARCH.fullmatch(file.src_uri)
    needs = _SEARCH_NEEDS.get(found[1], {found[1]}) if found else languages
    return not file.src_uri.endswith(".map") and not needs.isdisjoint(languages)


def restore_templates(files: Files, edition: Edition, config: MkDocsConfig) -> None:
    """Give generated pages their template back, if a plugin has replaced their files by files of docs/ at the same path."""
    for file in files:
        page = edition.pages.by_uri.get(file.src_uri)
        if page is not None and page.made and file.abs_src_path and not Path(file.abs_src_path).exists():
            file.abs_src_path = _template_of(page, config)
            file.edit_uri = page.source


def _template_of(page: Page, config: MkDocsConfig) -> str:
    """Path of the template page of docs/ from which a page is generated."""
    return str(Path(config.docs_dir, *PurePosixPath(page.source).parts))


def _generated(page: Page, config: MkDocsConfig) -> File:
    """Page generated from a template page of docs/, which is its source for plugins and the edit button."""
    source = _template_of(page, config)
    file = File.generated(config, page.uri, abs_src_path=source)
    file.edit_uri = page.source
    if page.older is not None:
        file.inclusion = InclusionLevel.NOT_IN_NAV
    return file
