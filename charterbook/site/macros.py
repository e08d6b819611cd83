"""Macros for the pages of docs/. The handbook's macros.py forwards `define_env` and adds nothing.

Every file of templates/blocks/ is a macro of the same name; `HELPERS` lists the other functions and values, and
`DEPRECATED` the former names of macros.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from mkdocs.exceptions import PluginError

from charterbook.charter import ITEM_LISTS, SECTIONS
from charterbook.folders import resolved_path
from charterbook.site.author_errors import PageError, PageNames, PageSource, place_of_code
from charterbook.site.labels import SECTION_TITLES
from charterbook.site.render.charter_text import SafeView, original, safe_value
from charterbook.site.render.renderer import PageRenderer, block_names
from charterbook.site.render.safe_text import escape_markdown
from charterbook.suggestions import closest

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page as MkDocsPage
    from mkdocs_macros.plugin import MacrosPlugin

log = logging.getLogger("mkdocs.plugins.charterbook")

#: Functions and values besides the macros of blocks, each with its description as Markdown.
HELPERS: Mapping[str, str] = {
    "`charter`, `item`": "the charter and the item that the page is about; their texts are safe in text, code, attributes, addresses and scripts",
    '`has("funding")`': "whether this version has that section",
    '`link("funding")`, `link("services", "training")`': (
        "a link by name, or plain text if this version has no such page"
    ),
    "`what_changed()`": "the title of a page of changes",
    '`_("Services")`': "one of Charterbook's own texts, in the charter's language",
}

#: Former names of macros, each with the present name. They work until release 1.0.
DEPRECATED: Mapping[str, str] = {
    "contents": "table_of_contents",
    "glance": "overview",
    "i_am": "audience_picker",
    "numbers": "key_metrics",
}

#: Code on a page.
_CODE = re.compile(r"<(code|pre|script|style)\b.*?</\1>", re.DOTALL)


def macro_names() -> frozenset[str]:
    """Names that pages can use: of macros, also former ones, and of the charter."""
    return frozenset({*block_names(), *DEPRECATED, "_", "charter", "has", "link", "what_changed"})


def page_names(config: MkDocsConfig, renderer: PageRenderer) -> PageNames:
    """The names that the renderer's page can use, once mkdocs-macros has read macros.py."""
    plugin: Any = config.plugins["macros"]
    parts = {"charter": renderer.edition.charter, "item": renderer.item}
    attributes = {key: list(type(part).model_fields) for key, part in parts.items() if part is not None}
    known = {*plugin.env.globals, *plugin.macros, *plugin.variables}
    name = plugin.config["module_name"]
    if not Path(config.config_file_path).with_name(f"{name}.py").exists() and name == "main":
        remedy = "mkdocs.yml does not name macros.py. Under plugins, write `- macros: {module_name: macros}`."
    else:
        remedy = f"{name}.py lacks Charterbook's macros. Begin its define_env with: `from charterbook.site import macros; macros.define_env(env)`."
    return PageNames(known, attributes, macro_names() - known, remedy)


def hidden_macros(config: MkDocsConfig) -> list[str]:
    """Names of macros that variables of include_yaml or macros.py hide, once mkdocs-macros has read these."""
    variables: Mapping[str, Any] = getattr(config.plugins["macros"], "variables", {})
    own = {"charter"} if isinstance(variables.get("charter"), SafeView) else set()
    return sorted(macro_names() & variables.keys() - config.extra.keys() - own)


def replaced_macros(config: MkDocsConfig) -> list[str]:
    """Messages about an author's macros with the names of Charterbook's, once mkdocs-macros has read all modules."""
    folder = resolved_path(config.config_file_path).parent
    macros: Mapping[str, Any] = getattr(config.plugins["macros"], "macros", {})
    return [
        f"{place_of_code(macros[name], folder)}: the macro {name} replaces Charterbook's of the same name."
        for name in sorted(macro_names() & macros.keys())
        if not _is_own(macros[name])
    ]


def _is_own(macro: object) -> bool:
    return getattr(macro, "__module__", None) == __name__


def warn_about_hidden_macros(uri: str, markdown: str, meta: Mapping[str, Any]) -> None:
    """Warn if a page uses a macro that its own front matter hides: mkdocs-macros prefers variables of the page."""
    if meta.get("render_macros") is False:
        return
    for name in sorted(macro_names() & meta.keys()):
        use = r"[.\[]" if name == "charter" else r"\("
        if isinstance(meta[name], Mapping) or not re.search(rf"\{{[{{%][^{{}}]*\b{name}\s*{use}", markdown):
            continue
        macro = name if name == "charter" else f"{name}()"
        log.warning(
            "%s: `%s` in the front matter hides %s, which the page uses. Rename the key.", uri, name, macro
        )


def warn_about_macros_as_text(page: MkDocsPage, html: str, config: MkDocsConfig, source: PageSource) -> None:
    """Warn if a page whose macros are not rendered by default calls one outside code: readers would see the call.

    So would those of a plugin such as table-reader, which leaves its calls to mkdocs-macros, and the variable that
    git-revision-date sets on each page.
    """
    plugin: Any = config.plugins["macros"]
    start, statement = plugin.env.variable_start_string, plugin.env.block_start_string
    if plugin.config["render_by_default"] or "render_macros" in page.meta:
        return
    if not (start in html or statement in html) or plugin.force_page_rendering(page.file.src_uri):
        return
    text = _CODE.sub("", html)
    sets = re.compile(rf"{re.escape(statement)}[-+]?\s*set\b")
    if len(sets.findall(page.markdown or "")) > len(sets.findall(page.file.content_string)):
        log.warning(
            "%s: a plugin has added a variable for mkdocs-macros, which is shown as text. Set `render_macros: true` in the "
            "front matter of the page, or remove `render_by_default: false` from mkdocs.yml.",
            page.file.src_uri,
        )
    called = dict.fromkeys(re.findall(rf"{re.escape(start)}[-+]?\s*(\w+)\s*\(", text))
    for name in (name for name in called if name in plugin.macros):
        log.warning(
            "%s: this call of %s is shown as text. Set `render_macros: true` in the front matter of the page, or false if it "
            "is meant to be text.",
            source.place_of(name),
            name,
        )


def define_env(env: MacrosPlugin) -> None:
    """Register Charterbook's macros with mkdocs-macros, except for those that the author has defined already.

    Raises PluginError if the plugin is missing.
    """
    plugin = env.conf.plugins.get("charterbook")
    renderer: PageRenderer | None = getattr(plugin, "renderer", None)
    if plugin is None:
        raise PluginError("mkdocs.yml: macros.py needs the plugin charterbook, listed before macros.")
    if renderer is None:
        return
    for name, macro in _macros(renderer).items():
        if name not in env.macros or _is_own(env.macros[name]):
            env.macro(macro, name)
    if not isinstance(env.variables.get("charter"), SafeView | None) and "charter" not in env.conf["extra"]:
        log.info("plugins.macros: the variable charter is replaced by the handbook's.")
    env.variables["charter"] = safe_value(renderer.edition.charter)
    if renderer.settings.for_group:
        env.variables["git"] = defaultdict(
            str
        )  # nothing of the newest commit, which can change the hidden parts


def _macros(renderer: PageRenderer) -> dict[str, Callable[..., Any]]:
    """All macros of a version, by name."""
    return {
        **{name: _block_macro(renderer, name) for name in block_names()},
        **{old: _deprecated_macro(renderer, old, new) for old, new in DEPRECATED.items()},
        "_": _gettext_macro(renderer),
        "has": _has_macro(renderer),
        "link": _link_macro(renderer),
        "what_changed": _what_changed_macro(renderer),
    }


def _gettext_macro(renderer: PageRenderer) -> Callable[[str], str]:
    def gettext(text: str) -> str:
        """One of Charterbook's own texts, in the charter's language."""
        return renderer.words.gettext(text)

    return gettext


def _block_macro(renderer: PageRenderer, name: str) -> Callable[..., str]:
    def macro(**arguments: Any) -> str:
        return renderer.slot(renderer.block(name, **arguments))

    macro.__doc__ = f"The block {name}."
    macro.__name__ = macro.__qualname__ = name  # Python names it in messages about wrong arguments
    return macro


def _deprecated_macro(renderer: PageRenderer, old: str, new: str) -> Callable[..., str]:
    """The macro `new` under its former name, with one warning in each build of a version.

    The warning is the same for all pages and versions, so a build of a whole site shows it once.
    """
    warn = cache(
        partial(log.warning, "The macro %s() is now %s(). The old name is dropped in 1.0.", old, new)
    )

    def macro(**arguments: Any) -> str:
        warn()
        return renderer.slot(renderer.block(new, **arguments))

    macro.__doc__ = f"The former name of {new}."
    macro.__name__ = macro.__qualname__ = old
    return macro


def _has_macro(renderer: PageRenderer) -> Callable[[str], bool]:
    def has(section: str) -> bool:
        """Whether this version has a section. Raises PageError for a name that no charter has."""
        if section not in type(renderer.edition.charter).model_fields:
            raise PageError(
                f'has("{section}"): a charter has no section of this name; {closest(section, SECTIONS)}'
            )
        return renderer.edition.charter.has(section)

    return has


def _what_changed_macro(renderer: PageRenderer) -> Callable[[], str]:
    def what_changed() -> str:
        """The two compared versions: the version of the page, and the chosen older one or the previous one."""
        edition, gettext = renderer.edition, renderer.words.gettext
        older = renderer.page.older if renderer.page else None
        if older is None and edition.before is None:
            return gettext("What changed")
        sides = {"old": older or edition.before.name, "new": edition.name}  # type: ignore[union-attr]
        if edition.state == "draft":
            return gettext("What the draft changes since %(old)s") % sides
        return gettext("What changed from %(old)s to %(new)s") % sides

    return what_changed


def _link_macro(renderer: PageRenderer) -> Callable[..., str]:
    def link(kind: str, item: str | None = None, words: str | None = None) -> str:
        """Link to a section or an item; plain text if this version lacks it."""
        item = item if item is None else original(item)
        _check_target(renderer, kind, item)
        address = renderer.to_section(kind) if item is None else renderer.to_item(kind, item)
        shown = words if isinstance(words, Markup) else escape_markdown(words or _label(renderer, kind, item))
        return Markup('<a href="{}">{}</a>').format(address, shown) if address else shown

    return link


def _check_target(renderer: PageRenderer, kind: str, item: str | None) -> None:
    """Raise PageError for a section or a kind of items that no charter has; warn of an item that no version has."""
    if item is None and kind not in SECTIONS and renderer.to_section(kind) is None:
        raise PageError(f'link("{kind}"): there is no section of this name; {closest(kind, SECTIONS)}')
    if item is None:
        return
    if kind not in ITEM_LISTS:
        raise PageError(
            f'link("{kind}", "{item}"): there are no items of this kind; {closest(kind, ITEM_LISTS)}'
        )
    edition = renderer.edition
    if (
        edition.successor is not None or renderer.settings.for_group
    ):  # other versions or readers have more items
        return
    past = [charter for version in (edition.own, *edition.past) for charter in version.charters if charter]
    ids = {one.id: None for charter in (edition.charter, *past) for one in charter.items(kind)}
    if item not in ids and past:
        words = f'{renderer.source.place_of(item)}: link("{kind}", "{item}"): no version has this item; {closest(item, ids)}'
        log.warning("%s", words.removesuffix("; "))


def _label(renderer: PageRenderer, kind: str, item: str | None) -> str:
    if item is None:
        return renderer.words.gettext(SECTION_TITLES.get(kind, kind))
    unknown = "" if renderer.settings.for_group else item
    return next((known.label for known in renderer.edition.charter.items(kind) if known.id == item), unknown)
