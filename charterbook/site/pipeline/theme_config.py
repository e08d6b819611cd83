"""Settings of MkDocs and Material for the build of one version."""

from __future__ import annotations

import html
import logging
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.pages import Page as MkDocsPage

from charterbook.i18n import Translator
from charterbook.site.edition import Edition
from charterbook.site.mkdocs_compat import theme_files
from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from charterbook.site.mkdocs_compat.urls import from_root, normalize_url
from charterbook.site.mkdocs_compat.urls import script_tag_filter as mkdocs_script_tag
from charterbook.site.mkdocs_compat.user_config import is_set
from charterbook.site.order import BuildOrder
from charterbook.site.pipeline.page_head import set_icon
from charterbook.site.render.bytecode_cache import PAGES
from charterbook.site.render.charter_text_html import CharterTextInMarkdown
from charterbook.site.render.renderer import PageRenderer
from charterbook.versions import LATEST

#: Charterbook's overrides of Material.
THEME = Path(__file__).parents[1] / "theme"

#: Maximum length of a page's description: search engines show fewer characters.
_DESCRIPTION = 200

#: Word separator of search, as a JavaScript regular expression: search finds words by their prefixes.
_BETWEEN_WORDS = r"""[\s\-‐-―/,;:!?=…·•|()\[\]{}<>"'`´«»„“”‚‘’*]+|\.(?!\d)|&(?:(?:lt|gt|amp|quot|#39);)?"""
_FEATURES = ("navigation.indexes", "navigation.prune", "navigation.sections", "navigation.top", "toc.follow")

#: Default features that would disable a feature chosen by the author.
_NOT_WITH = {"navigation.prune": "navigation.expand", "navigation.indexes": "toc.integrate"}


def search_plugin(config: MkDocsConfig) -> BasePlugin[Any] | None:
    """The search plugin of the handbook, if any."""
    return config.plugins.get("material/search") or config.plugins.get("search")


def configure(config: MkDocsConfig, order: BuildOrder, renderer: PageRenderer) -> dict[str, Any]:
    """Configure the build of one version: its folder, address, language, title and theme settings.

    Returns the settings that must not change afterwards.
    """
    edition = order.edition
    config.site_dir = str(order.folder)
    config.site_url = f"{order.site_url}{edition.name}/" if order.site_url else config.site_url
    config.use_directory_urls = True
    config.site_name = Markup(escape(edition.charter.title))
    if not config.site_description:
        config.site_description = str(
            escape(renderer.words.gettext("What to expect, how to ask, what has changed."))
        )
    config.extra.setdefault("generator", False)
    if not any(is_set(config, "validation", *path) for path in (("anchors",), ("links", "anchors"))):
        config.validation.links.anchors = logging.WARNING
    config.extra["version"] = _version(config.extra.get("version", {}))
    config.markdown_extensions.append(CharterTextInMarkdown())
    _theme(config, edition.charter.language, renderer.words)
    _search(config, edition.charter.language)
    _macros(config, serving=order.serving)
    return {name: config[name] for name in ("site_dir", "site_url", "site_name", "use_directory_urls")}


def _macros(config: MkDocsConfig, *, serving: bool) -> None:
    """Abort a build at a macro error in a page, or show it while serving, unless mkdocs.yml says otherwise."""
    macros = config.plugins["macros"].config
    if not is_set(macros, "on_error_fail"):
        macros["on_error_fail"] = not serving


def _version(given: Any) -> Any:
    """Setting of Material's version selector; an author can disable the selector."""
    if isinstance(given, dict):
        return {"default": LATEST, "alias": True, **given, "provider": "mike"}
    return given


def _theme(config: MkDocsConfig, language: str, words: Translator) -> None:
    theme = config.theme
    theme_files.install(config, PAGES)
    theme.dirs.insert(theme.dirs.index(str(MATERIAL)), str(THEME))
    if not is_set(config, "theme", "language"):
        theme["language"] = language
    if not is_set(config, "theme", "font"):
        theme["font"] = False
    set_icon(config)
    theme["features"] = _features(theme.get("features") or [])
    if not theme.get("palette"):
        theme["palette"] = _palette(words)


def _features(given: Sequence[str]) -> list[str]:
    """The author's features and Charterbook's, except those that would disable one of the author's."""
    added = (name for name in _FEATURES if _NOT_WITH.get(name) not in given)
    return list(dict.fromkeys([*given, *added]))


def _palette(words: Translator) -> list[dict[str, Any]]:
    """Charterbook's colours: like the system, light or dark, as the reader chooses."""
    colours = {"primary": "custom", "accent": "custom"}
    like_system, light, dark = (
        {"icon": f"material/{icon}", "name": name}
        for icon, name in (
            ("brightness-auto", words.gettext("Colours: like the system")),
            ("brightness-7", words.gettext("Colours: light")),
            ("brightness-4", words.gettext("Colours: dark")),
        )
    )
    return [
        {"media": "(prefers-color-scheme)", **colours, "toggle": like_system},
        {"media": "(prefers-color-scheme: light)", "scheme": "default", **colours, "toggle": light},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate", **colours, "toggle": dark},
    ]


def _search(config: MkDocsConfig, language: str) -> None:
    """Set stemming for the charter's language and for English, because every charter contains English words.

    A theme language set by the author takes precedence.
    """
    search = search_plugin(config)
    if search is None:
        return
    if not is_set(search.config, "lang") and config.theme["language"] == language:
        search.config["lang"] = list(dict.fromkeys([language, "en"]))
    if not is_set(search.config, "separator"):
        search.config["separator"] = _BETWEEN_WORDS


def search_languages(config: MkDocsConfig) -> list[str]:
    """Languages of the search's stemming."""
    search = search_plugin(config)
    return list(search.config["lang"] or ()) if search else []


def canonical(config: MkDocsConfig, edition: Edition, url: str) -> str | None:
    """Canonical address: the same page under latest/ if it exists.

    Pages of plugins are made from the present docs/, so latest/ has them as well.
    """
    if not config.site_url or edition.state == "draft":
        return None
    root = config.site_url.removesuffix(f"{edition.name}/")
    folder = LATEST if url in edition.canonical or url not in edition.pages.urls else edition.name
    return f"{root}{folder}/{url}"


def description(
    renderer: PageRenderer, page: MkDocsPage, config: MkDocsConfig, plain: Callable[[str | None], str]
) -> str:
    """Meta description of a page: the author's text, else the item's summary, the site's text or the mission."""
    if page.meta.get("description"):
        return html.unescape(str(page.meta["description"]))
    item = renderer.item
    if item is None and is_set(config, "site_description"):
        return html.unescape(str(config.site_description))
    own_text = getattr(item, "summary", None) or getattr(item, "definition", None)
    text = plain(own_text or renderer.edition.charter.mission.statement)
    subject = item.label if item else plain(str(page.title or ""))
    whole = f"{subject}: {text}"
    return whole if len(whole) <= _DESCRIPTION else whole[: _DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"


def url_filter(assets: Mapping[str, str]) -> Callable[..., str]:
    """MkDocs' filter `url`; theme assets get their published names, one level above the version."""

    @pass_context
    def url(context: Any, value: str) -> str:
        target, page, base = str(value), context["page"], context["base_url"]
        if target in assets:
            return from_root(f"../{assets[target]}", base)
        return from_root(target, base) if page is None else str(normalize_url(target, page=page))

    return url


def script_tag_filter(assets: Mapping[str, str]) -> Callable[..., str]:
    """MkDocs' filter `script_tag`, except for the theme's assets, like `url_filter`."""

    @pass_context
    def script_tag(context: Any, script: Any) -> str:
        if str(script) not in assets:
            return mkdocs_script_tag(context, script)
        moved = _moved(script, from_root(f"../{assets[str(script)]}", context["base_url"]))
        from_here: Any = {"page": None, "base_url": ""}
        return mkdocs_script_tag(from_here, moved)

    return script_tag


def _moved(script: Any, path: str) -> Any:
    """The same entry of `extra_javascript` with a new path."""
    if isinstance(script, str):
        return path
    moved = copy(script)
    moved.path = path
    return moved
