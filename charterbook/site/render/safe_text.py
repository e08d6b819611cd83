"""Charter text to safe HTML.

Every character that comes from a charter or from git is hostile until it has been through here or
through a template with autoescaping. Texts know a small Markdown (emphasis, links, lists, code);
HTML in them is shown as it was written.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup
from pydantic import BaseModel

#: Turns the target of a link in a charter text into an address, or None where there is no such thing.
Resolve = Callable[[str], str | None]

_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "code", "pre", "br"}
_SCHEMES = {"http", "https", "mailto"}
_PUNCTUATION = {ord(char): f"&#{ord(char)};" for char in string.punctuation}
#: Ids, closed values and single words: they mean nothing to Markdown, so pages may compare and link them.
_HARMLESS = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*", re.ASCII)
_SPACES = {ord(char): " " for char in "\r\n\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"}


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable(
        ["heading", "lheading", "image", "hr", "blockquote", "html_block", "html_inline", "reference"]
    )
    return parser


_PARSER = _parser()


@lru_cache(maxsize=8192)
def _render(text: str) -> str:
    return str(_PARSER.render(text))


def prose(text: str | None, resolve: Resolve) -> Markup:
    """A text with its small Markdown as HTML: only what `_TAGS` names, and links only to safe targets."""
    if not text:
        return Markup("")
    if "<a" not in _render(text):
        return _clean(text)

    def link(tag: str, attribute: str, value: str) -> str | None:
        if tag == "a" and attribute == "href" and not value.startswith(("http://", "https://", "mailto:")):
            return resolve(unquote(value))
        return value

    clean = nh3.clean(
        _render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
        attribute_filter=link,
    )
    return Markup(clean.strip())


@lru_cache(maxsize=8192)
def _clean(text: str) -> Markup:
    """A text that links to nothing: it is the same wherever it stands."""
    return Markup(nh3.clean(_render(text), tags=_TAGS, attributes={}).strip())


def prose_inline(text: str | None, resolve: Resolve) -> Markup:
    """As `prose`, for a place inside a sentence or a table cell: a single paragraph loses its wrapper."""
    rendered = prose(text, resolve)
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


def escape_markdown(text: str) -> Markup:
    """Text for use inside a Markdown page: every punctuation mark is an entity, so it stays what it is."""
    return Markup(text.translate(_SPACES).translate(_PUNCTUATION))


class SafeView:
    """A part of a charter as pages of docs/ may use it: attributes and items, all texts inert."""

    def __init__(self, part: BaseModel) -> None:
        self._part = part

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in type(self._part).model_fields:
            raise AttributeError(name)
        return inert(getattr(self._part, name))

    def __repr__(self) -> str:
        return f"SafeView({type(self._part).__name__})"


def inert(value: Any) -> Any:
    """A value of a charter in the form in which pages may have it."""
    if isinstance(value, BaseModel):
        return SafeView(value)
    if isinstance(value, str):
        return value if _HARMLESS.fullmatch(value) else escape_markdown(value)
    if isinstance(value, list | tuple):
        return [inert(part) for part in value]
    if isinstance(value, Mapping):
        return {key: inert(part) for key, part in value.items()}
    return value
