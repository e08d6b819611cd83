"""Charter text to safe HTML.

All text from a charter or from git is untrusted until it has been escaped here or by a template with autoescaping.
Texts support a subset of Markdown (emphasis, links, lists, code, tables; in custom sections, also headings); HTML in
them is shown as text.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from urllib.parse import unquote

import nh3
from markdown_it.token import Token
from markupsafe import Markup, escape

from charterbook.markdown_subset import subset_parser
from charterbook.text_direction import is_right_to_left, parts

#: Resolver of link targets in charter texts to addresses, or None for an unknown target.
Resolve = Callable[[str], str | None]

_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "code", "pre", "br"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
#: Below the title of the page; an id can come from `_number_headings` alone, since texts cannot contain HTML.
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_ALL_TAGS = _TAGS | _HEADINGS | {"div"}
_ATTRIBUTES = {tag: {"id"} for tag in _HEADINGS} | {"div": {"class", "tabindex"}, "table": {"class"}}
_SCHEMES = {"http", "https", "mailto"}
_EMAIL = re.compile(r"[^@\s:/?#<>\"]+@[^@\s:/?#<>\"]+")
_VERSION = re.compile(r"(?<![\w-])(?:[12]\d{3}-(?:[HQ]\d|\d\d)|FY\d\d-[HQM]\d+)(?![\w-])", re.ASCII)
_UNBROKEN = r'<span class="cb-figure">\g<0></span>'
#: The tag of a page's title, and the text at its beginning.
_TITLE = re.compile(r"(<h1\b[^>]*>)([^<]*)")
_PUNCTUATION = {ord(char): f"&#{ord(char)};" for char in string.punctuation}
_SPACES = {ord(char): " " for char in "\r\n\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"}


_PARSER = subset_parser(with_headings=False)
_SECTION_PARSER = subset_parser(with_headings=True)


@lru_cache(maxsize=8192)
def _render(text: str) -> str:
    return _with_scrolling_tables(str(_PARSER.render(text)))


@lru_cache(maxsize=256)
def _render_section(text: str) -> str:
    tokens = _SECTION_PARSER.parse(text)
    _number_headings(tokens)
    return _with_scrolling_tables(str(_SECTION_PARSER.renderer.render(tokens, _SECTION_PARSER.options, {})))


def _number_headings(tokens: Sequence[Token]) -> None:
    """Give headings an id, and levels that begin below the title of the page and leave none out."""
    above: list[str] = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            above = [tag for tag in above if tag < token.tag]
            above.append(token.tag)
            level = min(len(above) + 1, 6)
            token.attrSet("id", f"heading-{index}")
            tokens[index + 2].tag = token.tag = f"h{level}"


def _with_scrolling_tables(rendered: str) -> str:
    """Tables that can be wider than a phone, each in a frame that the keyboard reaches."""
    return rendered.replace("<table>", _TABLE).replace("</table>", "</table></div>")


_BLOCK = re.compile(r"<(p|li|h[1-6]|th|td|blockquote)(?=[\s>])")
#: With a class, Material's script does not put a table into frames of its own, and thereby move what follows.
_FRAME = '<div class="cb-table" tabindex="0">'
_TABLE = f'{_FRAME}<table class="cb-text">'
#: A table in its frame up to the end of its first row, a heading of its columns, and a tag.
_FRAMED, _COLUMN, _ANY_TAG = (
    re.compile(pattern, re.DOTALL)
    for pattern in (rf"{re.escape(_FRAME)}(.*?</tr>)", "<th[^>]*>(.*?)</th>", "<[^>]*>")
)


def prose(text: str | None, resolve: Resolve) -> Markup:
    """Charter text as HTML: only tags of `_TAGS`, and links only to safe targets."""
    if not text:
        return Markup("")
    return _with_links(_render(text), resolve)


def prose_of_section(text: str | None, resolve: Resolve) -> Markup:
    """As `prose`, for a custom section: with headings."""
    return _with_links(_render_section(text), resolve) if text else Markup("")


def name_tables(found: Markup, name: str) -> Markup:
    """Charter text whose frames of tables have a role and a name, as all has that takes the focus.

    `name` is a pattern, in which `%(name)s` are the headings of the columns.
    """
    if _FRAME not in found:
        return found

    def named(table: re.Match[str]) -> str:
        columns = (_ANY_TAG.sub("", column).strip() for column in _COLUMN.findall(table[1]))
        label = (name % {"name": ", ".join(filter(None, columns))}).rstrip(": ").replace('"', "&quot;")
        return f'<div class="cb-table" role="group" tabindex="0" aria-label="{label}">{table[1]}'

    return Markup(_FRAMED.sub(named, str(found)))


def _with_links(rendered: str, resolve: Resolve) -> Markup:
    if "<a" not in rendered:
        return _clean(rendered)

    def link(tag: str, attribute: str, value: str) -> str | None:
        if tag == "a" and attribute == "href" and not value.startswith(("http://", "https://", "mailto:")):
            return resolve(unquote(value))
        return value

    clean = nh3.clean(
        rendered,
        tags=_ALL_TAGS,
        attributes=_ATTRIBUTES | {"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
        attribute_filter=link,
    )
    return Markup(_with_direction(clean.strip()))


@lru_cache(maxsize=8192)
def _clean(rendered: str) -> Markup:
    """Text without links, so that it is the same on every page."""
    return Markup(_with_direction(nh3.clean(rendered, tags=_ALL_TAGS, attributes=_ATTRIBUTES).strip()))


def _with_direction(clean: str) -> str:
    """Blocks of a text with letters that are written from right to left, each in the direction of its first letter."""
    return _BLOCK.sub(r'<\1 dir="auto"', clean) if is_right_to_left(clean) else clean


def isolated(text: str, name: str = "") -> str:
    """A sentence in which a name, and other texts from right to left, do not move what is beside them."""
    if not is_right_to_left(text):
        return text
    found = parts(text, name)
    return Markup().join(
        Markup("<bdi>{}</bdi>").format(part) if is_apart else part for is_apart, part in found
    )


def direction(text: str) -> str:
    """The attribute of an element whose text is from right to left, with a space before it."""
    return Markup(' dir="auto"') if is_right_to_left(text) else ""


def in_language(text: str, quoted: Iterable[str], language: str) -> Markup:
    """A sentence whose quotations of these texts have a language of their own."""
    shown = str(escape(text))
    for inner in map(str, map(escape, quoted)):
        said = f'<span lang="{escape(language)}">{inner}</span>'
        for left, right in ("“”", "«»"):
            shown = shown.replace(f"{left}{inner}{right}", f"{left}{said}{right}")
    return Markup(shown)


def linked(label: str, address: str, resolve: Resolve) -> Markup:
    """A label linked to an e-mail address, a web address or a page of the charter; plain text for anything else."""
    target: str | None = None
    if _EMAIL.fullmatch(address):
        target = f"mailto:{address}"
    elif address.startswith(("http://", "https://", "mailto:")):
        target = address
    elif ":" not in address and not address.startswith(("/", "\\")):
        target = resolve(address)
    if target is None:
        return escape(label)
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(target, label)


def prose_inline(text: str | None, resolve: Resolve) -> Markup:
    """As `prose`, inline, for a sentence or a table cell: a single paragraph has no wrapper."""
    rendered = prose(text, resolve)
    if rendered.startswith('<p dir="auto">') and rendered.endswith("</p>") and rendered.count("<p ") == 1:
        return Markup(f"<bdi>{rendered[14:-4]}</bdi>")
    if rendered.startswith("<p>") and rendered.endswith("</p>") and rendered.count("<p>") == 1:
        return Markup(rendered[3:-4])
    return rendered


@lru_cache(maxsize=8192)
def plain(text: str | None) -> str:
    """A text without its Markdown, on one line: for titles, descriptions and search."""
    if not text:
        return ""
    stripped = nh3.clean(_render(text), tags=set())
    return " ".join(html.unescape(stripped).split())


def unbroken(text: str) -> Markup:
    """A text in which a line is not broken at the hyphen of a version's name; a date is no such name."""
    return Markup(_VERSION.sub(_UNBROKEN, str(escape(text))))


def with_unbroken_title(content: str) -> str:
    """A page's HTML, in whose title a line is not broken at the hyphen of a version's name."""
    return _TITLE.sub(lambda title: title[1] + _VERSION.sub(_UNBROKEN, title[2]), content, count=1)


def escape_markdown(text: str) -> Markup:
    """Escape text for a Markdown page: every punctuation mark becomes an entity."""
    return Markup(text.translate(_SPACES).translate(_PUNCTUATION))


def css_string(text: str) -> str:
    """A text as the content of a CSS string: everything except letters and digits is escaped."""
    return "".join(char if char.isalnum() else f"\\{ord(char):x} " for char in text)
