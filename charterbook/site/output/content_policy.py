"""Content-Security-Policy of each page: scripts, styles and requests of the handbook alone, nothing `unsafe-`.

Inline scripts of the theme are allowed by their hash. Scripts in the text of a page are not, since a policy that
allows everything on a page would protect nobody. A warning says what to allow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from charterbook.site.output.blocked_parts import (
    FOR_DIAGRAMS,
    MERMAID,
    Blocked,
    BlockedParts,
    blocked_attributes,
    blocked_inline,
    blocked_origins,
    blocked_scripts,
)
from charterbook.site.output.policy_sources import UNSAFE, Sources, hash_of, policy_of

_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
#: Occurs in every text with a script or a style that the policy blocks.
_SUSPICIOUS = re.compile(r"<script\b|<style\b|\sstyle\s*=|\son[a-z]+\s*=", re.IGNORECASE)
#: Scripts with a source, and data.
_NOT_INLINE = re.compile(r"\bsrc\s*=|\btype\s*=\s*[\"']?(?!text/javascript|module)\w", re.IGNORECASE)
#: Attributes that Markdown and Material write, with what a rule in the stylesheet replaces them with.
_BY_RULE = (
    (re.compile(r"(?<=<t[dh]) style=\"text-align: (left|right|center);\""), r' data-cb-align="\1"'),
    (re.compile(r"(?<=<li) style=\"list-style-type:none\""), ' data-cb-list="none"'),
)
_CHARSET = re.compile(r"<meta\s+charset=[\"']?[\w-]+[\"']?\s*/?>", re.IGNORECASE)
_DIAGRAM = re.compile(r"<pre class=\"mermaid\">")


def is_suspicious(text: str) -> bool:
    """Whether an author's HTML can contain its own script or style, so that `with_policy` has to search it."""
    return _SUSPICIOUS.search(text) is not None


def with_policy(
    page: str,
    sources: Sources,
    site_url: str | None = None,
    content: str = "",
    *,
    suspicious: bool = True,
    known: BlockedParts | None = None,
) -> str:
    """A page with its policy. Warns about blocked parts that are not `known`.

    `content` is the part that is not the theme's; it is searched for scripts only if it is `suspicious`.
    """
    start = _CHARSET.search(page)
    if start is None:
        return page
    before, _, after = page.partition(content) if content and page.count(content) == 1 else (page, "", "")
    own = set(_inline(content)) if suspicious else set()
    hashes: dict[str, list[str]] = {"script-src": [], "style-src": []}
    around = [one for one in dict.fromkeys([*_inline(before), *_inline(after)]) if one not in own]
    for kind, text in around:
        hashes[kind].append(hash_of(text))
    blocked = [
        *(blocked_inline(own, sources) if suspicious else ()),
        *(blocked_attributes(content, sources) if suspicious else ()),
        *(found for text in (before, after) for found in blocked_attributes(text, sources, fast=True)),
        *blocked_origins(page, sources, site_url),
        *blocked_scripts((text for kind, text in around if kind == "script-src"), sources),
    ]
    known = known or BlockedParts()
    for part in blocked:
        known.warn(part)
    policy = policy_of(sources, hashes)
    return f"{page[: start.end()]}{_meta(policy)}{page[start.end() :]}"


def of_own_page(page: str, sources: Iterable[tuple[str, tuple[str, ...]]] | None) -> str:
    """One of Charterbook's own pages with its policy; `sources` is None if mkdocs.yml switches policies off."""
    return page if sources is None else with_policy(page, dict(sources))


@lru_cache(maxsize=256)
def _meta(policy: str) -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">'


def _inline(page: str) -> Iterator[tuple[str, str]]:
    """The directive and the text of each inline script and style."""
    for found in _INLINE.finditer(page):
        kind, attributes, text = found[1].lower(), found[2], found[3]
        if kind == "style" or not _NOT_INLINE.search(attributes):
            yield f"{kind}-src", text


def with_styles_by_rule(content: str) -> str:
    """Replace style attributes that the policy blocks: those of Markdown's tables and of Material's lists of tags."""
    for attribute, replacement in _BY_RULE if ' style="' in content else ():
        content = attribute.sub(replacement, content)
    return content


def draws_diagrams(sources: Sources, scripts: Iterable[str]) -> bool:
    """Whether Material can draw Mermaid's diagrams: with its own copy of Mermaid, or that of `extra_javascript`."""
    return (
        (MERMAID in sources.get("script-src", ()) or any("mermaid" in script for script in scripts))
        and UNSAFE in sources.get("style-src", ())
        and sources.get("require-trusted-types-for") == ()
    )


def with_diagrams_as_text(content: str, known: BlockedParts) -> str:
    """Show Mermaid's diagrams as their text, and warn once.

    Material stops at the first one that it cannot draw, so that content tabs and annotations of the page fail too.
    """
    content, count = _DIAGRAM.subn("<pre>", content)
    if count:
        known.warn(Blocked("Mermaid, so its diagrams are shown as text", "", FOR_DIAGRAMS))
    return content
