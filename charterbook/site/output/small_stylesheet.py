"""The small stylesheet, half as large as the whole one, for pages that use few of Material's parts.

It lacks the rules for the parts that these pages do not have: tabs, admonitions, highlighted code, tags and the like,
those for text from right to left, and those for colours of Material's palette, which are in a separate stylesheet.
When a reader chooses other colours, links fade into them. A page gets the small stylesheet if it has no class of these
parts, and if no addition of an author could add one later. Styles of an author add no class, but they can use variables
of the parts: a page then links the stylesheets that define them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache, lru_cache
from pathlib import Path

from charterbook.site.output.small_script import with_small_script

#: Path of the small stylesheet below the root of the site.
SMALL = "assets/charterbook/small.css"

#: Path of the rules for colours of Material's palette, which pages with such colours link in addition.
COLOURS = "assets/charterbook/colours.css"

#: Path of the variables of the parts: icons, and colours of code and diagrams. Pages link it in addition if an author's
#: styles use one of them.
VARIABLES = "assets/charterbook/variables.css"

#: Classes of the parts that a page with the small stylesheet does not have, as a pattern.
_PARTS = (
    # parts of pages
    r"abstract|admonition|admonition-title|annotate|arithmatex|bug|cards|critic|danger|emojione|example|failure|footnote|"
    r"footnote-ref|footnote-backref|gemoji|giscus|grid|highlight|highlighttable|info|inline|katex-html|keys|key-[\w-]+|linenodiv|linenos|"
    r"filename|mermaid|note|question|quote|success|tabbed-[\w-]+|task-list-[\w-]+|tip|twemoji|warning|xl|xxl|xxxl|"
    # parts of Material
    r"md-annotation[\w-]*|md-author[\w-]*|md-banner--warning|md-clipboard[\w-]*|md-code[\w-]*|md-consent[\w-]*|"
    r"md-content--post|md-content__button|md-copyright__highlight|md-draft|md-feedback[\w-]*|md-footer__(?:button|direction|inner|link|link--\w+|title)|"
    r"md-input[\w-]*|md-meta[\w-]*|"
    r"md-pagination[\w-]*|md-path[\w-]*|md-pin|md-post[\w-]*|md-profile[\w-]*|md-search__suggest|md-select[\w-]*|"
    r"md-sidebar--post|md-social[\w-]*|md-source-file[\w-]*|md-source__facts?(?:--\w+)?|md-status[\w-]*|md-tooltip[\w-]*"
)
_OF_PARTS = re.compile(_PARTS)

#: Features of Material that suit the small stylesheet. Their scripts neither add such classes, nor use one
#: stylesheet for several pages.
FEATURES = frozenset(
    {
        "announce.dismiss",
        "content.code.copy",
        "header.autohide",
        "navigation.expand",
        "navigation.indexes",
        "navigation.instant.progress",
        "navigation.prune",
        "navigation.sections",
        "navigation.tabs",
        "navigation.tabs.sticky",
        "navigation.top",
        "navigation.tracking",
        "search.highlight",
        "search.share",
        "toc.follow",
        "toc.integrate",
    }
)

#: Features of Material that show further pages in the window of the first one, with its stylesheets. All pages of a version
#: then have the same ones, which are small if they suit all of its pages.
INSTANT = frozenset({"navigation.instant", "navigation.instant.prefetch"})

#: Stylesheets of Charterbook's own parts, in their order in the whole one. A page also links those of them that have
#: a rule for it.
OF_OWN_PARTS = ("items.css", "charts.css", "health.css")

#: Charterbook's stylesheet for parts that a page with the small one does not have.
OF_OTHER_PARTS = "parts.css"

_IN_ORDER = _SMALL_NAME, _VARIABLES_NAME, _COLOURS_NAME = tuple(
    Path(path).name for path in (SMALL, VARIABLES, COLOURS)
)

#: This and the next patterns begin with plain letters: a search for a pattern with a literal prefix is several times
#: as fast.
_CLASS = re.compile(r"""class=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_OTHER_COLOUR = re.compile(r"""data-md-color-(?:primary|accent)=(?!["']?custom\b)""")
_OF_OTHER_COLOUR = re.compile(r"\[data-md-color-(?:primary|accent)=(?!\"?custom)")

#: Attributes of elements that scripts of Material, or of an author, fill in: facts of a repository, and sortable tables.
_FILLED_IN = (
    re.compile(r"""data-md-component=["']?source\b"""),
    re.compile(r"""role=["']?columnheader\b"""),
)
_OF_SORTABLE = "[role=columnheader]"

_RIGHT_TO_LEFT = "[dir=rtl]"

#: Disables the transitions of all elements while a reader changes the colours: they take 2 s on a page with a large
#: table.
_SWITCHING = "[data-md-color-switching]"

#: In selectors for Internet Explorer, which supports neither the scripts nor the layout of these pages.
_OF_INTERNET_EXPLORER = "::-ms-"

_IS_RIGHT_TO_LEFT = re.compile(r"dir=[\"']?rtl")
_UNSUITABLE = (_IS_RIGHT_TO_LEFT, *_FILLED_IN)
_EMPTY = re.compile(r"@[^{};]*\{\}")
_EMPTY_RULE = re.compile(r"[^{};]+\{;?\}")

_CHARSET = '@charset "UTF-8";'
_GROUPS = ("@media", "@supports", "@keyframes", "@-webkit-keyframes", "@container", "@layer")
_LINK = re.compile(r'<link rel="stylesheet" href="([^"]*assets/charterbook\.[0-9a-f]+/)style\.css">')

#: Classes of each page.
_ANYWHERE = frozenset({"md-typeset"})
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_OWN = Path(__file__).parents[1] / "theme" / "assets" / "charterbook"
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_TOKEN = re.compile(r"([^{}]*)([{}])")
_INNER = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")
_COMMA = re.compile(r",(?![^()]*\))")
_NAME = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_DECLARATION = re.compile(r"(--md-[\w-]+):(?:url\([^)]*\)|[^;{}]*);?")
_OF_PART = re.compile(r"--md-(?:(?:[\w-]+-icon|status)(?:-[\w-]+)?|(?:code-hl|mermaid)-[\w-]+)")
_VARIABLE = re.compile(r"--[\w-]+")
_DEFINED = re.compile(r"(--[\w-]+)\s*:")

#: Gets a button if the feature is on, which scripts add.
_COPIED = "<pre"
_COPIES = '"content.code.copy"'
_USED = re.compile(r"var\((--[\w-]+)")
_TAB_SCRIPT, _TABS, _END = "<script>var target=", "__tabbed_", "</script>"


def with_small(page: str, variables: Collection[str] | None = ()) -> str:
    """A page with the small stylesheet and script, and the stylesheets of its own parts, if they suit the page.

    `variables` are those that an author's styles use, beside those in the page; None if they are unknown.
    """
    sheets = sheets_for(page, variables)
    return page if sheets is None else with_sheets(page, sheets, small_script=True)


def with_sheets(page: str, sheets: Collection[str], *, small_script: bool) -> str:
    """A page with these stylesheets instead of the whole one, and with the small script if it has nothing to copy."""
    link = _LINK.search(page)
    if link is None:
        return page
    links = "".join(f'<link rel="stylesheet" href="{link[1]}{sheet}">' for sheet in sheets)
    page = page[: link.start()] + links + page[link.end() :]
    return with_small_script(_without_tab_script(page), link[1]) if small_script else page


def _without_tab_script(page: str) -> str:
    """A page without Material's script that opens the content tab in the address: it has no such tabs."""
    start = page.rfind(_TAB_SCRIPT)
    end = page.find(_END, start)
    return page if start < 0 or _TABS not in page[start:end] else page[:start] + page[end + len(_END) :]


def sheets_for(page: str, variables: Collection[str] | None = ()) -> tuple[str, ...] | None:
    """The stylesheets of a page; None if the small one does not suit it."""
    if any(other.search(page) for other in _UNSUITABLE) or (_COPIED in page and _COPIES in page):
        return None
    own = _own_sheets_for(frozenset(_CLASS.findall(page)))
    if own is None:
        return None
    if variables is not None:
        variables = {*variables, *_USED.findall(page)}
    colours = (_COLOURS_NAME,) if _OTHER_COLOUR.search(page) else ()
    used = [sheet for sheet in OF_OWN_PARTS if variables is None or _variables_of(sheet) & variables]
    of_parts = variables is None or any(map(_OF_PART.fullmatch, variables))
    return in_link_order({_SMALL_NAME, *(_VARIABLES_NAME,) * of_parts, *colours, *own, *used})


def in_link_order(sheets: Collection[str]) -> tuple[str, ...]:
    """Stylesheets in the order of their rules in the whole one."""
    return tuple(sheet for sheet in (*_IN_ORDER, *OF_OWN_PARTS) if sheet in sheets)


def variables_in(styles: str) -> frozenset[str]:
    """The variables that a text with styles mentions."""
    return frozenset(_VARIABLE.findall(styles))


@lru_cache(maxsize=1024)
def _own_sheets_for(attributes: frozenset[tuple[str, ...]]) -> Collection[str] | None:
    """The stylesheets of Charterbook's own parts for these class attributes; None if one is of another part.

    Cached, since a page usually has the same attributes in all versions.
    """
    names = {name for found in attributes for part in found for name in part.split()}
    if any(map(_is_of_part, names)):
        return None
    return [sheet for sheet in OF_OWN_PARTS if any(map(names.issuperset, _needs(sheet)))]


@cache
def _variables_of(sheet: str) -> frozenset[str]:
    return frozenset(_DEFINED.findall((_OWN / sheet).read_text(encoding="utf-8")))


@cache
def _needs(sheet: str) -> Collection[frozenset[str]]:
    """The classes that a page must have to match each selector of a stylesheet.

    Rules that match on any page are ignored: they only define colours for the others.
    """
    text = _COMMENT.sub("", (_OWN / sheet).read_text(encoding="utf-8"))
    found = (
        before
        for before, brace in _TOKEN.findall(text)
        if brace == "{" and not before.strip().startswith("@")
    )
    selectors = (selector for before in found for selector in _COMMA.split(before))
    needs = {frozenset(_NAME.findall(_INNER.sub(_has, selector))) - _ANYWHERE for selector in selectors}
    return needs - {frozenset()}


def _has(inner: re.Match[str]) -> str:
    """What an element must have inside or after it; nothing for other conditions, and if one of several is enough."""
    kind, _, condition = inner[0][:-1].partition("(")
    return _INNER.sub("", condition) if kind == ":has" and "," not in condition else ""


@lru_cache(maxsize=4096)
def _is_of_part(name: str) -> bool:
    return _OF_PARTS.fullmatch(name) is not None


def without_parts(material: str, own: str) -> str:
    """Material's rules except the parts', and without variables of parts that neither they nor Charterbook's rules use."""
    return _with_variables(material, own, of_parts=False)


def variables_of_parts(material: str, own: str) -> str:
    """The variables that Material's rules without parts lack, with their selectors."""
    return _with_variables(material, own, of_parts=True)


@lru_cache(maxsize=1)
def _rules_without_parts(material: str) -> str:
    return _rules_of(material, lambda one: not _is_of_parts(one))


def _with_variables(material: str, own: str, *, of_parts: bool) -> str:
    """Material's rules except the parts': either all of them without variables of parts, or these variables alone."""
    text = _rules_without_parts(material)
    used = {*_USED.findall(text), *_USED.findall(own)}

    def kept(found: re.Match[str]) -> str:
        is_of_part = _OF_PART.fullmatch(found[1]) is not None and found[1] not in used
        return found[0] if is_of_part == of_parts else ""

    if of_parts:
        text = _RULE.sub(
            lambda rule: f"{rule[1]}{{{''.join(map(kept, _DECLARATION.finditer(rule[2])))}}}", text
        )
    else:
        text = _DECLARATION.sub(kept, text)
    return _EMPTY.sub("", _EMPTY_RULE.sub("", text))


def of_named_colours(material: str) -> str:
    """Material's rules for colours that an author can choose by name."""
    return _rules_of(material, lambda one: _OF_OTHER_COLOUR.search(one) is not None)


def _rules_of(material: str, fits: Callable[[str], bool]) -> str:
    """Material's rules for the selectors that fit."""
    return _EMPTY.sub("", "".join(_chosen_rules(material.removeprefix(_CHARSET), fits)))


def _chosen_rules(material: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Parts of Material's stylesheet that have only the rules for the selectors that fit."""
    open_rules: list[str | None] = []
    for before, brace in _TOKEN.findall(material):
        if brace == "{" and before.startswith(_GROUPS):
            open_rules.append(None)
            yield f"{before}{{"
        elif brace == "{":
            open_rules.append(",".join(filter(fits, _COMMA.split(before))))
        else:
            selectors = open_rules.pop()
            yield "}" if selectors is None else f"{selectors}{{{before}}}" * bool(selectors)


def _is_of_parts(selector: str) -> bool:
    if _OF_OTHER_COLOUR.search(selector) or any(
        part in selector for part in (_RIGHT_TO_LEFT, _OF_SORTABLE, _SWITCHING, _OF_INTERNET_EXPLORER)
    ):
        return True
    return any(map(_is_of_part, _NAME.findall(_INNER.sub("", selector))))
