"""The navigation of one version: entries of `nav` that it has, or Charterbook's own."""

from __future__ import annotations

import logging
from collections.abc import Set
from dataclasses import replace

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from charterbook.pages import Page, Pages
from charterbook.site.edition import CHANGES, Edition
from charterbook.site.mkdocs_compat.inclusion import InclusionLevel, set_exclusions
from charterbook.site.order import BuildOrder
from charterbook.site.pipeline.arranged_nav import OwnNav
from charterbook.site.pipeline.built_nav import remove_absent_pages, silence_omitted_pages
from charterbook.site.pipeline.nav import (
    NavFilter,
    absolute_paths_mean_docs,
    default_nav,
    exclude_unlisted_items,
    group_titles,
    report_nav_problems,
)
from charterbook.site.pipeline.page_titles import home_page, own_titles
from charterbook.site.pipeline.site_build import SiteBuild
from charterbook.site.pipeline.version_files import in_navigation
from charterbook.site.render.renderer import PageRenderer


class VersionNav:
    """Navigation of the version of an order; the main build, with `site_build`, reports problems of `nav`."""

    def __init__(self, order: BuildOrder, renderer: PageRenderer, site_build: SiteBuild | None) -> None:
        self._renderer, self._site_build = renderer, site_build
        self._absent = order.edition.absent | (order.items_in_nav - order.edition.pages.by_uri.keys())
        self._other_versions_pages = order.edition.absent & order.pages_of_any_version
        self._levels: dict[str, InclusionLevel] = {}
        self._own_nav: OwnNav | None = None
        self._is_noted = False

    def restrict(self, files: Files, config: MkDocsConfig) -> Files:
        """Restrict `nav` to the version, after all plugins; create a default if there is none."""
        set_exclusions(files, config)
        self._note_published_pages(files)
        if self._site_build is None:
            config.validation.nav.omitted_files = (
                logging.DEBUG
            )  # logged once, by the build of the newest version
        self._levels = silence_omitted_pages(files, self._other_versions_pages)
        edition = self._renderer.edition
        if config.nav is None:
            listed = [file.src_uri for file in files.documentation_pages() if file.inclusion.is_in_nav()]
            home = home_page(files, listed)
            changes = [page.uri for page in edition.pages.pages if page.url == CHANGES]
            titled = own_titles(files, [home, *changes])
            config.nav = default_nav(self._renderer, dict.fromkeys(listed), home, titled)
            self._own_nav = OwnNav(config.nav, config, group_titles(self._renderer.words))
        else:
            if self._site_build is not None:
                found = self._site_build.handbook_data
                listable = in_navigation(found.docs, config)
                hidden = self._site_build.hidden_in_nav
                report_nav_problems(config.nav, listable, found.editions, config, found.group, hidden)
            config.nav = NavFilter(edition.pages, self._absent, absolute_paths_mean_docs(config)).filtered(
                config.nav
            )
        exclude_unlisted_items(config.nav, files, edition.pages)
        if self._own_nav is not None and self._own_nav.may_be_arranged:
            self._show_in_nav(files)
            config.nav = None
        return files

    def _note_published_pages(self, files: Files) -> None:
        """Drop pages from the edition that plugins, hooks or `exclude_docs` have removed, and note where the others are.

        Pages that only other versions have are among them: what a plugin does with one applies to all versions. A
        plugin that builds again, for example for each language, can have other files then.
        """
        if self._is_noted:
            return
        self._is_noted = True
        edition = self._renderer.edition
        built = {file.src_uri: file.url for file in files if file.inclusion.is_included()}
        pages = [*edition.pages.pages, *(Page(uri, uri) for uri in sorted(self._other_versions_pages))]
        places = {page.url: built[page.uri].removeprefix("./") for page in pages if page.uri in built}
        self._renderer.moved = {url: place for url, place in places.items() if place != url}
        if self._site_build is not None:
            self._site_build.moved_by_plugins = self._renderer.moved
        removed = {page.uri for page in pages} - built.keys()
        if removed:
            self._renderer.edition = _without(edition, removed)

    def _show_in_nav(self, files: Files) -> None:
        """Show plugins the pages of other versions, so that they do not warn about missing pages."""
        for file in files:
            file.inclusion = self._levels.get(file.src_uri, file.inclusion)

    def offer(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Offer the navigation to plugins before their changes. Charterbook's own is not a setting of the author."""
        self._show_in_nav(files)
        if self._own_nav is not None:
            self._own_nav.offer(nav)
            config.nav = None
        return nav

    def finish(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Remove pages of other versions, and place Charterbook's navigation if no plugin has changed it."""
        is_own = self._own_nav is not None and self._own_nav.is_unchanged(nav)
        remove_absent_pages(nav, files, self._other_versions_pages)
        if self._own_nav is not None and is_own:
            self._own_nav.place(nav, files)
        return nav


def _without(edition: Edition, removed: Set[str]) -> Edition:
    """An edition whose versions lack the pages with these Markdown paths."""

    def fewer(pages: Pages) -> Pages:
        return Pages(tuple(page for page in pages.pages if page.uri not in removed))

    own, *past = (replace(one, pages=fewer(one.pages)) for one in (edition.own, *edition.past))
    return replace(edition, pages=own.pages, own=own, past=tuple(past))
