"""Handlers of the plugin for the events of each page: macros, twins, context and policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files

from charterbook.site.plugin_config import PluginConfig
from charterbook.site.timings import lap

if TYPE_CHECKING:
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from charterbook.site.pipeline.version_build import VersionBuild


class PageEvents(BasePlugin[PluginConfig]):
    """Base class of the plugin with its handlers of page events."""

    def __init__(self) -> None:
        super().__init__()
        self._version_build: VersionBuild | None = None

    @property
    def _build(self) -> VersionBuild:
        """The build of the current version, while it builds pages."""
        assert self._version_build is not None
        return self._version_build

    @event_priority(1000)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Set the canonical address, before plugins read or change it."""
        self._build.pages.set_canonical(page, config)
        return page

    @event_priority(100)
    def _page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Switch the renderer to the page."""
        found = self._build.pages.markdown(markdown, page)
        lap(None)
        return found

    @event_priority(-100)
    def _rendered_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        lap("macros of pages")
        return markdown

    on_page_markdown = CombinedEvent(_page_markdown, _rendered_markdown)

    @event_priority(100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fill the placeholders of the macros."""
        lap("Markdown")
        return self._build.pages.content(html, page, config)

    @event_priority(100)
    def _page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Template variables around the content of a page."""
        found = self._build.pages.context(context, page, config)
        lap(None)
        return found

    @event_priority(-100)
    def _indexed_page(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        lap("search")
        return context

    on_page_context = CombinedEvent(_page_context, _indexed_page)

    @event_priority(-100)
    def _rendered_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Count the rendering time of the page's template."""
        lap("theme templates")
        return output

    @event_priority(-10_000)
    def _page_with_policy(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Add the Content-Security-Policy, and write the Markdown twin, after plugins that change or encrypt the page."""
        if self._version_build is None:
            return output
        self._version_build.pages.write_twin(page)
        return self._version_build.pages.with_policy(output, page, config)

    on_post_page = CombinedEvent(_rendered_page, _page_with_policy)
