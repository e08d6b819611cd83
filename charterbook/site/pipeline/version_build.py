"""Build of one version through MkDocs' events."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.utils.templates import TemplateContext

from charterbook.folders import resolved_path
from charterbook.log import ComparisonCache
from charterbook.rules import Levels
from charterbook.settings import settings_from
from charterbook.site.author_errors import page_error
from charterbook.site.differences import messages
from charterbook.site.macros import hidden_macros, page_names, replaced_macros
from charterbook.site.mkdocs_compat import (
    fragments,
    git_info,
    jinja_calls,
    plugin_events,
    search_index,
    serve_cache,
    text_templates,
    theme_files,
)
from charterbook.site.mkdocs_compat.macro_errors import MacroErrors
from charterbook.site.mkdocs_compat.macros_environment import macros_environment
from charterbook.site.mkdocs_compat.registry import is_on
from charterbook.site.mkdocs_compat.urls import base_url_of, is_error_template, normalize_url
from charterbook.site.order import BuildOrder
from charterbook.site.output import program_files, provenance, root_files
from charterbook.site.output.asset_names import AssetNames, name_assets
from charterbook.site.output.host_files import ERROR_PAGE
from charterbook.site.output.site_lists import edition_sitemap
from charterbook.site.output.stylesheet import STYLESHEET
from charterbook.site.pipeline import page_head, theme_config
from charterbook.site.pipeline.mkdocs_redirects import filter_redirects
from charterbook.site.pipeline.page_build import PageBuild
from charterbook.site.pipeline.site_build import SiteBuild
from charterbook.site.pipeline.version_files import arrange, check_listing, restore_templates
from charterbook.site.pipeline.version_nav import VersionNav
from charterbook.site.render.bytecode_cache import PAGES
from charterbook.site.render.charter_text import install as install_charter_text
from charterbook.site.render.renderer import PageRenderer
from charterbook.site.render.views import ForgeLinks
from charterbook.site.search_terms import add_search_terms
from charterbook.text_direction import apart
from charterbook.versions import DRAFT, LATEST

log = logging.getLogger("mkdocs.plugins.charterbook")


_FLAT = "use_directory_urls: false has no effect: each page is a folder with an index.html."
_HIDDEN = "plugins.macros: variables hide Charterbook's macros of the same names: %s. Pages that call these end the build."
_TOO_LATE = (
    "A plugin listed after charterbook sets %s to %r, which has no effect; listed before it, it may work."
)


class VersionBuild:
    """Build of the version of an order; the main build also has the whole site."""

    def __init__(
        self,
        order: BuildOrder,
        config: MkDocsConfig,
        options: Mapping[str, Any],
        site_build: SiteBuild | None = None,
    ) -> None:
        settings = settings_from(dict(options))
        self.renderer = PageRenderer(
            order.edition,
            ForgeLinks.of(config, order.branch, order.path),
            options["severity"] or {},
            cast(Levels, dict(settings.rules)),
            ComparisonCache(order.comparisons) if order.comparisons else None,
            settings,
        )
        self._site_build = site_build
        self._serving = order.serving
        twins = self._twins = bool(options["twins"])
        self._papers = replace(settings, site_url=order.site_url) if options["papers"] else None
        if self._papers is not None:
            from charterbook.site.output.paper_files import offered_papers

            self.renderer.papers = offered_papers()
        self._assets: Mapping[str, str] = {}
        self._named: tuple[str, AssetNames] | None = None
        self._other_versions_pages = order.edition.absent & order.pages_of_any_version
        self._pages_of_any_version = order.pages_of_any_version
        if site_build is not None:
            for message in messages(config, order.edition.charter):
                log.info("%s", message)
            if not config.use_directory_urls:
                log.warning("%s", _FLAT)
        self._site_name = str(config.site_name)
        self.renderer.site_name = self._site_name
        self._set = theme_config.configure(config, order, self.renderer)
        self.nav = VersionNav(order, self.renderer, site_build)
        self.pages = PageBuild(self.renderer, config, self._other_versions_pages, twins=twins)
        git_info.install()
        plugin_events.skip_debug_lists(config)

    def offer_settings(self, config: MkDocsConfig) -> None:
        """Make the name of the site plain text: plugins that replace it test the type of the former value."""
        config.site_name = str(config.site_name)

    def confirm(self, config: MkDocsConfig, *, inner: bool = False) -> None:
        """Restore the required settings that a later plugin has changed, and warn about it.

        In an `inner` build, which a plugin starts for example for another language, the site may have another name.
        """
        for name, value in self._set.items():
            if name == "site_name" and inner:
                config[name] = value if config[name] == str(value) else config[name]
            elif config[name] != value:
                if name == "use_directory_urls":
                    log.warning(_FLAT)
                else:
                    log.warning(_TOO_LATE, name, config[name])
                config[name] = value

    def files(self, files: Files, config: MkDocsConfig) -> Files:
        """Files of this version, without theme assets: these are stored once at the root."""
        git_info.uninstall()
        check_listing(files, config)
        files, assets = arrange(files, config, self.renderer.edition, self._other_versions_pages)
        icon, names = self._icon_and_names(assets, config)
        self.renderer.asset_folder = names.folder
        self._assets = {path: names.published(path) for path in (*assets, STYLESHEET, page_head.ICON)}
        if self._site_build is not None:
            if hidden := hidden_macros(config):
                log.info(_HIDDEN, ", ".join(hidden))
            for message in replaced_macros(config):
                log.info("%s", message)
            self._site_build.assets.copy(assets, icon, names)
        MacroErrors(partial(self._explained, config)).begin()
        _install_patches(macros_environment(config))
        install_charter_text(macros_environment(config))
        search_index.install(theme_config.search_plugin(config))
        filter_redirects(config, self._pages_of_any_version - self.renderer.edition.pages.by_uri.keys())
        return files

    def _icon_and_names(self, assets: Mapping[str, Path], config: MkDocsConfig) -> tuple[str, AssetNames]:
        """The icon and the names of assets: those of the first build for all builds of a plugin, since they share a folder."""
        if self._named is None:
            icon = page_head.icon_of(config, self._site_name)
            self._named = icon, name_assets(assets, icon)
            self.pages.asset_names = self._named[1]
        return self._named

    def navigation(self, files: Files, config: MkDocsConfig) -> Files:
        """Restrict `nav` to the version, after all plugins."""
        restore_templates(files, self.renderer.edition, config)
        if self._site_build is not None:
            self._site_build.start_workers(config)
        return self.nav.restrict(files, config)

    def env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Add the filters and globals of Charterbook's templates, also to environments that plugins create."""
        self._prepare_environment(config, env)
        theme_files.equip_environments(config, partial(self._prepare_environment, config))
        if self._site_build is not None and self._site_build.site.serving and is_on("unchanged-pages"):
            serve_cache.install_serve_cache(env, config, self._site_build.build_state.common)
        return env

    def complete_env(self, env: Environment, config: MkDocsConfig) -> Environment:
        """Prepare an environment with which a plugin has replaced the one of `env`."""
        if "charterbook" not in env.globals:
            self._prepare_environment(config, env)
        return env

    def _prepare_environment(self, config: MkDocsConfig, env: Environment) -> None:
        """Link theme assets at the root of the site."""
        _install_patches(env)
        fragments.install(env, theme_config.THEME, config)
        env.filters["apart"] = apart
        env.filters["url"] = theme_config.url_filter(self._assets)
        env.globals["charterbook_base_url"] = base_url_of
        env.filters["script_tag"] = theme_config.script_tag_filter(self._assets)
        env.globals["charterbook"] = self.pages.shared_context | {
            "error_page": ERROR_PAGE,
            "sitemap": partial(self._sitemap, config),
        }

    def _sitemap(self, config: MkDocsConfig, pages: Iterable[File]) -> str:
        """A sitemap of pages of this version, for the template of that name."""
        urls = {str(file.page.url) for file in pages if file.page is not None}
        return edition_sitemap(self.renderer.edition, config.site_url, urls)

    def template_context(self, context: TemplateContext, name: str, config: MkDocsConfig) -> TemplateContext:
        """Configure an error page for the newest version. It is served from the root at any depth."""
        if is_error_template(name):
            site_url = (config.site_url or "/").removesuffix(f"{self.renderer.edition.name}/")
            base = (
                urlsplit(site_url).path + (DRAFT if self.renderer.edition.state == "draft" else LATEST) + "/"
            )
            context["base_url"] = base
            context["extra_css"] = [normalize_url(path, None, base) for path in config.extra_css]
        return context

    def _explained(self, config: MkDocsConfig, error: BaseException) -> str | None:
        """An error in the current page as one line, if it is the author's."""
        folder = resolved_path(config.config_file_path).parent
        return page_error(error, self.renderer.source, folder, page_names(config, self.renderer))

    def abandon(self) -> None:
        """Abort, and undo all replacements of this build."""
        git_info.uninstall()

    def finish(self, config: MkDocsConfig) -> None:
        """Remove files of the root, write files for programs and the provenance, and cache the comparisons."""
        folder, renderer = Path(config.site_dir), self.renderer
        self.pages.finish()
        root_files.finish_edition(folder)
        add_search_terms(folder, renderer.edition, renderer.moved)
        if self._papers is not None:
            from charterbook.site.output.paper_files import write_papers

            write_papers(folder, renderer.edition, self._papers)
        program_files.write_data(
            folder, renderer.edition, renderer.comparison, renderer.moved, twins=self._twins
        )
        if not self._serving:
            provenance.write_of_version(folder, renderer.edition)
        if self._site_build is not None and self.renderer.comparisons is not None:
            self.renderer.comparisons.save()


def _install_patches(env: Environment) -> None:
    """Install the bytecode cache and fast template calls in an environment."""
    env.bytecode_cache = PAGES
    text_templates.install(env, PAGES)
    jinja_calls.install(env)
