"""While a handbook is served: a page that is as it was before keeps its HTML, and only the others are put together.

An author changes a value and waits. Most pages say the same as before, and their templates would, too. That is known
only where nobody but Charterbook, mkdocs-macros and Material's search has a hand in pages, no template is an
author's own, and the navigation is the one that Charterbook asks for; elsewhere all pages are rendered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import Environment, Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from charterbook.site.incremental.fingerprint import settings_of

#: Plugins of which all is known that they bring to a page.
_KNOWN = frozenset({"charterbook", "macros", "material/search", "search"})

#: What a page was made of when it was shown last, and its HTML.
_shown: dict[str, tuple[tuple[str, ...], str]] = {}


def install_serve_cache(env: Environment, config: MkDocsConfig, common: str) -> None:
    """Have an environment render only pages that are not as before; `common` stands for what all pages depend on."""
    if set(config.plugins) - _KNOWN or config.hooks or config.theme.custom_dir:
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
            if not settings:  # by now macros have said all that they have to say of them
                settings.append(settings_of(config))
            site = (common, *settings, str(config.site_url))
            made_of = (str(self.name), *site, *_listed(context["nav"]), *_context_key(context, page))
            if page.url not in _shown or _shown[page.url][0] != made_of:
                _shown[page.url] = (made_of, super().render(*args, **kwargs))
            return _shown[page.url][1]

    env.template_class = Remembering


def _context_key(context: Mapping[str, Any], page: Page) -> Iterable[str]:
    """All that the templates of Material and of Charterbook ask of a page and of what stands around it."""
    around = {name: value for name, value in context["charterbook"].items() if name != "edition"}
    beside = [other and (other.url, str(other.title)) for other in (page.previous_page, page.next_page)]
    of_page = (page.url, page.title, page.meta, page.canonical_url, page.edit_url, page.active, beside)
    return (str(page.content), repr(of_page), context["charterbook"]["edition"].state, repr(around))


def _listed(nav: Iterable[Any], level: int = 1) -> Iterable[str]:
    """What templates show of the navigation on a page: of the groups below a group that is not open only the titles."""
    for entry in nav:
        children = entry.children or ()
        yield f"{entry.title}\0{entry.active}\0{_address(entry)}"
        if level == 1 or entry.active:
            yield from _listed(children, level + 1)
        yield "\0"


def _address(entry: Any) -> str | None:
    """Where an entry of the navigation leads; a group, to its first page."""
    while entry.children:
        entry = entry.children[0]
    return getattr(entry, "url", None)
