"""Links, HTML tags and template marks in a text of the Markdown subset. Nothing is rendered here.

Linear in the length of any text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_TICKS = re.compile(r"`+")
_INLINE = re.compile(r"\]\([ \t]*\n?[ \t]*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*))")
_AUTO = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_HTML = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]*)?>|!--|!DOCTYPE|\?)", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{|\{%|\{#")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_RAW_MARKS = r"^ {0,3}>.*$|!\[[^\]\n]*\]\(|\[\^[^\]\s]+\]|~~[^~\n]+~~"
_RAW = re.compile(_RAW_MARKS, re.MULTILINE)
_RAW_OR_HEADING = re.compile(
    _RAW_MARKS + r"|^ {0,3}#{1,6}[ \t]+\S.*$|^ {0,3}(?:={3,}|-{3,})[ \t]*$", re.MULTILINE
)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0]")


def without_code(text: str) -> str:
    """The text without its code, since code contains no links or tags."""
    if "`" not in text and "~~~" not in text:
        return text
    text, prose, at = _FENCE.sub("\n", text), [], 0
    for start, end in _code_spans(text):
        prose.append(text[at:start])
        at = end
    return " ".join([*prose, text[at:]])


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of inline code, in a text without fences."""
    runs = list(_TICKS.finditer(text))
    closing: dict[int, int] = {}
    partner: list[int | None] = [None] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = len(runs[index].group())
        partner[index], closing[length] = closing.get(length), index
    index = 0
    while index < len(runs):
        end = partner[index]
        if end is not None:
            yield runs[index].start(), runs[end].end()
        index = index + 1 if end is None else end + 1


def raw_markdown(prose: str, *, with_headings: bool) -> str | None:
    """The first mark of unsupported Markdown in a text without code, if any. Pages show it as written."""
    found = (_RAW if with_headings else _RAW_OR_HEADING).search(prose)
    return found[0].strip() if found else None


def targets(prose: str) -> Iterator[str]:
    """The targets of the links in a text without code."""
    for match in _INLINE.finditer(prose):
        yield html.unescape(match.group(1) if match.group(1) is not None else match.group(2))
    for match in _AUTO.finditer(prose):
        yield html.unescape(match.group(1))


def link_targets(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the targets of links in a text, with angle brackets if there are any."""
    for match in _INLINE.finditer(_blanked(text)):
        brackets = match.group(1) is not None
        start, end = match.span(1 if brackets else 2)
        yield start - brackets, end + brackets


def relinked(text: str, pages: Mapping[str, str]) -> str:
    """The text with links to some pages replaced by links to others, also with a fragment (`#…`). Code is unchanged."""
    if not any(page in text for page in pages):
        return text
    pieces, at = [], 0
    for match in _INLINE.finditer(_blanked(text)):
        group = 1 if match.group(1) is not None else 2
        start, end = match.span(group)
        pieces += [text[at:start], readdressed(text[start:end], pages)]
        at = end
    return "".join([*pieces, text[at:]])


def readdressed(target: str, pages: Mapping[str, str]) -> str:
    """The target of a link to a page, with the page replaced."""
    page, sign, part = target.partition("#")
    new = pages.get(html.unescape(page))
    return target if new is None else f"{new}{sign}{part}"


def _blanked(text: str) -> str:
    """The text with code replaced by spaces of the same length."""
    text = _FENCE.sub(lambda match: " " * len(match.group()), text)
    for start, end in _code_spans(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def scheme(target: str) -> str:
    """The scheme of a target in lower case, as a browser parses it; empty if there is none."""
    match = _SCHEME.match(_INVISIBLE.sub("", target))
    return match.group(1).lower() if match else ""


def first_tag(prose: str) -> str | None:
    """The first HTML tag or comment of a text without code."""
    match = _HTML.search(prose)
    return match.group() if match else None


def template_mark(text: str) -> str | None:
    """The first mark of a template language, none of which has an effect here."""
    match = _TEMPLATE.search(text)
    return match.group() if match else None
