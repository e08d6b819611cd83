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

from charterbook.frozen_dataclass import dataclass

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
#: Occur in templates with these attributes. Each begins with fixed characters, which are found faster than the attributes.
_MAYBE_STYLED = tuple(re.compile(f"{space}style\\s*=") for space in (" ", "\n"))
_MAYBE_HANDLED = tuple(re.compile(f"{space}on[a-z]+\\s*=") for space in (" ", "\n"))
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
_ALLOW = "To allow %s, write `content_security_policy: {%s}` below `charterbook:` in mkdocs.yml."

#: What Material's diagrams need: Mermaid, and styles and HTML that it writes.
_DIAGRAM = re.compile(r"<pre class=\"mermaid\">")
_MERMAID = "https://unpkg.com"
_FOR_DIAGRAMS: Sources = {
    "script-src": (_MERMAID,),
    "style-src": (_UNSAFE,),
    "require-trusted-types-for": (),
}
#: An inline script that adds another script to the page, in snippets also by a parameter, and the hosts that it names.
_ADDS_SCRIPT = re.compile(
    r"createElement\(\s*[\"'`]script[\"'`]|createElement\(\s*\w+\s*\)(?=[\s\S]*[\"'`]script[\"'`])"
)
_IMPORTED_HOST = re.compile(r"\bimport\b[^;\"']*[\"'`](https?://[\w.-]+(?::\d+)?)/[^\"'`]*")
_NAMED_HOST = re.compile(r"[\"'`](https?://[\w.-]+(?::\d+)?)(?=[/\"'`?])")
#: What the scripts of a host send to others, as their documentation says.
_SENT_BY: Mapping[str, Sources] = {
    "https://www.googletagmanager.com": {
        "connect-src": (
            "https://*.googletagmanager.com",
            "https://*.google-analytics.com",
            "https://*.analytics.google.com",
        ),
        "img-src": ("https://*.googletagmanager.com", "https://*.google-analytics.com"),
    }
}


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
    """A page with its policy; `content` is the part that is not the theme's. Warns about blocked parts that are not `known`.

    Only `suspicious` content is searched for scripts.
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
        *(_blocked_inline(own, sources) if suspicious else ()),
        *(_blocked_attributes(content, sources) if suspicious else ()),
        *(found for text in (before, after) for found in _blocked_attributes(text, sources, fast=True)),
        *_blocked_origins(page, sources, site_url),
        *_blocked_scripts((text for kind, text in around if kind == "script-src"), sources),
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


def with_diagrams_as_text(content: str, known: BlockedParts) -> str:
    """Show Mermaid's diagrams as their text, and warn once.

    Material stops at the first one that it cannot draw, so that content tabs and annotations of the page fail too.
    """
    content, count = _DIAGRAM.subn("<pre>", content)
    if count:
        known.warn(_Blocked("Mermaid, so its diagrams are shown as text", "", _FOR_DIAGRAMS))
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


@dataclass(frozen=True)
class _Blocked:
    """A part of a page that the policy blocks, other advice than to allow it, and what allows it."""

    part: str
    advice: str
    allowed_by: Sources

    def warning(self, given: Sources) -> str:
        """A warning with the setting that allows the part in addition to what mkdocs.yml allows."""
        allow = _ALLOW % ("it", _written(_with(given, self.allowed_by))) if self.allowed_by else ""
        return _BLOCKED % (self.part, " ".join(filter(None, [self.advice, allow])))


class BlockedParts:
    """The parts of pages that the policy has blocked so far. `given` is the setting of mkdocs.yml, to which advice adds."""

    def __init__(self, given: Sources | None = None) -> None:
        self._given = self._wanted = given or {}
        self._settings: set[str] = set()
        self._logged: set[str] = set()

    def warn(self, part: _Blocked) -> None:
        """Warn about a part, once."""
        message = part.warning(self._given)
        if message not in self._logged:
            log.warning("%s", message)
        self._logged.add(message)
        if part.allowed_by:
            self._settings.add(_written(_with(self._given, part.allowed_by)))
            self._wanted = _with(self._wanted, part.allowed_by)

    @property
    def advice(self) -> str:
        """The setting that allows all parts, if they need several; otherwise an empty text, since the warning has it."""
        return _ALLOW % ("all of these", _written(self._wanted)) if len(self._settings) > 1 else ""


def _with(given: Sources, wanted: Sources) -> Sources:
    """Sources that allow more. Hashes beside 'unsafe-inline' would switch it off in browsers."""
    found = dict(given)
    for directive, sources in wanted.items():
        every = () if not sources or found.get(directive) == () else (*found.get(directive, ()), *sources)
        kept = [one for one in every if _UNSAFE not in every or not one.startswith("'sha256-")]
        found[directive] = tuple(dict.fromkeys(kept))
    return found


def _written(sources: Sources) -> str:
    """Sources as the entries of the setting."""
    return ", ".join(
        f'{name}: "{" ".join(values)}"' if values else f"{name}: false" for name, values in sources.items()
    )


def _blocked_inline(own: set[tuple[str, str]], sources: Sources) -> Iterator[_Blocked]:
    for kind, text in sorted(own):
        if hash_of(text) not in sources.get(kind, ()) and _UNSAFE not in sources.get(kind, ()):
            name = "a script" if kind == "script-src" else "a style"
            yield _Blocked(f"{name} in the text of a page", "", {kind: (hash_of(text),)})


def _blocked_attributes(text: str, sources: Sources, *, fast: bool = False) -> Iterator[_Blocked]:
    """Styles and handlers in the attributes of a text: those of templates are also an author's or a plugin's.

    A `fast` search is for attributes in lower case, after a space or at the beginning of a line.
    """
    allows_styles = _UNSAFE in (*sources.get("style-src", ()), *sources.get("style-src-attr", ()))
    if not allows_styles and (not fast or any(one.search(text) for one in _MAYBE_STYLED)):
        for style in dict.fromkeys(_STYLED.findall(text)):
            advice = "Use a class, and a stylesheet of `extra_css:`."
            yield _Blocked(f'the attribute style="{style[:80]}"', advice, {"style-src-attr": (_UNSAFE,)})
    if not fast or any(one.search(text) for one in _MAYBE_HANDLED):
        for name, script in dict.fromkeys(_HANDLER.findall(text)):
            yield _Blocked(
                f'the attribute {name}="{script[:80]}"', "Use a script of `extra_javascript:`.", {}
            )


def _blocked_scripts(scripts: Iterable[str], sources: Sources) -> Iterator[_Blocked]:
    """Scripts that inline scripts of templates load from other hosts, such as that of `extra.analytics`."""
    found: dict[str, Sources] = {}
    for script in scripts:
        for origin in _hosts_of_added_scripts(script):
            found[origin] = {
                "script-src": (origin,),
                **_SENT_BY.get(origin, {}),
                "require-trusted-types-for": (),
            }
        for imported in _IMPORTED_HOST.finditer(script):
            needs = _FOR_DIAGRAMS if "mermaid" in imported[0] else {}
            found.setdefault(imported[1], {**needs, "script-src": (imported[1],)})
    for origin, needs in found.items():
        is_missing = any(
            sources.get(name) != () if not wanted else not _allows(sources.get(name, ()), origin)
            for name, wanted in needs.items()
            if name in ("script-src", "require-trusted-types-for")
        )
        if is_missing:
            yield _Blocked(f"what a script loads from {origin}", "", needs)


@lru_cache(maxsize=256)
def _hosts_of_added_scripts(script: str) -> tuple[str, ...]:
    return tuple(_NAMED_HOST.findall(script)) if _ADDS_SCRIPT.search(script) else ()


def _blocked_origins(page: str, sources: Sources, site_url: str | None) -> Iterator[_Blocked]:
    for kind, origin in dict.fromkeys(_origins(page, site_url)):
        if not _allows(sources.get(kind, ()), origin):
            yield _Blocked(f"what is loaded from {origin}", "", {kind: (origin,)})


def _allows(sources: Iterable[str], origin: str) -> bool:
    there = urlsplit(origin)
    return not {origin, there.netloc, f"{there.scheme}:", "*"}.isdisjoint(sources)


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
