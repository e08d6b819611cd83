"""The Jinja environment of Charterbook's own templates: one for each language, compiled once for all versions.

These names are available in every template, also in macros that are imported from other templates. All values are
escaped, except those of functions that return HTML.

Texts:
- `_("…")`, `gettext`, `ngettext`, `pgettext`, `npgettext`: Charterbook's own texts, from the catalogs
- `w`: the translator (`charterbook.i18n.Translator`), for dates, numbers, money and durations
- `label("status.live")`: the name of a value of a closed list, from `charterbook.site.labels`
- `prose(text)`, `inline(text)`, `long(text)`: Markdown of the charter as HTML: paragraphs, inside a line, with headings
- `plain(text)`: Markdown of the charter as text on one line
- the filter `one_line`: a text without control characters
- the filter `isolated`: a sentence in which texts from right to left are isolated
- the filter `apart`: the same with control characters, for places where elements are not possible
- `direction(text)`: the attribute `dir` of an element whose text is from right to left
- the filter `in_language`: a sentence whose quotations of another version have its language
- the filter `unbroken`: a text in which names of versions are not broken

Data:
- `edition`, `charter`: the version with everything that its pages depend on, and its charter
- `views`: the functions of `charterbook.site.render.views`, which compute values for blocks
- `comparison(version)`: the comparison of an older version with this one
- `log`: the histories of all items
- `settings`, `rules`, `severity`: settings from mkdocs.yml
- `papers`, `repository`, `site_name`: the papers of the version; links to the forge; the name of the site
- `once(key, function, …)`: a cache for this version: the function is called once for each key

Links, None if this version has no such page:
- `to_item(kind, id)`, `to_section(key)`, `to_page(url)`: to an item, a section or any page of this version
- `named(kinds, id)`: the name of an item, as a link if it has a page
- `linked(label, address)`: a label as a link to an address from the charter, if that is safe
- `href(url)`, `asset(name)`: relative links that always exist: within the version, and to a style or script

The page, only in a template itself, not in imported macros:
- `page`, `item`: the page with its address and section; the item that it is about, None for other pages

Templates import macros by name: `{% import "parts.html" as parts %}`, also `charts.html` as `charts`,
`promise-parts.html` as `promised` and `metric-table.html` as `metrics`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from charterbook import problems, text_direction
from charterbook.i18n import translator
from charterbook.site import labels
from charterbook.site.memo import Memo
from charterbook.site.mkdocs_compat import jinja_calls
from charterbook.site.render import safe_text, views
from charterbook.site.render.bytecode_cache import PAGES

#: Name of the template variable for the state of a version.
_STATE = "template_state"


class TemplateState:
    """Shared state of the templates of one version: values, imported macros, and cached parts.

    `values` are available to macros in separate files: these have no access to the page or to the calling block.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = {**values, _STATE: self, "once": Memo()}
        self.modules: dict[str | None, TemplateModule] = {}


class _BlockTemplate(Template):
    @classmethod
    def from_code(cls, *code: Any, **options: Any) -> Template:
        """A template that escapes texts faster."""
        return jinja_calls.escape_faster(super().from_code(*code, **options))

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 (Jinja's name)
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002 (Jinja's name)
    ) -> TemplateModule:
        """The macros of a file, evaluated once for all blocks of a version."""
        state: TemplateState | None = (vars or {}).get(_STATE)
        if state is None:
            return super().make_module(vars, shared, locals)
        if self.name not in state.modules:
            state.modules[self.name] = super().make_module(state.values)
        return state.modules[self.name]


class _Environment(Environment):
    template_class = _BlockTemplate


@cache
def environment(language: str) -> Environment:
    """The templates in one language."""
    env = _Environment(
        loader=PackageLoader("charterbook.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=PAGES,
    )
    t = translator(language)
    env.install_gettext_callables(  # type: ignore[attr-defined]
        t.gettext, t.ngettext, newstyle=True, pgettext=t.pgettext, npgettext=t.npgettext
    )
    env.globals["gettext"] = env.globals["_"] = _cached_gettext(t.gettext)
    jinja_calls.install(env)
    env.filters["one_line"] = problems.escape_terminal
    env.filters["isolated"] = safe_text.isolated
    env.filters["apart"] = text_direction.apart
    env.filters["in_language"] = safe_text.in_language
    env.filters["unbroken"] = safe_text.unbroken
    env.globals.update(
        w=t, label=labels.labels(t), views=views, plain=safe_text.plain, direction=safe_text.direction
    )
    return env


def _cached_gettext(translated: Callable[[str], str]) -> Callable[..., Markup]:
    """Jinja's new-style gettext with a cache of translations. It escapes variables before inserting them."""
    known: dict[str, Markup] = {}
    sentences: dict[str, str] = {}

    def remembered(text: str, /, **variables: Any) -> Markup:
        if variables:
            if text not in sentences:
                sentences[text] = translated(text)
            return Markup(sentences[text] % {name: escape(value) for name, value in variables.items()})
        if text not in known:
            known[text] = Markup(translated(text) % {})
        return known[text]

    return remembered
