"""Content-Security-Policy of each page: scripts, styles and requests of the handbook alone, nothing `unsafe-`.

Inline scripts of the theme are allowed by their hash. Scripts in the text of a page are not, since a policy that
allows everything on a page would protect nobody. A warning says what to allow.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from urllib.parse import urlsplit

log = logging.getLogger("mkdocs.plugins.charterbook")

#: The sources that pages need. Images are files, or symbols in the stylesheet; the 404 page, shown at any
#: depth, has a base.
DIRECTIVES: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'self'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default",
}
#: Directives that a page cannot carry itself.
IN_HEADERS_ONLY = ("frame-ancestors", "report-to", "report-uri", "sandbox")

_UNSAFE = "'unsafe-inline'"

#: Sources that mkdocs.yml adds to directives; none for a directive that it removes.
Sources = Mapping[str, tuple[str, ...]]

_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
#: Occurs in every text with a script or a style that the policy blocks.
_SUSPICIOUS = re.compile(r"<script\b|<style\b|\sstyle\s*=|\son[a-z]+\s*=", re.IGNORECASE)
#: Scripts with a source, and data.
_NOT_INLINE = re.compile(r"\bsrc\s*=|\btype\s*=\s*[\"']?(?!text/javascript|module)\w", re.IGNORECASE)
_STYLED = re.compile(r"<[a-z][^>]*\sstyle\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
#: Attributes that Markdown and Material write, with what a rule in the stylesheet replaces them with.
_BY_RULE = (
    (re.compile(r"(?<=<t[dh]) style=\"text-align: (left|right|center);\""), r' data-cb-align="\1"'),
    (re.compile(r"(?<=<li) style=\"list-style-type:none\""), ' data-cb-list="none"'),
)
_HANDLER = re.compile(r"<[a-z][^>]*\s(on[a-z]+)\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
_LOADED = re.compile(
    r"<(script|img|iframe|link|source|video|audio|embed|object|track)\b[^>]*?\s(?:src|href|data|poster)\s*=\s*[\"']?"
    r"((?:https?:)?//[^\"'\s>]+)",
    re.IGNORECASE,
)
_LOADED_BY = {
    "script": "script-src",
    "img": "img-src",
    "iframe": "frame-src",
    "link": "style-src",
    "embed": "object-src",
    "object": "object-src",
}
_CHARSET = re.compile(r"<meta\s+charset=[\"']?[\w-]+[\"']?\s*/?>", re.IGNORECASE)
_NOT_LOADED = re.compile(
    r"rel=[\"']?(?:canonical|alternate|prev|next|preconnect|dns-prefetch|edit|author|license)\b",
    re.IGNORECASE,
)

_BLOCKED = "The Content-Security-Policy of the pages blocks %s. %s"
_ALLOW = 'To allow it, write `content_security_policy: {%s: "%s"}` below `charterbook:` in mkdocs.yml.'

#: What Material's diagrams need: Mermaid, and styles and HTML that it writes.
_DIAGRAM = re.compile(r"<pre class=\"mermaid\">")
_MERMAID = "https://unpkg.com"
_ALLOW_DIAGRAMS = (
    f'`content_security_policy: {{script-src: "{_MERMAID}", style-src: "{_UNSAFE}", '
    "require-trusted-types-for: false}` below `charterbook:` in mkdocs.yml"
)


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
    logged: set[str] | None = None,
) -> str:
    """A page with its policy; `content` is the part that is not the theme's. Warns about blocked parts.

    Only `suspicious` content is searched for scripts, styles and handlers. Warnings in `logged` are not repeated.
    """
    start = _CHARSET.search(page)
    if start is None:
        return page
    before, _, after = page.partition(content) if content and page.count(content) == 1 else (page, "", "")
    own = set(_inline(content)) if suspicious else set()
    hashes: dict[str, list[str]] = {"script-src": [], "style-src": []}
    for kind, text in dict.fromkeys([*_inline(before), *_inline(after)]):
        if (kind, text) not in own:
            hashes[kind].append(hash_of(text))
    blocked = _blocked_content(content, own, sources) if suspicious else iter(())
    logged = logged if logged is not None else set()
    for message in (*blocked, *_blocked_origins(page, sources, site_url)):
        if message not in logged:
            log.warning("%s", message)
        logged.add(message)
    policy = policy_of(sources, hashes)
    return f"{page[: start.end()]}{_meta(policy)}{page[start.end() :]}"


def of_own_page(page: str, sources: Iterable[tuple[str, tuple[str, ...]]] | None) -> str:
    """One of Charterbook's own pages with its policy; `sources` is None if mkdocs.yml switches policies off."""
    return page if sources is None else with_policy(page, dict(sources))


@lru_cache(maxsize=256)
def _meta(policy: str) -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">'


def with_styles_by_rule(content: str) -> str:
    """Replace the style attributes of Markdown's tables and of Material's lists of tags, since the policy blocks them."""
    for attribute, replacement in _BY_RULE if ' style="' in content else ():
        content = attribute.sub(replacement, content)
    return content


def draws_diagrams(sources: Sources, scripts: Iterable[str]) -> bool:
    """Whether Material can draw Mermaid's diagrams: with its own copy of Mermaid, or that of `extra_javascript`."""
    return (
        (_MERMAID in sources.get("script-src", ()) or any("mermaid" in script for script in scripts))
        and _UNSAFE in sources.get("style-src", ())
        and sources.get("require-trusted-types-for") == ()
    )


def with_diagrams_as_text(content: str, logged: set[str]) -> str:
    """Show Mermaid's diagrams as their text, and warn once.

    Material stops at the first one that it cannot draw, so that content tabs and annotations of the page fail too.
    """
    content, count = _DIAGRAM.subn("<pre>", content)
    message = _BLOCKED % (
        "Mermaid, so its diagrams are shown as text",
        f"To allow it, write {_ALLOW_DIAGRAMS}.",
    )
    if count and message not in logged:
        log.warning("%s", message)
        logged.add(message)
    return content


def sources_of(
    given: Iterable[tuple[str, tuple[str, ...]]],
    scripts: Iterable[str],
    styles: Iterable[str],
    *,
    fonts: bool,
) -> Sources:
    """The sources that mkdocs.yml adds: those in its setting, and the hosts of its scripts, stylesheets and fonts."""
    found: dict[str, tuple[str, ...]] = dict(given)
    named = [("script-src", one) for one in scripts] + [("style-src", one) for one in styles]
    named += [
        ("style-src", "https://fonts.googleapis.com"),
        ("font-src", "https://fonts.gstatic.com"),
    ] * fonts
    for directive, address in named:
        there = urlsplit(address if ":" in address.split("/")[0] else f"https:{address}")
        if there.netloc and address.startswith(("http:", "https:", "//")) and found.get(directive) != ():
            found[directive] = (*found.get(directive, ()), f"{there.scheme}://{there.netloc}")
    return {directive: tuple(dict.fromkeys(sources)) for directive, sources in found.items()}


def policy_of(sources: Sources, hashes: Mapping[str, list[str]]) -> str:
    """The directives of a page, without those that only a server can send.

    Browsers ignore 'unsafe-inline' beside a hash, so a directive with it has none.
    """
    found = []
    for name in dict.fromkeys([*DIRECTIVES, *sources]):
        if name in IN_HEADERS_ONLY or sources.get(name, (name,)) == ():
            continue
        values = [
            DIRECTIVES.get(name, "'self'" if name.endswith("-src") else ""),
            *(hashes.get(name, ()) if _UNSAFE not in sources.get(name, ()) else ()),
            *sources.get(name, ()),
        ]
        found.append(" ".join([name, *filter(None, values)]))
    return ";".join(found)


@lru_cache(maxsize=256)
def hash_of(text: str) -> str:
    """The source that allows an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _inline(page: str) -> Iterator[tuple[str, str]]:
    """The directive and the text of each inline script and style."""
    for found in _INLINE.finditer(page):
        kind, attributes, text = found[1].lower(), found[2], found[3]
        if kind == "style" or not _NOT_INLINE.search(attributes):
            yield f"{kind}-src", text


def _blocked_content(content: str, own: set[tuple[str, str]], sources: Sources) -> Iterator[str]:
    for kind, text in sorted(own):
        if hash_of(text) not in sources.get(kind, ()) and _UNSAFE not in sources.get(kind, ()):
            name = "a script" if kind == "script-src" else "a style"
            yield _BLOCKED % (f"{name} in the text of a page", _ALLOW % (kind, hash_of(text)))
    if _UNSAFE not in (*sources.get("style-src", ()), *sources.get("style-src-attr", ())):
        for style in dict.fromkeys(_STYLED.findall(content)):
            yield _BLOCKED % (
                f'the attribute style="{style[:80]}"',
                f"Use a class, and a stylesheet of `extra_css:`. {_ALLOW % ('style-src-attr', _UNSAFE)}",
            )
    for name, script in dict.fromkeys(_HANDLER.findall(content)):
        yield _BLOCKED % (f'the attribute {name}="{script[:80]}"', "Use a script of `extra_javascript:`.")


def _blocked_origins(page: str, sources: Sources, site_url: str | None) -> Iterator[str]:
    for kind, origin in dict.fromkeys(_origins(page, site_url)):
        if not {origin, urlsplit(origin).netloc, f"{urlsplit(origin).scheme}:", "*"} & set(
            sources.get(kind, ())
        ):
            yield _BLOCKED % (f"what is loaded from {origin}", _ALLOW % (kind, origin))


def _origins(page: str, site_url: str | None) -> Iterator[tuple[str, str]]:
    """Other hosts from which a page loads something, with the directive for it."""
    here = urlsplit(site_url or "")
    for found in _loading_tags(page):
        tag = page[found.start() : page.find(">", found.end())]
        if found[1].lower() == "link" and _NOT_LOADED.search(tag):
            continue
        there = urlsplit(found[2] if ":" in found[2].split("/")[0] else f"https:{found[2]}")
        if there.netloc != here.netloc:
            yield _LOADED_BY.get(found[1].lower(), "media-src"), f"{there.scheme}://{there.netloc}"


def _loading_tags(page: str) -> Iterator[re.Match[str]]:
    """Each address of an external host that a tag loads: the tag up to the address, its name, and the address.

    The search is for two slashes: this is faster than a search for tags, since few tags have any.
    """
    position = page.find("//")
    while position >= 0:
        found = _LOADED.match(page, max(page.rfind("<", 0, position), 0))
        if found is not None and found.start(2) <= position < found.end(2):
            yield found
        position = page.find("//", position + 2)
