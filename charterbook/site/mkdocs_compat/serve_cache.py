"""Page cache for serving: the HTML of unchanged pages is reused, and only other pages are rendered.

Most pages do not change after an edit, so their templates need not be rendered. That is known only
if no plugins other than Charterbook, mkdocs-macros and Material's search change pages, no template
is an author's own, and the navigation is Charterbook's; otherwise all pages are rendered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import Environment, Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from charterbook.site.incremental.fingerprint import settings_of
from charterbook.site.known_plugins import KNOWN_PLUGINS
from charterbook.site.mkdocs_compat.fragments import SHOWN

#: Key of each page's inputs at its last rendering, and its HTML.
_shown: dict[str, tuple[tuple[str, ...], str]] = {}


def install_serve_cache(env: Environment, config: MkDocsConfig, common: str) -> None:
    """Render only changed pages in an environment; `common` is a hash of the inputs common to all pages."""
    if set(config.plugins) - KNOWN_PLUGINS or config.hooks or config.theme.custom_dir:
        return
    pruned = {"navigation.prune", "navigation.sections"} <= set(config.theme["features"])
    if not pruned or "navigation.tabs" in config.theme["features"]:
        return

    settings: list[str] = []

    class Remembering(Template):
        def render(self, *args: Any, **kwargs: Any) -> str:
            context: Mapping[str, Any] = args[0] if args else {}
            page = context.get("page")
            if page is None or "charterbook" not in context:
                return super().render(*args, **kwargs)
            if not settings:  # macros have set them by now
                settings.append(settings_of(config))
            site = (common, *settings, str(config.site_url))
            made_of = (str(self.name), *site, *_listed(context["nav"]), *_context_key(context, page))
            if page.url not in _shown or _shown[page.url][0] != made_of:
                _shown[page.url] = (made_of, super().render(*args, **kwargs))
            return _shown[page.url][1]

    env.template_class = Remembering


def _context_key(context: Mapping[str, Any], page: Page) -> Iterable[str]:
    """All values of a page and its context that the templates of Material and Charterbook use."""
    variables = {name: value for name, value in context["charterbook"].items() if name != "edition"}
    neighbours = [other and (other.url, str(other.title)) for other in (page.previous_page, page.next_page)]
    of_page = (page.url, page.title, page.meta, page.canonical_url, page.edit_url, page.active, neighbours)
    return (
        str(page.content),
        *_headings(page.toc),
        repr(of_page),
        context["charterbook"]["edition"].state,
        repr(variables),
    )


def _headings(entries: Iterable[Any]) -> Iterable[str]:
    """Entries of a table of contents; their titles can differ from those of the headings."""
    for entry in entries:
        yield f"{entry.url}\0{entry.title}\0"
        yield from _headings(entry.children)
        yield "\0"


def _listed(nav: Iterable[Any], level: int = 1) -> Iterable[str]:
    """Navigation entries that templates show on a page; closed groups only with the titles of their subgroups."""
    for entry in nav:
        children = entry.children or ()
        yield f"{entry.title}\0{entry.active}\0{_address(entry)}\0{_marks(entry)}"
        if level == 1 or entry.active:
            yield from _listed(children, level + 1)
        yield "\0"


def _marks(entry: Any) -> list[Any]:
    """What the navigation shows beside the title of an entry; for a group also of its index page."""
    pages = (entry, *(child for child in entry.children or () if getattr(child, "is_index", False)))
    return [(page.meta or {}).get(name) for page in pages if page.is_page for name in SHOWN]


def _address(entry: Any) -> str | None:
    """Address of a navigation entry; for a group, of its first page."""
    while entry.children:
        entry = entry.children[0]
    return getattr(entry, "url", None)
