"""Builds one version in MkDocs' events: what each of them has to do once there is a version to build."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from charterbook.log import KeptComparisons
from charterbook.rules import Levels
from charterbook.settings import settings_from
from charterbook.site import material, place, served
from charterbook.site.blocks import TIMELINE, Desk, anchors
from charterbook.site.build import Order
from charterbook.site.compiled import PAGES
from charterbook.site.differences import messages
from charterbook.site.feeds import feeds_of
from charterbook.site.files import arrange, page_of
from charterbook.site.macros import forget_modules
from charterbook.site.mkdocs_compat import (
    fragments,
    git_info,
    jinja_calls,
    macros_events,
    search_index,
    text_templates,
    theme_files,
)
from charterbook.site.mkdocs_compat.macros_environment import macros_environment
from charterbook.site.mkdocs_compat.registry import is_on
from charterbook.site.mkdocs_compat.toc import set_toc
from charterbook.site.nav import keep_titles, navigation
from charterbook.site.plan import Plan
from charterbook.site.reading import make_plan
from charterbook.site.styles import STYLESHEET
from charterbook.site.survey import Survey
from charterbook.site.text import inert, plain
from charterbook.site.views import Repository

log = logging.getLogger("mkdocs.plugins.charterbook")


def plan(survey: Survey, config: MkDocsConfig, options: Mapping[str, Any]) -> Plan:
    """The plan of a whole site; what builds before this one have left in memory, and may have changed since, is forgotten.

    Raises CharterbookError.
    """
    theme_files.assets_in.cache_clear()
    git_info.forget()
    return make_plan(survey, config, options)


def first(whole: Plan, config: MkDocsConfig, options: Mapping[str, Any]) -> Builder | None:
    """Begin a site with what builds the version that is MkDocs' own, None where there is no version."""
    order = whole.begin()
    return None if order is None else Builder(order, config, options, whole)


class Builder:
    """What builds the version of an order; the first build of a site also has its plan."""

    def __init__(
        self, order: Order, config: MkDocsConfig, options: Mapping[str, Any], whole: Plan | None = None
    ) -> None:
        self.desk = Desk(
            order.edition,
            Repository.of(config, order.branch, order.path),
            options["severity"] or {},
            cast(Levels, dict(settings_from(dict(options)).rules)),
            KeptComparisons(order.comparisons) if order.comparisons else None,
        )
        self._whole = whole
        self._assets: frozenset[str] = frozenset()
        self._own_nav = True
        if whole is not None:
            for message in messages(config, order.edition.charter):
                log.info("%s", message)
        material.configure(config, order, self.desk)
        git_info.install()
        macros_events.mute_lists(config)

    def files(self, files: Files, config: MkDocsConfig) -> Files:
        """The pages that this version has, and no theme assets: these stand once at the root."""
        git_info.uninstall()
        files, assets = arrange(files, config, self.desk.edition)
        self._assets = frozenset([*assets, STYLESHEET])
        if self._whole is not None:
            self._whole.copy_assets(assets)
        _quicken(macros_environment(config))
        search_index.install(material.plugin_of(config))
        self._own_nav = config.nav is None
        config.nav = navigation(config.nav, self.desk)
        return files

    def nav(self, nav: Navigation) -> Navigation:
        """Charterbook's own groups keep their titles."""
        if self._own_nav:
            keep_titles(nav)
        return nav

    def env(self, env: Environment, config: MkDocsConfig) -> Environment:
        """Theme assets are looked for at the root of the site."""
        _quicken(env)
        fragments.install(env, material.THEME)
        env.filters["url"] = material.url_filter(self._assets)
        env.filters["script_tag"] = material.script_tag_filter(self._assets)
        env.globals["charterbook"] = self._around
        if self._whole is not None and self._whole.site.serving and is_on("unchanged-pages"):
            served.remember(env, config, self._whole.survey.common)
        return env

    def markdown(self, markdown: str, page: MkDocsPage) -> str:
        """Turn the desk to the page; what an item's page is about becomes the variable `item`."""
        self.desk.open(page_of(page.file.src_uri, self.desk.edition))
        if self.desk.item is not None:
            page.meta["item"] = inert(self.desk.item)
        if self.desk.page is not None and self.desk.page.older is not None:
            page.meta["older"] = self.desk.page.older
        return markdown

    def content(self, html: str, page: MkDocsPage) -> str:
        """Fill the slots that the macros left."""
        content = self.desk.fill(html)
        set_toc(page, self.desk.contents(content), {*anchors(content), TIMELINE})
        page.meta.pop("item", None)
        page.meta.pop("older", None)
        page.title = self._title(page, content)
        return content

    def _title(self, page: MkDocsPage, content: str) -> Markup:
        """The title of a page. It is HTML already, unless MkDocs has made it from a file's name."""
        if "title" in page.meta:
            return Markup(page.title)
        if self.desk.item is not None:
            return escape(self.desk.item.label)
        return Markup(page.title) if "<h1" in content else escape(page.title)

    @property
    def _around(self) -> dict[str, Any]:
        """What templates may ask for beside a page: all that there is for those of no page, such as a 404.html."""
        return {"edition": self.desk.edition, "version": self.desk.title, "strings": self.desk.strings} | {
            "notice": "",
            "foot": "",
            "feeds": [],
        }

    def context(self, context: TemplateContext, page: MkDocsPage, config: MkDocsConfig) -> TemplateContext:
        """What stands around the content of every page: notices, dates, the same page elsewhere."""
        own = page_of(page.file.src_uri, self.desk.edition)
        self.desk.open(own)
        page.canonical_url = material.canonical(config, self.desk.edition, own)
        page.meta["description"] = escape(material.description(self.desk, page, config, plain))
        around = {
            **self._around,
            "notice": self.desk.template("notice.html"),
            "foot": self.desk.template("page-foot.html"),
            "feeds": [
                {"title": feed.title, "href": self.desk.href(f"../{feed.scope.address}")}
                for feed in feeds_of(self.desk.edition, own)
            ],
        }
        cast(dict[str, Any], context)["charterbook"] = around
        return context

    def abandon(self) -> None:
        """Give up: nothing that was replaced for this build stays so."""
        git_info.uninstall()
        self._forget()

    def finish(self, config: MkDocsConfig) -> None:
        """Write what belongs to the version beside its pages."""
        place.finish_edition(Path(config.site_dir), self.desk.edition, config.site_url)
        if self._whole is not None and self.desk.kept is not None:
            self.desk.kept.save()
        self._forget()

    def _forget(self) -> None:
        """While serving, have the next build read the handbook's own modules anew: hooks and macros share them."""
        if self._whole is not None and self._whole.site.serving:
            forget_modules(self._whole.site.root)


def _quicken(env: Environment) -> None:
    """Have the templates of an environment share what is compiled, and call macros in a short way."""
    env.bytecode_cache = PAGES
    text_templates.install(env, PAGES)
    jinja_calls.install(env)
