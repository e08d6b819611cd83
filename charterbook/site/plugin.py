"""The plugin: what MkDocs calls, and when. It decides nothing that another room can decide.

A build that a person starts is planned here (`on_config`): MkDocs itself builds one version, the draft
or the newest; the others come from the cache or from workers, which load this same plugin with an order.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, cast

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config import config_options as opt
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

from charterbook.errors import CharterbookError
from charterbook.forge import KINDS
from charterbook.problems import inert as one_line
from charterbook.rules import Levels
from charterbook.settings import settings_from
from charterbook.site import markdown as markdown_memory
from charterbook.site import material, place, search
from charterbook.site.blocks import TIMELINE, Desk, anchors
from charterbook.site.build import Order, collect_rarely
from charterbook.site.compiled import PAGES
from charterbook.site.context import lighten
from charterbook.site.feeds import feeds_of
from charterbook.site.files import arrange, page_of
from charterbook.site.lean import lean
from charterbook.site.macros import forget_modules
from charterbook.site.nav import keep_titles, navigation
from charterbook.site.plan import Plan
from charterbook.site.styles import STYLESHEET, marks_of
from charterbook.site.survey import make_plan
from charterbook.site.text import inert, plain
from charterbook.site.views import Repository
from charterbook.site.watching import quicken

log = logging.getLogger("mkdocs.plugins.charterbook")


class PluginConfig(Config):
    """The settings under `plugins: - charterbook:` in mkdocs.yml."""

    charter = opt.Type(str, default="charter.yml")
    """The charter's file, seen from mkdocs.yml."""
    branch = opt.Optional(opt.Type(str))
    """The branch whose history is published."""
    tag_prefix = opt.Type(str, default="")
    """What stands before the version in the name of a tag that pins it."""
    period = opt.Choice(("quarter", "month", "half", "year"), default="quarter")
    """How long a version lasts."""
    fiscal_year_start = opt.Choice(tuple(range(1, 13)), default=1)
    """The month in which the year begins."""
    timezone = opt.Type(str, default="UTC")
    """The time zone in which a commit's day is reckoned."""
    severity = opt.Optional(opt.Type(dict))
    """How grave changes are, where it is not as Charterbook has it: patterns of paths, each with a severity."""
    forge = opt.Optional(opt.Choice(KINDS))
    """What kind of forge `repo_url` is, where its host's name does not tell."""
    owners = opt.Optional(opt.Type(dict))
    """Which roles answer for what: patterns of paths, each with one role or several."""
    signers = opt.Optional(opt.Type(dict))
    """Which roles have to agree to a commitment: patterns of paths, each with one role or several."""
    handles = opt.Optional(opt.Type(dict))
    """Which accounts at the forge play a role: roles, each with one account or several."""
    rules = opt.Optional(opt.Type(dict))
    """How grave rules about good charters are taken: names of rules, each error, warning, hint or off."""
    cache = opt.Type(bool, default=True)
    """Whether finished versions are kept in .cache/charterbook/."""


class CharterbookPlugin(BasePlugin[PluginConfig]):
    """Makes a versioned handbook from charter.yml and its git history."""

    def __init__(self) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self.plan: Plan | None = None
        self.command: Literal["build", "gh-deploy", "serve"] = "build"
        self._order: Order | None = None
        self._assets: frozenset[str] = frozenset()
        self._marks: set[str] = set()
        self._own_nav = True

    @contextmanager
    def assigned(self, order: Order) -> Iterator[None]:
        """While this lasts, a build makes the edition that is ordered, and nothing else."""
        before = (self._order, self.desk, self._assets)
        self._order = order
        try:
            yield
        finally:
            self._order, self.desk, self._assets = before

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether the site is being served."""
        if self._order is None:
            self.command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Plan the site, or take the order, and turn the configuration to one version."""
        material.check(config)
        material.quieten()
        if self._order is None:
            material.assets_in.cache_clear()
            markdown_memory.forget()
            material.ask_git_once()
            collect_rarely()
            forget_modules(Path(config.config_file_path).parent)
            try:
                self.plan = make_plan(config, dict(self.config), serving=self.command == "serve")
            except CharterbookError as error:
                raise PluginError("\n".join(map(one_line, str(error).splitlines()))) from error
            order = self.plan.begin()
        else:
            order = self._order
        if order is None:
            self.desk = None
            assert self.plan is not None
            material.configure_nothing(config, self.plan.staging)
            return config
        self.desk = Desk(
            order.edition,
            Repository.of(config, order.branch, order.path),
            self.config.severity or {},
            cast(Levels, dict(settings_from(dict(self.config)).rules)),
        )
        self._marks = set()
        material.configure(config, order, self.desk)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """The pages that this version has, and no theme assets: these stand once at the root."""
        if self.desk is None:
            return Files([])
        files, assets = arrange(files, config, self.desk.edition)
        self._assets = frozenset([*assets, STYLESHEET])
        if self._order is None and self.plan is not None:
            self.plan.copy_assets(assets)
        env: Environment = config.plugins["macros"].env  # type: ignore[attr-defined]
        PAGES.serve(env)
        lighten(env)
        search.share(config)
        self._own_nav = config.nav is None
        config.nav = navigation(config.nav, self.desk)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Charterbook's own groups keep their titles."""
        if self._own_nav:
            keep_titles(nav)
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Theme assets are looked for at the root of the site."""
        env.filters["url"] = material.url_filter(self._assets)
        return env

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Turn the desk to the page; what an item's page is about becomes the variable `item`."""
        assert self.desk is not None
        markdown_memory.remember(page)
        self.desk.open(page_of(page.file.src_uri, self.desk.edition))
        if self.desk.item is not None:
            page.meta["item"] = inert(self.desk.item)
        if self.desk.page is not None and self.desk.page.older is not None:
            page.meta["older"] = self.desk.page.older
        return markdown

    @event_priority(100)
    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Fill the slots that the macros left."""
        assert self.desk is not None
        content = self.desk.fill(html)
        page.toc = get_toc(self.desk.contents(content))
        page.present_anchor_ids = (page.present_anchor_ids or set()) | anchors(content) | {TIMELINE}
        item = self.desk.item
        page.meta.pop("item", None)
        page.meta.pop("older", None)
        # A title is HTML, but for the one that MkDocs makes from a file's name.
        named = "title" in page.meta or "<h1" in content
        page.title = Markup(escape(item.label) if item else page.title if named else escape(page.title))
        return content

    @event_priority(100)
    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """What stands around the content of every page: notices, dates, the same page elsewhere."""
        assert self.desk is not None
        own = page_of(page.file.src_uri, self.desk.edition)
        self.desk.open(own)
        page.canonical_url = material.canonical(config, self.desk.edition, own)
        around = {
            "edition": self.desk.edition,
            "version": self.desk.title,
            "notice": self.desk.template("notice.html"),
            "foot": self.desk.template("page-foot.html"),
            "strings": self.desk.strings,
            "description": escape(material.description(self.desk, page, plain)),
            "feeds": [
                {"title": feed.title, "href": self.desk.href(f"../{feed.scope.address}")}
                for feed in feeds_of(self.desk.edition, own)
            ],
        }
        cast(dict[str, Any], context)["charterbook"] = around
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Note what the page needs of the stylesheet, and let go of what nobody sees."""
        self._marks |= marks_of(output)
        return lean(output)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what belongs to the version; then, if this build was the first, finish the site."""
        if self.desk is not None:
            place.finish_edition(Path(config.site_dir), self.desk.edition, config.site_url, self._marks)
        if self._order is None and self.plan is not None:
            self.plan.finish(config)

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:
        """A failed build leaves the old site as it is; that there is no room for the new one is said in a line."""
        if self._order is None and self.plan is not None:
            self.plan.abandon()
            told = place.unwritable(error, self.plan.staging, self.plan.site.target)
            if told is not None:
                raise PluginError(told) from error

    def on_shutdown(self) -> None:
        """Nothing of a build that a plugin ended by itself stays behind."""
        if self._order is None and self.plan is not None:
            self.plan.abandon()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Charter, macros and whatever else stands beside mkdocs.yml are watched as docs/ is."""
        quicken(server)
        root = Path(config.config_file_path).parent
        server.watch(str(root), recursive=False)
        charter = (root / self.config.charter).parent
        if charter != root and charter.is_dir():
            server.watch(str(charter), recursive=False)
        return server
