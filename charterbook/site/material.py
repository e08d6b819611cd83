"""What Charterbook asks of MkDocs and of Material, as settings of one version's build."""

from __future__ import annotations

import html
import logging
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import copy
from functools import cache, cached_property
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jinja2 import Environment, pass_context
from markupsafe import Markup, escape
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import normalize_url, templates
from mkdocs_macros import context

from charterbook.pages import Page
from charterbook.site import once
from charterbook.site.blocks import Desk
from charterbook.site.build import Order
from charterbook.site.compiled import PAGES
from charterbook.site.edition import Edition
from charterbook.site.search import plugin_of
from charterbook.site.user_config import is_set
from charterbook.versions import LATEST

#: The most characters of a page's description: search engines show fewer.
_DESCRIPTION = 200

#: What stands between two words, as a JavaScript regular expression: search finds words by their beginnings.
_BETWEEN_WORDS = r"""[\s\-‐-―/,;:!?=…·•|()\[\]{}<>"'`´«»„“”‚‘’*]+|\.(?!\d)|&(?:(?:lt|gt|amp|quot|#39);)?"""
#: Templates of Material and MkDocs in whose place Charterbook writes files of its own, unless an author has them.
OWN_TEMPLATES = ("404.html", "sitemap.xml")
_FEATURES = ("navigation.indexes", "navigation.prune", "navigation.sections", "navigation.top", "toc.follow")

#: Features that an author's own would be without effect with.
_NOT_WITH = {"navigation.prune": "navigation.expand", "navigation.indexes": "toc.integrate"}


def ask_once() -> None:
    """Have mkdocs-macros ask git for the newest commit where a page asks for it, and MkDocs Python for its themes once.

    They would for each version, with a dozen processes, and by going through all that is installed.
    """
    newest = _Newest(getattr(context.get_git_info, "asks", context.get_git_info))
    context.get_git_info = newest
    utils.get_themes = _Kept(utils.get_themes())  # type: ignore[assignment]


class _Newest(Mapping[str, Any]):
    """What mkdocs-macros tells pages of the newest commit, looked for when a page asks for any of it."""

    def __init__(self, asks: Callable[[], Mapping[str, Any] | None]) -> None:
        self.asks = asks

    def __call__(self) -> _Newest:
        return self

    @cached_property
    def _found(self) -> Mapping[str, Any]:
        return self.asks() or {}

    def __getitem__(self, name: str) -> Any:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __repr__(self) -> str:
        return repr(dict(self._found))


class _Kept:
    """What a function of MkDocs has found, for which it is not asked again; it forgets it whenever a theme is read."""

    def __init__(self, found: dict[str, EntryPoint]) -> None:
        self._found = found

    def __call__(self) -> dict[str, EntryPoint]:
        return self._found

    def cache_clear(self) -> None:
        """Forget nothing."""


def quieten(config: MkDocsConfig) -> None:
    """Leave out mkdocs-macros' lists of all variables and macros, unless MkDocs was asked to tell everything."""
    if logging.getLogger("mkdocs").getEffectiveLevel() > logging.DEBUG:
        logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)
        macros, listing = config.plugins["macros"], config.plugins.events["pre_build"]
        listing[:] = [method for method in listing if getattr(method, "__self__", None) is not macros]


def configure(config: MkDocsConfig, order: Order, desk: Desk) -> None:
    """Turn a configuration to one version: its folder, address, language, title and theme settings."""
    edition = order.edition
    config.site_dir = str(order.folder)
    config.site_url = f"{order.site_url}{edition.name}/" if order.site_url else None
    config.use_directory_urls = True
    config.site_name = Markup(escape(edition.charter.title))
    if not config.site_description:
        config.site_description = str(
            escape(desk.words.gettext("What to expect, how to ask, what has changed."))
        )
    config.extra.setdefault("generator", False)
    if not any(is_set(config, "validation", *path) for path in (("anchors",), ("links", "anchors"))):
        config.validation.links.anchors = logging.WARNING
    config.extra["version"] = _version(config.extra.get("version", {}))
    _theme(config, edition.charter.language)
    _search(config, edition.charter.language)


def _version(given: Any) -> Any:
    """What Material's version selector is told; an author may do without one."""
    if isinstance(given, dict):
        return {"default": LATEST, "alias": True, **given, "provider": "mike"}
    return given


def _theme(config: MkDocsConfig, language: str) -> None:
    theme = config.theme
    _share_templates(config)
    theme.dirs.insert(1 if theme.custom_dir else 0, str(once.THEME))
    theme.static_templates -= {name for name in OWN_TEMPLATES if not _has_own(config, name)}
    if not is_set(config, "theme", "language"):
        theme["language"] = language
    if not is_set(config, "theme", "font"):
        theme["font"] = False
    theme["features"] = _features(theme.get("features") or [])
    if not theme.get("palette"):
        theme["palette"] = _palette()


def _features(given: Sequence[str]) -> list[str]:
    """The author's features and Charterbook's, but for those that would keep one of the author's from working."""
    added = (name for name in _FEATURES if _NOT_WITH.get(name) not in given)
    return list(dict.fromkeys([*given, *added]))


def _has_own(config: MkDocsConfig, template: str) -> bool:
    """Whether the author has made a template anew."""
    return bool(config.theme.custom_dir) and Path(str(config.theme.custom_dir), template).is_file()


def _palette() -> list[dict[str, Any]]:
    return [
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "primary": "custom",
            "accent": "custom",
        },
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "custom", "accent": "custom"},
    ]


def _search(config: MkDocsConfig, language: str) -> None:
    """Word forms of the charter's language and of English, which every charter has words of.

    Where the author has set another language for the theme, Material's search takes that one.
    """
    search = plugin_of(config)
    if search is None:
        return
    if not is_set(search.config, "lang") and config.theme["language"] == language:
        search.config["lang"] = list(dict.fromkeys([language, "en"]))
    if not is_set(search.config, "separator"):
        search.config["separator"] = _BETWEEN_WORDS


def search_languages(config: MkDocsConfig) -> list[str]:
    """The languages whose word forms search knows."""
    search = plugin_of(config)
    return list(search.config["lang"]) if search else []


def canonical(config: MkDocsConfig, edition: Edition, page: Page) -> str | None:
    """The address that search engines are to show: the same page under latest/ where it exists."""
    if not config.site_url or edition.state == "draft":
        return None
    root = config.site_url.removesuffix(f"{edition.name}/")
    folder = LATEST if page.url in edition.canonical else edition.name
    return f"{root}{folder}/{page.url}"


def description(
    desk: Desk, page: MkDocsPage, config: MkDocsConfig, plain: Callable[[str | None], str]
) -> str:
    """What a search engine says of a page: what its author says, else the item's summary, the site or the mission."""
    if page.meta.get("description"):
        return html.unescape(str(page.meta["description"]))
    item = desk.item
    if item is None and is_set(config, "site_description"):
        return html.unescape(str(config.site_description))
    said = getattr(item, "summary", None) or getattr(item, "definition", None)
    text = plain(said or desk.edition.charter.mission.statement)
    subject = item.label if item else plain(str(page.title or ""))
    whole = f"{subject}: {text}"
    return whole if len(whole) <= _DESCRIPTION else whole[: _DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"


def _share_templates(config: MkDocsConfig) -> None:
    theme, make = config.theme, config.theme.get_env
    theme.get_env = lambda: _shared(make(), theme.dirs)  # type: ignore[method-assign]


def _shared(env: Environment, folders: Sequence[str]) -> Environment:
    """An environment that compiles no template twice, and lists the theme's files without Material's icons.

    MkDocs asks for all files of the theme to find its assets, and leaves out what is hidden.
    """
    PAGES.serve(env)
    once.serve(env)
    env.list_templates = lambda extensions=None, filter_func=None: [  # type: ignore[method-assign]
        name for name in assets_in(tuple(folders)) if filter_func is None or filter_func(name)
    ]
    return env


@cache
def assets_in(folders: tuple[str, ...]) -> tuple[str, ...]:
    """The files below these folders that are neither hidden nor templates, sorted."""
    found = set[str]()
    for top in folders:
        for folder, inner, names in os.walk(top, followlinks=True):
            inner[:] = [name for name in inner if not name.startswith(".")]
            base = Path(folder).relative_to(top)
            found |= {
                (base / name).as_posix() for name in names if not name.endswith((".html", ".py", ".pyc"))
            }
    return tuple(sorted(found))


def url_filter(assets: Collection[str]) -> Callable[..., str]:
    """MkDocs' filter `url`, but for the theme's assets, which stand one level above the version."""

    @pass_context
    def url(context: Any, value: str) -> str:
        target = str(value)
        if target in assets:
            target = "../" + target
        page, base = context["page"], context["base_url"]
        return once.from_root(target, base) if page is None else str(normalize_url(target, page=page))

    return url


def script_tag_filter(assets: Collection[str]) -> Callable[..., str]:
    """MkDocs' filter `script_tag`, but for the theme's assets, which stand one level above the version."""

    @pass_context
    def script_tag(context: Any, script: Any) -> str:
        if str(script) in assets:
            script = _one_level_up(script)
        return templates.script_tag_filter(context, script)

    return script_tag


def _one_level_up(script: Any) -> Any:
    """The same entry of `extra_javascript`, seen from the folder of a version."""
    if isinstance(script, str):
        return f"../{script}"
    moved = copy(script)
    moved.path = f"../{script.path}"
    return moved
