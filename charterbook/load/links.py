"""What a text with small Markdown holds: links, HTML tags, template marks. Nothing is rendered here.

Linear in the length of the text, whatever the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_TICKS = re.compile(r"`+")
_INLINE = re.compile(r"\]\([ \t]*\n?[ \t]*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*))")
_AUTO = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_HTML = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]*)?>|!--|!DOCTYPE|\?)", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{|\{%|\{#")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0]")


def without_code(text: str) -> str:
    """The text with its code left out: nothing in code is a link or a tag."""
    if "`" not in text and "~~~" not in text:
        return text
    text = _FENCE.sub("\n", text)
    runs = list(_TICKS.finditer(text))
    closing: dict[int, int] = {}
    partner: list[int | None] = [None] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = len(runs[index].group())
        partner[index], closing[length] = closing.get(length), index
    return _skip_spans(text, runs, partner)


def _skip_spans(text: str, runs: list[re.Match[str]], partner: list[int | None]) -> str:
    kept, at, index = [], 0, 0
    while index < len(runs):
        end = partner[index]
        if end is None:
            index += 1
            continue
        kept.append(text[at : runs[index].start()])
        at, index = runs[end].end(), end + 1
    return " ".join([*kept, text[at:]])


def targets(prose: str) -> Iterator[str]:
    """Where the links of a text without code lead to."""
    for match in _INLINE.finditer(prose):
        yield html.unescape(match.group(1) if match.group(1) is not None else match.group(2))
    for match in _AUTO.finditer(prose):
        yield html.unescape(match.group(1))


def scheme(target: str) -> str:
    """The scheme of a target in lower case, as a browser would see it; empty where it has none."""
    match = _SCHEME.match(_INVISIBLE.sub("", target))
    return match.group(1).lower() if match else ""


def first_tag(prose: str) -> str | None:
    """The first HTML tag or comment of a text without code."""
    match = _HTML.search(prose)
    return match.group() if match else None


def template_mark(text: str) -> str | None:
    """The first mark of a template language: it means nothing here."""
    match = _TEMPLATE.search(text)
    return match.group() if match else None
