"""Render parts of Material's pages once for all pages of a folder's depth.

A version's pages have the same header, palette, search form and navigation, but for what is open and for the way to
the version's root. Such a part is rendered for the first page of each depth; so all that it links to is found from the
root (`base_url`), and not from the page. `templates/` has faster forms of two of Material's partials.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, pass_context
from jinja2.runtime import Context

from charterbook.site.memo import Memo
from charterbook.site.mkdocs_compat.material_templates import MATERIAL, add_prefix
from charterbook.site.mkdocs_compat.registry import is_on
from charterbook.site.mkdocs_compat.urls import from_root

#: Parts that know nothing of the page that they are on.
ALIKE = frozenset(
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
#: A part that Material puts on each page twice.
TWICE = "partials/toc.html"
#: Parts that `templates/` has in a faster form.
FASTER = frozenset({"partials/language.html", "partials/nav-item.html"})
_FASTER = FileSystemLoader(Path(__file__).parent / "templates")
_ITSELF = "charterbook-itself"
_INDENT = re.compile(r"\n\s+")


def install(env: Environment, theme: Path) -> None:
    """Have an environment of Material's theme render such parts once; `theme` has Charterbook's own templates.

    Templates find under `material/` Material's own, in any case.
    """
    if not is_on("fragments"):
        add_prefix(env)
        env.globals["charterbook_once"] = _uncached
        return
    assert env.loader is not None
    found, ours = env.loader, (MATERIAL, theme)
    whole = {
        "material": _FragmentLoader(FileSystemLoader(MATERIAL), ours),
        _ITSELF: _FragmentLoader(found, ours),
    }
    env.loader = ChoiceLoader([_FragmentLoader(found, ours, {*ALIKE, TWICE}, FASTER), PrefixLoader(whole)])
    once = Memo()
    env.globals["charterbook_once"] = once
    env.globals["charterbook_alike"] = _alike(once)
    env.globals["charterbook_word"] = _word(once)
    env.globals["charterbook_children"] = _children(once)
    env.globals["charterbook_index"] = _index
    env.filters["from_root"] = _from_root


def _uncached(_key: object, make: Callable[..., Any], *arguments: Any) -> Any:
    """The place of the memo where nothing is remembered."""
    return make(*arguments)


class _FragmentLoader(BaseLoader):
    """A loader with a call in the place of each part that knows nothing of its page, unless an author has made it anew.

    Parts in `faster` have another form. Templates of `ours` are not indented: white space that no page has need not be
    taken out of each.
    """

    def __init__(
        self,
        found: BaseLoader,
        ours: Collection[Path],
        alike: Collection[str] = (),
        faster: Collection[str] = (),
    ) -> None:
        self._found, self._ours, self._alike, self._faster = found, ours, alike, faster

    def get_source(self, environment: Environment, template: str) -> Any:
        source, file, is_current = self._found.get_source(environment, template)
        if not file or not any(folder in Path(file).parents for folder in self._ours):
            return source, file, is_current
        if template in self._alike:
            source = f'{{{{ charterbook_alike("{template}") }}}}'
        elif template in self._faster:
            source, file, is_current = _FASTER.get_source(environment, template)
        return _not_indented(source), file, is_current


@lru_cache(maxsize=256)
def _not_indented(source: str) -> str:
    """A template without the white space at the beginning of its lines. Each version has the same templates."""
    return _INDENT.sub("\n", source)


def _alike(once: Memo) -> Callable[[Context, str], str]:
    @pass_context
    def alike(context: Context, name: str) -> str:
        """A part by name, for a page of this depth."""
        page = context["page"] if name == TWICE else None
        return str(once((name, page.url if page else context["base_url"]), _rendered, context, name, page))

    return alike


def _rendered(context: Context, name: str, page: Any) -> str:
    return context.environment.get_template(f"{_ITSELF}/{name}").render(context.get_all(), page=page)


def _word(once: Memo) -> Callable[[Context, str], str]:
    @pass_context
    def word(context: Context, key: str) -> str:
        """One of Material's words in the language of the theme."""
        return str(once(("word", key), _translated, context, key))

    return word


def _translated(context: Context, key: str) -> str:
    language = context.environment.get_template("material/partials/language.html")
    return str(language.make_module({"config": context["config"]}).t(key))  # type: ignore[attr-defined]


def _index(group: Any) -> Any:
    """The page that stands for a group of the navigation, None where it has none."""
    return next((child for child in group.children if getattr(child, "is_index", False)), None)


def _children(once: Memo) -> Callable[..., str]:
    def children(
        group: Any,
        index: Any,
        path: str,
        level: int,
        base: str,
        opened: Callable[..., str],
        closed: Callable[..., str],
    ) -> str:
        """What stands below a group of the navigation, but for its index: what is closed is made once for `base`."""
        found: list[str] = []
        for number, child in enumerate(group.children, 1):
            if child is index:
                continue
            arguments = (child, f"{path}_{number}", level, group)
            if child.active or getattr(child, "pages", None):
                found.append(opened(*arguments))
            else:
                found.append(once((path, number, base, group.active), closed, *arguments))
        return "".join(found)

    return children


@pass_context
def _from_root(context: Context, url: str) -> str:
    """The way to an address of this version from any page of this depth."""
    return from_root(url, context["base_url"])
