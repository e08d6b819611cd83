"""Render parts of Material's pages once for all pages of a folder's depth.

The pages of a version share the header, palette, search form and navigation, except for open groups and the path to
the version's root. Each part is rendered once for each depth, so its links are relative to the root (`base_url`), not
to the page. `templates/` has faster forms of two of Material's partials. If a hook or another plugin can change the
settings or the navigation between pages, each part is rendered once for each state of them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig

from charterbook.site.known_plugins import KNOWN_PACKAGES, is_from
from charterbook.site.memo import Memo
from charterbook.site.mkdocs_compat.material_templates import MATERIAL, add_prefix
from charterbook.site.mkdocs_compat.registry import is_on
from charterbook.site.mkdocs_compat.urls import from_root

#: Parts that do not depend on their page.
PAGE_INDEPENDENT = frozenset(
    f"partials/{name}.html"
    for name in (
        "copyright",
        "icons",
        "javascripts/base",
        "javascripts/content",
        "javascripts/palette",
        "logo",
        "palette",
        "search",
        "social",
        "source",
        "top",
    )
)
#: A part that Material includes twice on each page.
INCLUDED_TWICE = "partials/toc.html"
#: Parts with a faster form in `templates/`.
FASTER = frozenset({"partials/language.html", "partials/nav-item.html"})
_FASTER = FileSystemLoader(Path(__file__).parent / "templates")
_ITSELF = "charterbook-itself"
_numbers = count()
_INDENT = re.compile(r"\n\s+")
#: A line of tags alone: the line before it has ended already, so that its own end adds an empty line to the page.
_TAG_LINE = re.compile(r"(?<=\n)((?:\{%(?:(?!%\}).)*%\})+)\n")


#: Front matter of a page that the navigation shows beside its title.
SHOWN = ("icon", "status", "subtitle")

#: Events around the rendering of each page.
_AROUND_PAGES = ("page_context", "post_page")


def install(env: Environment, theme: Path, config: MkDocsConfig) -> None:
    """Cache these parts in an environment of Material's theme; `theme` is the folder of Charterbook's own templates.

    Material's own templates remain available under `material/`.
    """
    handlers = (handler for name in _AROUND_PAGES for handler in config.plugins.events[name])
    varies = not all(map(_is_known, handlers))
    env.globals["charterbook_state"] = _state if varies else _constant
    if not is_on("fragments"):
        add_prefix(env)
        env.globals["charterbook_once"] = _uncached
        return
    assert env.loader is not None
    loader, ours = env.loader, (MATERIAL, theme)
    whole = {
        "material": _FragmentLoader(FileSystemLoader(MATERIAL), ours),
        _ITSELF: _FragmentLoader(loader, ours),
    }
    cached = _FragmentLoader(loader, ours, {*PAGE_INDEPENDENT, INCLUDED_TWICE}, FASTER)
    env.loader = _FragmentLoaders([cached, PrefixLoader(whole)])
    for fragment_loader in (cached, *whole.values()):
        fragment_loader.outermost = env.loader
    once = Memo()
    env.globals["charterbook_once"] = once
    env.globals["charterbook_page_part"] = _page_part(once)
    env.globals["charterbook_word"] = _word(once)
    env.globals["charterbook_place"] = _place(once)
    identity = _identity()
    env.globals["charterbook_identity"] = identity
    env.globals["charterbook_children"] = _children(once, identity)
    env.globals["charterbook_index"] = _index
    env.filters["from_root"] = _from_root


def _is_known(handler: object) -> bool:
    """Whether a handler belongs to a plugin of these packages. Hooks are functions: their files can have any name."""
    return is_from(type(getattr(handler, "__self__", None)), KNOWN_PACKAGES)


class _FragmentLoaders(ChoiceLoader):
    """Loaders with the listing of the first one: the others have other names for its templates."""

    def list_templates(self) -> list[str]:
        return list(self.loaders[0].list_templates())


def _uncached(_key: object, make: Callable[..., Any], *arguments: Any) -> Any:
    """Replacement of the memo without any caching."""
    return make(*arguments)


class _FragmentLoader(BaseLoader):
    """Loader that replaces each page-independent part with a call, unless an author has overridden it.

    The parts in `faster` are loaded from there. Templates in `ours` lose their white space at loading: this is cheaper
    than removing it from each page. If a plugin has put its own loader around `outermost`, it gets Material's
    templates unchanged: it can rewrite their source. So does one that renders templates or addresses in its own way.
    """

    outermost: BaseLoader | None = None

    def __init__(
        self,
        loader: BaseLoader,
        ours: Collection[Path],
        page_part: Collection[str] = (),
        faster: Collection[str] = (),
    ) -> None:
        self._loader, self._ours, self._page_part, self._faster = loader, ours, page_part, faster

    def list_templates(self) -> list[str]:
        return list(self._loader.list_templates())

    def get_source(self, environment: Environment, template: str) -> Any:
        source, file, is_current = self._loader.get_source(environment, template)
        is_own = environment.loader is self.outermost and _renders_as_known(environment)
        if not file or not is_own or not _is_below(file, tuple(self._ours)):
            return source, file, is_current
        if template in self._page_part:
            source = f'{{{{ charterbook_page_part("{template}") }}}}'
        elif template in self._faster:
            source, file, is_current = _FASTER.get_source(environment, template)
        return _without_white_space(source), file, is_current


def _renders_as_known(env: Environment) -> bool:
    """Whether templates and the filter `url` are of these packages: parts of pages are cached for both."""
    used = (env.template_class, env.filters["url"])
    return all(is_from(one, KNOWN_PACKAGES | {"jinja2"}) for one in used)


@lru_cache(maxsize=1024)
def _is_below(file: str, folders: tuple[Path, ...]) -> bool:
    """Whether a file is in one of the folders, or below. Cached, since each version loads the same files."""
    return any(folder in Path(file).parents for folder in folders)


@lru_cache(maxsize=256)
def _without_white_space(source: str) -> str:
    """A template without indents, and whose tags leave no empty lines. Cached, since each version has the same templates."""
    return _TAG_LINE.sub(r"\1", _INDENT.sub("\n", source))


def _page_part(once: Memo) -> Callable[[Context, str], str]:
    @pass_context
    def page_part(context: Context, name: str) -> str:
        """A cached part by name, for pages of the current depth. A plugin can render a part alone, without a page."""
        if "base_url" not in context:
            return _rendered(context, name, context.get("page"))
        page = context["page"] if name == INCLUDED_TWICE else None
        place = (page.url if page else context["base_url"], _state_of(context))
        return str(once((name, *place), _rendered, context, name, page))

    return page_part


def _rendered(context: Context, name: str, page: Any) -> str:
    return context.environment.get_template(f"{_ITSELF}/{name}").render(context.get_all(), page=page)


def _word(once: Memo) -> Callable[[Context, str], str]:
    @pass_context
    def word(context: Context, key: str) -> str:
        """A text of Material in the language of the theme."""
        return str(once(("word", key, _state_of(context)), _translated, context, key))

    return word


def _translated(context: Context, key: str) -> str:
    language = context.environment.get_template("material/partials/language.html")
    return str(language.make_module({"config": context["config"]}).t(key))  # type: ignore[attr-defined]


def _place(once: Memo) -> Callable[[Context], tuple[str, str]]:
    @pass_context
    def place(context: Context) -> tuple[str, str]:
        """What closed groups depend on: the path to the root. One that lists the current page depends on the page.

        A page that the navigation lists twice has one parent, so that its other group is closed.
        """
        page, state = context["page"], _state_of(context)
        if page is not None and page.url in once(("listed twice", state), _listed_twice, context["nav"]):
            return f"page {page.url}", state
        return str(context["base_url"]), state

    return place


def _state_of(context: Context) -> str:
    state: Any = context.environment.globals["charterbook_state"]
    return str(state(context))


def note_finished(page: Any) -> None:
    """Note that MkDocs has rendered a page. A plugin that renders it again can have changed anything since."""
    page.charterbook_finished = True


def _anew(context: Context) -> str:
    """A state that no other call has, for a page that MkDocs has rendered before; empty for others."""
    return f"anew {next(_numbers)}" if getattr(context.get("page"), "charterbook_finished", False) else ""


@pass_context
def _constant(context: Context) -> str:
    return _anew(context)


@pass_context
def _state(context: Context) -> str:
    """Hash of the settings and of the navigation, as a hook or plugin has changed them for the page that is rendered."""
    if anew := _anew(context):
        return anew
    page, nav, config = context.get("page"), context.get("nav"), context["config"]
    known = getattr(page, "charterbook_state", None)
    if known is not None:
        return str(known)
    settings = {name: config[name] for name in config if name not in ("hooks", "nav", "plugins", "theme")}
    entries = [_entry(item) for item in nav or ()]
    text = repr((sorted(settings.items()), sorted(config["theme"].items()), entries))
    found = hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()
    if page is not None:
        page.charterbook_state = found
    return found


def _entry(item: Any) -> tuple[object, ...]:
    """What an entry of the navigation shows, and the entries in it."""
    meta = getattr(item, "meta", None) or {}
    children = [_entry(child) for child in item.children or ()]
    return item.title, getattr(item, "url", None), *(meta.get(name) for name in SHOWN), children


def _listed_twice(nav: Any) -> set[str]:
    """Addresses of the pages that have several entries in the navigation."""
    return {url for url, number in Counter(page.url for page in nav.pages).items() if number > 1}


def _index(group: Any) -> Any:
    """Index page of a group of the navigation, if any."""
    return next((child for child in group.children if getattr(child, "is_index", False)), None)


def _identity() -> Callable[[object], int]:
    known: dict[int, object] = {}

    def identity(entry: object) -> int:
        """A number for an entry that no other one has. Templates use the same paths for entries outside the navigation."""
        known[id(entry)] = entry  # one that is freed could pass its number on
        return id(entry)

    return identity


def _children(once: Memo, identity: Callable[[object], int]) -> Callable[..., str]:
    def children(
        group: Any,
        index: Any,
        path: str,
        level: int,
        place: str,
        opened: Callable[..., str],
        closed: Callable[..., str],
    ) -> str:
        """Navigation entries of a group without its index page; closed groups are cached by `place`."""
        entries: list[str] = []
        for number, child in enumerate(group.children, 1):
            if child is index:
                continue
            arguments = (child, f"{path}_{number}", level, group)
            if child.active or getattr(child, "pages", None):
                entries.append(opened(*arguments))
            else:
                entries.append(once((path, identity(child), place, group.active), closed, *arguments))
        return "".join(entries)

    return children


@pass_context
def _from_root(context: Context, url: str) -> str:
    """Relative link to an address of this version, from any page of this depth."""
    return from_root(url, context["base_url"])
