"""Build of one version through MkDocs' events."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, cast
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from charterbook.log import ComparisonCache
from charterbook.rules import Levels
from charterbook.settings import settings_from
from charterbook.site.differences import messages
from charterbook.site.feeds import feeds_of
from charterbook.site.incremental.up_to_date import BuildState
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
from charterbook.site.mkdocs_compat.inclusion import InclusionLevel, set_exclusions
from charterbook.site.mkdocs_compat.macros_environment import macros_environment
from charterbook.site.mkdocs_compat.registry import is_on
from charterbook.site.mkdocs_compat.toc import set_toc, toc_depths, toc_of
from charterbook.site.mkdocs_compat.urls import is_error_template, normalize_url
from charterbook.site.order import ConfigOverrides, Order
from charterbook.site.output import content_policy, program_files, provenance, root_files
from charterbook.site.output.asset_names import AssetNames, name_assets
from charterbook.site.output.site_lists import edition_sitemap
from charterbook.site.output.small_stylesheet import with_small
from charterbook.site.output.stylesheet import STYLESHEET
from charterbook.site.pipeline import page_head, theme_config
from charterbook.site.pipeline.arranged_nav import OwnNav
from charterbook.site.pipeline.inputs import make_site_build
from charterbook.site.pipeline.mkdocs_redirects import filter_redirects
from charterbook.site.pipeline.nav import (
    NavFilter,
    absolute_paths_mean_docs,
    default_nav,
    hide_from_nav,
    leave_out_absent,
    leave_out_unlisted,
    mark_retired,
    report_nav_problems,
)
from charterbook.site.pipeline.site_build import SiteBuild
from charterbook.site.pipeline.version_files import arrange, in_navigation, page_of
from charterbook.site.render.bytecode_cache import PAGES
from charterbook.site.render.charter_text import install as install_charter_text
from charterbook.site.render.charter_text import original, safe_value
from charterbook.site.render.charter_text_html import as_text, show_charter_text
from charterbook.site.render.page_twin import TWIN, write_twin
from charterbook.site.render.renderer import TIMELINE, PageRenderer, anchors
from charterbook.site.render.safe_text import plain
from charterbook.site.render.views import ForgeLinks
from charterbook.site.search_terms import add_search_terms
from charterbook.versions import DRAFT, LATEST

log = logging.getLogger("mkdocs.plugins.charterbook")


def prepare_site_build(
    build_state: BuildState, config: MkDocsConfig, options: Mapping[str, Any], overrides: ConfigOverrides
) -> SiteBuild:
    """Plan a whole site, after clearing caches of earlier builds in this process.

    Raises CharterbookError.
    """
    theme_files.assets_in.cache_clear()
    git_info.forget()
    site_build = make_site_build(build_state, config, options)
    site_build.overrides = overrides
    return site_build


def begin_site_build(
    site_build: SiteBuild, config: MkDocsConfig, options: Mapping[str, Any]
) -> VersionBuild | None:
    """Begin a site, and return the build of MkDocs' own version, None where there is no version."""
    order = site_build.begin(config)
    return None if order is None else VersionBuild(order, config, options, site_build)


_FLAT = "use_directory_urls: false has no effect: each page is a folder with an index.html."
_TOO_LATE = (
    "A plugin listed after charterbook sets %s to %r, which has no effect; listed before it, it may have."
)


class VersionBuild:
    """Build of the version of an order; the main build also holds the whole site."""

    def __init__(
        self,
        order: Order,
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
        self._twins = bool(options["twins"])
        self._papers = replace(settings, site_url=order.site_url) if options["papers"] else None
        if self._papers is not None:
            from charterbook.site.output.paper_files import offered_papers

            self.renderer.papers = offered_papers()
        self._assets: Mapping[str, str] = {}
        self._asset_names = AssetNames("")
        self._absent = order.edition.absent | (order.items_in_nav - order.edition.pages.by_uri.keys())
        self._other_versions_pages = order.edition.absent & order.pages_of_any_version
        self._levels: dict[str, InclusionLevel] = {}
        self._own_nav: OwnNav | None = None
        self._sources: content_policy.Sources | None = None
        self._harmless: dict[str, str] = {}
        if site_build is not None:
            for message in messages(config, order.edition.charter):
                log.info("%s", message)
            if not config.use_directory_urls:
                log.warning("%s", _FLAT)
        self._site_name = str(config.site_name)
        self.renderer.site_name = self._site_name
        self._set = theme_config.configure(config, order, self.renderer)
        self._gets_small_stylesheet = theme_config.adds_nothing(config)
        self._depths = toc_depths(config)
        self._colours = page_head.theme_colours(config)
        git_info.install()
        plugin_events.mute_lists(config)

    def confirm(self, config: MkDocsConfig) -> None:
        """Restore the required settings that a later plugin has changed, and warn of it."""
        for name, value in self._set.items():
            if config[name] != value:
                if name == "use_directory_urls":
                    log.warning(_FLAT)
                else:
                    log.warning(_TOO_LATE, name, config[name])
                config[name] = value

    def files(self, files: Files, config: MkDocsConfig) -> Files:
        """Files of this version, without theme assets, which are stored once at the root."""
        git_info.uninstall()
        files, assets = arrange(files, config, self.renderer.edition, self._other_versions_pages)
        icon = page_head.icon_of(config, self._site_name)
        names = self._asset_names = name_assets(assets, icon)
        self.renderer.asset_folder = names.folder
        self._assets = {path: names.published(path) for path in (*assets, STYLESHEET, page_head.ICON)}
        if self._site_build is not None:
            self._site_build.copy_assets(assets, names)
            page_head.write_icon(self._site_build.staging, icon)
        _install_patches(macros_environment(config))
        install_charter_text(macros_environment(config))
        search_index.install(theme_config.search_plugin(config))
        filter_redirects(config, self._other_versions_pages)
        return files

    def navigation(self, files: Files, config: MkDocsConfig) -> Files:
        """Restrict `nav` to the version, after all plugins; create a default where there is none."""
        set_exclusions(files, config)
        if self._site_build is not None:
            self._site_build.start_workers(config)
        else:
            config.validation.nav.omitted_files = (
                logging.DEBUG
            )  # logged once, by the build of the newest version
        self._levels = hide_from_nav(files, self._other_versions_pages)
        edition = self.renderer.edition
        if config.nav is None:
            listed = [file.src_uri for file in files.documentation_pages() if file.inclusion.is_in_nav()]
            config.nav = default_nav(self.renderer, dict.fromkeys(listed))
            self._own_nav = OwnNav(config.nav, config)
        else:
            if self._site_build is not None:
                found = self._site_build.handbook_data
                report_nav_problems(config.nav, in_navigation(found.docs, config), found.editions, config)
            config.nav = NavFilter(edition.pages, self._absent, absolute_paths_mean_docs(config)).filtered(
                config.nav
            )
        leave_out_unlisted(config.nav, files, edition.pages)
        if self._own_nav is not None and self._own_nav.may_be_arranged:
            self._show_in_nav(files)
            config.nav = None
        return files

    def _show_in_nav(self, files: Files) -> None:
        """Let plugins see pages of other versions, so that they do not warn of names without a page."""
        for file in files:
            file.inclusion = self._levels.get(file.src_uri, file.inclusion)

    def nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Offer the navigation to plugins before their changes; Charterbook's own is no setting of the author."""
        self._show_in_nav(files)
        if self._own_nav is not None:
            self._own_nav.offer(nav)
            config.nav = None
        return nav

    def finish_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Remove pages of other versions, and place Charterbook's navigation where no plugin has changed it."""
        is_own = self._own_nav is not None and self._own_nav.is_unchanged(nav)
        leave_out_absent(nav, files, self._other_versions_pages)
        if self._own_nav is not None and is_own:
            self._own_nav.place(nav, files)
        return nav

    def env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Add the filters and globals of Charterbook's templates, also to environments that plugins create."""
        self._prepare_environment(config, env)
        theme_files.equip_environments(config, partial(self._prepare_environment, config))
        if self._site_build is not None and self._site_build.site.serving and is_on("unchanged-pages"):
            serve_cache.install_serve_cache(env, config, self._site_build.build_state.common)
        return env

    def _prepare_environment(self, config: MkDocsConfig, env: Environment) -> None:
        """Link theme assets at the root of the site."""
        _install_patches(env)
        fragments.install(env, theme_config.THEME)
        env.filters["url"] = theme_config.url_filter(self._assets)
        env.filters["script_tag"] = theme_config.script_tag_filter(self._assets)
        env.globals["charterbook"] = self._shared_context | {
            "error_page": root_files.ERROR_PAGE,
            "sitemap": partial(self._sitemap, config),
        }

    def markdown(self, markdown: str, page: MkDocsPage) -> str:
        """Switch the renderer to a page; the variable `item` is the item of the page."""
        self.renderer.open(page_of(page.file.src_uri, self.renderer.edition))
        if self.renderer.item is not None:
            page.meta["item"] = safe_value(self.renderer.item)
            mark_retired(page, self.renderer)
        if self.renderer.page is not None and self.renderer.page.older is not None:
            page.meta["older"] = self.renderer.page.older
        return markdown

    def content(self, html: str, page: MkDocsPage) -> str:
        """Fill the placeholders of the macros."""
        content = show_charter_text(self.renderer.fill(html))
        suspicious = content_policy.is_suspicious(html)
        if self.renderer.settings.content_security_policy is not None:
            content = content_policy.with_alignment_by_class(content)
        known = toc_of(page, show_charter_text)
        set_toc(page, self.renderer.contents(html, known, self._depths), {*anchors(content), TIMELINE})
        page.meta.pop("item", None)
        page.meta.pop("older", None)
        page.title = self._title(page, content)
        if not suspicious:
            self._harmless[page.file.src_uri] = content
        return content

    def write_twin(self, html: str, page: MkDocsPage) -> None:
        """Write a page as Markdown beside it, if the settings say so."""
        if self._twins:
            write_twin(Path(page.file.abs_dest_path), html, str(page.title))

    def _title(self, page: MkDocsPage, content: str) -> Markup:
        """Title of a page. It is HTML already, unless MkDocs derived it from a file name."""
        if "title" in page.meta:
            return Markup(as_text(str(page.title)))
        if self.renderer.item is not None:
            return escape(self.renderer.item.label)
        return Markup(as_text(str(page.title))) if "<h1" in content else escape(original(str(page.title)))

    def _head_title(self, page: MkDocsPage, config: MkDocsConfig) -> Markup:
        """Title of a page for an attribute."""
        title = config.site_name if page.is_homepage or not page.title else page.title
        return escape(Markup(title).striptags())

    def _sitemap(self, config: MkDocsConfig, pages: Iterable[File]) -> str:
        """A sitemap of pages of this version, for the template of that name."""
        urls = {str(file.page.url) for file in pages if file.page is not None}
        return edition_sitemap(self.renderer.edition, config.site_url, urls)

    @property
    def _shared_context(self) -> dict[str, Any]:
        """Template variables without a page, such as for a 404.html."""
        return {
            "edition": self.renderer.edition,
            "version": self.renderer.title,
            "strings": self.renderer.strings,
            "header": self.renderer.header,
            "colours": self._colours,
            "sheet": self.renderer.sheet,
            "search_worker": PurePosixPath(self._asset_names.worker).name,
        } | {
            "notice": "",
            "top": "",
            "head": [],
            "foot": "",
            "feeds": [],
            "twin": "",
        }

    def context(self, context: TemplateContext, page: MkDocsPage, config: MkDocsConfig) -> TemplateContext:
        """Template variables around the content of a page: notices, dates, the same page in other versions."""
        own = page_of(page.file.src_uri, self.renderer.edition)
        self.renderer.open(own)
        page.canonical_url = theme_config.canonical(config, self.renderer.edition, str(page.url))
        page.meta["description"] = escape(theme_config.description(self.renderer, page, config, plain))
        variables = {
            **self._shared_context,
            "notice": self.renderer.template("notice.html"),
            "top": self.renderer.template("page-top.html"),
            "head": [*page_head.open_graph(page, escape(self._site_name), self._head_title(page, config))],
            "foot": self.renderer.template("page-foot.html"),
            "feeds": [
                {"title": feed.title, "href": self.renderer.href(f"../{feed.scope.address}")}
                for feed in feeds_of(self.renderer.edition, own)
            ],
            "twin": TWIN if self._twins else "",
        }
        cast(dict[str, Any], context)["charterbook"] = variables
        return context

    def with_policy(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        """A page with the stylesheet that it needs, and with its Content-Security-Policy, unless mkdocs.yml switches it off."""
        if self._gets_small_stylesheet:
            output = with_small(output)
        given = self.renderer.settings.content_security_policy
        if given is None:
            return output
        if self._sources is None:
            scripts, styles = map(str, config.extra_javascript), config.extra_css
            self._sources = content_policy.sources_of(
                given, scripts, styles, fonts=bool(config.theme["font"])
            )
        content = page.content or ""
        suspicious = content != self._harmless.pop(page.file.src_uri, None)
        return content_policy.with_policy(
            output, self._sources, config.site_url, content, suspicious=suspicious
        )

    def template_context(self, context: TemplateContext, name: str, config: MkDocsConfig) -> TemplateContext:
        """Configure an error page, which is served from the root at any depth, for the newest version."""
        if is_error_template(name):
            site_url = (config.site_url or "/").removesuffix(f"{self.renderer.edition.name}/")
            base = (
                urlsplit(site_url).path + (DRAFT if self.renderer.edition.state == "draft" else LATEST) + "/"
            )
            context["base_url"] = base
            context["extra_css"] = [normalize_url(path, None, base) for path in config.extra_css]
        return context

    def abandon(self) -> None:
        """Abort, and undo all replacements of this build."""
        git_info.uninstall()

    def finish(self, config: MkDocsConfig) -> None:
        """Remove files that belong only to the root, write those for programs and its provenance, and cache the comparisons."""
        folder, renderer = Path(config.site_dir), self.renderer
        root_files.finish_edition(folder)
        add_search_terms(folder, renderer.edition)
        if self._papers is not None:
            from charterbook.site.output.paper_files import write_papers

            write_papers(folder, renderer.edition, self._papers)
        program_files.write_data(folder, renderer.edition, renderer.comparison, twins=self._twins)
        if not self._serving:
            provenance.write_of_version(folder, renderer.edition)
        if self._site_build is not None and self.renderer.comparisons is not None:
            self.renderer.comparisons.save()


def _install_patches(env: Environment) -> None:
    """Install the bytecode cache and fast template calls in an environment."""
    env.bytecode_cache = PAGES
    text_templates.install(env, PAGES)
    jinja_calls.install(env)
