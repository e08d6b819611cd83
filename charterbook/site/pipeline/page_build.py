"""Build of the pages of a version through MkDocs' events."""

from __future__ import annotations

import logging
from collections.abc import Collection, MutableMapping
from pathlib import Path
from typing import Any, Self, cast
from urllib.parse import urlsplit

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from charterbook.problems import escape_terminal
from charterbook.site.author_errors import PageSource
from charterbook.site.feeds import feeds_of
from charterbook.site.macros import warn_about_hidden_macros, warn_about_macros_as_text
from charterbook.site.mkdocs_compat.fragments import note_finished
from charterbook.site.mkdocs_compat.toc import set_toc, toc_depths, toc_of
from charterbook.site.output import content_policy, policy_sources
from charterbook.site.output.asset_names import AssetNames
from charterbook.site.output.blocked_parts import BlockedParts
from charterbook.site.pipeline import page_head, theme_config
from charterbook.site.pipeline.additions import PageStyles
from charterbook.site.pipeline.nav import mark_retired, title_from_name
from charterbook.site.pipeline.nav_pages import nav_pages
from charterbook.site.pipeline.version_files import page_of
from charterbook.site.render.charter_text import original, safe_value
from charterbook.site.render.charter_text_html import as_text, show_charter_text
from charterbook.site.render.code_links import script_for_code, without_empty_links
from charterbook.site.render.page_headings import anchors
from charterbook.site.render.page_twin import TWIN, write_twin
from charterbook.site.render.renderer import TIMELINE, PageRenderer
from charterbook.site.render.safe_text import plain, with_unbroken_title
from charterbook.site.render.task_labels import with_task_labels

log = logging.getLogger("mkdocs.plugins.charterbook")


class PageBuild:
    """Build of the pages of one version. `asset_names` are the names of its styles and scripts, once they are known."""

    def __init__(
        self,
        renderer: PageRenderer,
        config: MkDocsConfig,
        other_versions_pages: Collection[str],
        *,
        twins: bool,
    ) -> None:
        self._renderer, self._twins, self._site_name = renderer, twins, renderer.site_name
        self._nav_pages = nav_pages(config, other_versions_pages)
        self.asset_names = AssetNames("")
        self._styles = PageStyles(config)
        self._depths = toc_depths(config)
        self._colours = page_head.theme_colours(config)
        self._sources: policy_sources.Sources | None = None
        self._harmless: dict[str, str] = {}
        self._blocked = BlockedParts(dict(renderer.settings.content_security_policy or ()))
        self._own_meta: dict[str, Any] = {}

    def set_canonical(self, page: MkDocsPage, config: MkDocsConfig) -> None:
        """Set the canonical address of a page, unless a plugin has set one outside the version or removed it."""
        given, root = page.canonical_url, config.site_url
        if given and root and given.startswith(root):
            url = given.removeprefix(root)
            page.canonical_url = theme_config.canonical(config, self._renderer.edition, url)

    def markdown(self, markdown: str, page: MkDocsPage) -> str:
        """Switch the renderer to a page; the variable `item` is the item of the page."""
        opened = page_of(page.file.src_uri, self._renderer.edition)
        self._renderer.open(opened, str(page.url))
        file = page.file.abs_src_path
        self._renderer.source = PageSource(
            f"docs/{opened.source}" if file else opened.source,
            Path(file) if file else None,
            page.markdown or "",
        )
        warn_about_hidden_macros(page.file.src_uri, markdown, page.meta)
        self._own_meta = dict(page.meta)
        if self._renderer.item is not None:
            page.meta["item"] = safe_value(self._renderer.item)
            mark_retired(page, self._renderer)
        if self._renderer.page is not None and self._renderer.page.older is not None:
            page.meta["older"] = self._renderer.page.older
        return self._nav_pages.without_absent(markdown, page.file.src_uri)

    def content(self, html: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Fill the placeholders of the macros."""
        warn_about_macros_as_text(page, html, config, self._renderer.source)
        content = show_charter_text(self._renderer.fill(html))
        content = without_empty_links(with_task_labels(content, self._renderer.words))
        suspicious = content_policy.is_suspicious(html)
        if self._renderer.settings.content_security_policy is not None:
            content = content_policy.with_styles_by_rule(content)
        known = toc_of(page, show_charter_text)
        set_toc(page, self._renderer.contents(html, known, self._depths), {*anchors(content), TIMELINE})
        self._restore_meta(page.meta)
        page.title = self._title(page, content)
        content = with_unbroken_title(content)
        if not suspicious:
            self._harmless[page.file.src_uri] = content
        return content

    def _restore_meta(self, meta: MutableMapping[str, Any]) -> None:
        """Restore the author's values of the variables that macros of the page had."""
        for name in ("item", "older"):
            meta.pop(name, None)
            if name in self._own_meta:
                meta[name] = self._own_meta[name]

    def write_twin(self, page: MkDocsPage) -> None:
        """Write a page as Markdown beside it, if the settings say so."""
        if self._twins:
            write_twin(Path(page.file.abs_dest_path), page.content or "", str(page.title))

    def _title(self, page: MkDocsPage, content: str) -> Markup:
        """Title of a page. It is HTML already, unless MkDocs derived it from a file name."""
        written = _Title(as_text(str(page.title)))
        if "title" in page.meta:
            return written
        if self._renderer.item is not None:
            return escape(self._renderer.item.label)
        if "<h1" in content or str(page.title) != title_from_name(page.file.name):
            return written  # it is from a heading, from `nav`, or from a plugin or hook
        return escape(escape_terminal(original(str(page.title))))

    def _head_title(self, page: MkDocsPage, config: MkDocsConfig) -> Markup:
        """Title of a page for an attribute."""
        title = config.site_name if page.is_homepage or not page.title else page.title
        return escape(Markup(title).striptags())

    def context(self, context: TemplateContext, page: MkDocsPage, config: MkDocsConfig) -> TemplateContext:
        """Template variables around the content of a page: notices, dates, the same page in other versions."""
        own = page_of(page.file.src_uri, self._renderer.edition)
        self._renderer.open(own, str(page.url))
        if self._renderer.settings.content_security_policy is not None:
            page.content = content_policy.with_styles_by_rule(
                page.content or ""
            )  # plugins add lists of tags later
        page.meta["description"] = escape(theme_config.description(self._renderer, page, config, plain))
        variables = {
            **self.shared_context,
            "notice": self._renderer.template("notice.html"),
            "top": self._renderer.template("page-top.html"),
            "head": [*page_head.open_graph(page, escape(self._site_name), self._head_title(page, config))],
            "foot": self._renderer.template("page-foot.html")
            + script_for_code(page.content or "", self._renderer),
            "feeds": [
                {"title": feed.title, "href": self._renderer.href(f"../{feed.scope.address}")}
                for feed in feeds_of(self._renderer.edition, own)
            ],
            "twin": TWIN if self._twins else "",
        }
        cast(dict[str, Any], context)["charterbook"] = variables
        return context

    def with_policy(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        """A page with its stylesheet, and with its Content-Security-Policy unless mkdocs.yml switches that off."""
        note_finished(page)
        output = _with_relative_links(output, page, config)
        output = self._styles.of(output, page.file.abs_dest_path)
        given = self._renderer.settings.content_security_policy
        if given is None:
            return output
        if self._sources is None:
            scripts, styles = map(str, config.extra_javascript), config.extra_css
            self._sources = policy_sources.sources_of(
                given, scripts, styles, fonts=bool(config.theme["font"])
            )
        content = page.content or ""
        suspicious = content != self._harmless.pop(page.file.src_uri, None)
        if "mermaid" in content and not self._draws_diagrams(config):
            shown = content_policy.with_diagrams_as_text(content, self._blocked)
            output, content = output.replace(content, shown), shown
        return content_policy.with_policy(
            output,
            self._sources,
            config.site_url,
            content,
            suspicious=suspicious,
            known=self._blocked,
        )

    def _draws_diagrams(self, config: MkDocsConfig) -> bool:
        assert self._sources is not None
        return content_policy.draws_diagrams(self._sources, map(str, config.extra_javascript))

    def finish(self) -> None:
        """Link common stylesheets in all written pages if they share them, and log what would allow all blocked parts."""
        self._styles.finish()
        if self._blocked.advice:
            log.info("%s", self._blocked.advice)

    @property
    def shared_context(self) -> dict[str, Any]:
        """Template variables without a page, such as for a 404.html."""
        return {
            "edition": self._renderer.edition,
            "version": self._renderer.title,
            "strings": self._renderer.strings,
            "header": self._renderer.header,
            "colours": self._colours,
            "sheet": self._renderer.sheet,
            "search_worker": self.asset_names.worker.rpartition("/")[2],
        } | {
            "notice": "",
            "top": "",
            "head": [],
            "foot": "",
            "feeds": [],
            "twin": "",
        }


class _Title(Markup):
    """A title in HTML, whose quotation marks `| e` escapes: templates write it in attributes, too."""

    def __html__(self) -> Self:
        return type(self)(str(self).replace('"', "&quot;"))


def _with_relative_links(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """A page whose head and header have relative links to its version, so that they stay under latest/.

    Plugins make others from the path of `site_url`, for example to the same page in another language. Links in the
    text of a page are the author's.
    """
    version = urlsplit(config.site_url or "").path
    head, text, rest = output.partition("<article")
    links = f'href="{version}'
    if not version or not text or links not in head:
        return output
    return head.replace(links, f'href="{"../" * str(page.url).count("/") or "./"}') + text + rest
