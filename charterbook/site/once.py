"""Parts of Material's pages that are alike on all pages of a version, or of a folder's depth: made once each.

A version's pages have the same header, palette, search form and navigation, but for what is open and for the way to
the version's root. Such a part is rendered for the first page of each depth and then put on the others as it is; so
all that it links to is found from the root (`base_url`), and not from the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import material
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, pass_context
from jinja2.runtime import Context
from mkdocs.utils import normalize_url

from charterbook.site.context import Once, lighten

#: Material's templates, and Charterbook's that stand before some of them.
MATERIAL = Path(material.__file__).parent / "templates"
THEME = Path(__file__).parent / "theme"

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
_ITSELF = "charterbook-itself"
_INDENT = re.compile(r"\n\s+")


def from_root(url: str, base: str) -> str:
    """The way to an address of this version from all pages for which `base` is the way to its root."""
    if base.startswith("/"):
        return urljoin(base, url)
    found = str(normalize_url(url, base="" if base == "." else base))
    return "./" if found == "." else found.removesuffix("/.")


def serve(env: Environment) -> None:
    """Have an environment of Material's theme make such parts once. Templates find under `material/` Material's own."""
    found = env.loader or FileSystemLoader(MATERIAL)
    own = FileSystemLoader(MATERIAL)
    whole = {"material": _Parts(own), _ITSELF: _Parts(found)}
    env.loader = ChoiceLoader([_Parts(found, {*ALIKE, TWICE}), PrefixLoader(whole)])
    once = Once()
    env.globals["charterbook_once"] = once
    env.globals["charterbook_alike"] = _alike(once)
    env.globals["charterbook_word"] = _word(once)
    env.globals["charterbook_children"] = _children(once)
    env.globals["charterbook_index"] = _index
    env.filters["from_root"] = _from_root
    lighten(env)


class _Parts(BaseLoader):
    """Puts a call in the place of each part that knows nothing of its page, unless an author has made it anew.

    Nor are such templates indented: white space that no page has need not be taken out of each.
    """

    def __init__(self, found: BaseLoader, alike: Collection[str] = ()) -> None:
        self._found, self._alike = found, alike

    def get_source(self, environment: Environment, template: str) -> Any:
        source, file, is_current = self._found.get_source(environment, template)
        if not file or {MATERIAL, THEME}.isdisjoint(Path(file).parents):
            return source, file, is_current
        if template in self._alike:
            source = f'{{{{ charterbook_alike("{template}") }}}}'
        return _INDENT.sub("\n", source), file, is_current


def _alike(once: Once) -> Callable[[Context, str], str]:
    @pass_context
    def alike(context: Context, name: str) -> str:
        """A part by name, for a page of this depth."""
        page = context["page"] if name == TWICE else None
        return str(once((name, page.url if page else context["base_url"]), _rendered, context, name, page))

    return alike


def _rendered(context: Context, name: str, page: Any) -> str:
    return context.environment.get_template(f"{_ITSELF}/{name}").render(context.get_all(), page=page)


def _word(once: Once) -> Callable[[Context, str], str]:
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


def _children(once: Once) -> Callable[..., str]:
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
