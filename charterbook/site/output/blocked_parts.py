"""Parts of pages that a Content-Security-Policy blocks, with warnings that say what to allow."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from charterbook.frozen_dataclass import dataclass
from charterbook.site.output.policy_sources import UNSAFE, Sources, as_setting, hash_of, with_more

log = logging.getLogger("mkdocs.plugins.charterbook")

#: The beginning of a tag. Text in the value of an attribute can look like another attribute.
_TAG = r"<[a-z](?:[^\"'>]|\"[^\"]*\"|'[^']*')*?"
_STYLED = re.compile(rf"{_TAG}\sstyle\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
#: Occur in templates with these attributes. Each begins with fixed characters: these are found faster than attributes.
_MAYBE_STYLED = tuple(re.compile(f"{space}style\\s*=") for space in (" ", "\n"))
_MAYBE_HANDLED = tuple(re.compile(f"{space}on[a-z]+\\s*=") for space in (" ", "\n"))
_HANDLER = re.compile(rf"{_TAG}\s(on[a-z]+)\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
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
_NOT_LOADED = re.compile(
    r"rel=[\"']?(?:canonical|alternate|prev|next|preconnect|dns-prefetch|edit|author|license)\b",
    re.IGNORECASE,
)

_BLOCKED = "The Content-Security-Policy of the pages blocks %s. %s"
_ALLOW = "To allow %s, write `content_security_policy: {%s}` below `charterbook:` in mkdocs.yml."

#: What Material's diagrams need: Mermaid, and styles and HTML that it writes.
MERMAID = "https://unpkg.com"
FOR_DIAGRAMS: Sources = {
    "script-src": (MERMAID,),
    "style-src": (UNSAFE,),
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


@dataclass(frozen=True)
class Blocked:
    """A part of a page that the policy blocks, other advice than to allow it, and what allows it."""

    part: str
    advice: str
    allowed_by: Sources

    def warning(self, given: Sources) -> str:
        """A warning with the setting that allows the part in addition to what mkdocs.yml allows."""
        allow = _ALLOW % ("it", as_setting(with_more(given, self.allowed_by))) if self.allowed_by else ""
        return _BLOCKED % (self.part, " ".join(filter(None, [self.advice, allow])))


class BlockedParts:
    """Parts of pages that the policy has blocked so far. Advice adds to `given`, the setting of mkdocs.yml."""

    def __init__(self, given: Sources | None = None) -> None:
        self._given = self._wanted = given or {}
        self._settings: set[str] = set()
        self._logged: set[str] = set()

    def warn(self, part: Blocked) -> None:
        """Warn about a part, once."""
        message = part.warning(self._given)
        if message not in self._logged:
            log.warning("%s", message)
        self._logged.add(message)
        if part.allowed_by:
            self._settings.add(as_setting(with_more(self._given, part.allowed_by)))
            self._wanted = with_more(self._wanted, part.allowed_by)

    @property
    def advice(self) -> str:
        """The setting that allows all parts; empty if they need only one, since the warning has it."""
        return _ALLOW % ("all of these", as_setting(self._wanted)) if len(self._settings) > 1 else ""


def blocked_inline(own: set[tuple[str, str]], sources: Sources) -> Iterator[Blocked]:
    """Scripts and styles in the text of a page, each with its directive."""
    for kind, text in sorted(own):
        if hash_of(text) not in sources.get(kind, ()) and UNSAFE not in sources.get(kind, ()):
            name = "a script" if kind == "script-src" else "a style"
            yield Blocked(f"{name} in the text of a page", "", {kind: (hash_of(text),)})


def blocked_attributes(text: str, sources: Sources, *, fast: bool = False) -> Iterator[Blocked]:
    """Styles and handlers in the attributes of a text: those of templates are also an author's or a plugin's.

    A `fast` search is for attributes in lower case, after a space or at the beginning of a line.
    """
    allows_styles = UNSAFE in (*sources.get("style-src", ()), *sources.get("style-src-attr", ()))
    if not allows_styles and (not fast or any(one.search(text) for one in _MAYBE_STYLED)):
        for style in dict.fromkeys(_STYLED.findall(text)):
            advice = "Use a class, and a stylesheet of `extra_css:`."
            yield Blocked(f'the attribute style="{style[:80]}"', advice, {"style-src-attr": (UNSAFE,)})
    if not fast or any(one.search(text) for one in _MAYBE_HANDLED):
        for name, script in dict.fromkeys(_HANDLER.findall(text)):
            yield Blocked(f'the attribute {name}="{script[:80]}"', "Use a script of `extra_javascript:`.", {})


def blocked_scripts(scripts: Iterable[str], sources: Sources) -> Iterator[Blocked]:
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
            needs = FOR_DIAGRAMS if "mermaid" in imported[0] else {}
            found.setdefault(imported[1], {**needs, "script-src": (imported[1],)})
    for origin, needs in found.items():
        is_missing = any(
            sources.get(name) != () if not wanted else not _allows(sources.get(name, ()), origin)
            for name, wanted in needs.items()
            if name in ("script-src", "require-trusted-types-for")
        )
        if is_missing:
            yield Blocked(f"what a script loads from {origin}", "", needs)


@lru_cache(maxsize=256)
def _hosts_of_added_scripts(script: str) -> tuple[str, ...]:
    return tuple(_NAMED_HOST.findall(script)) if _ADDS_SCRIPT.search(script) else ()


def blocked_origins(page: str, sources: Sources, site_url: str | None) -> Iterator[Blocked]:
    """Other hosts from which the tags of a page load something."""
    for kind, origin in dict.fromkeys(_origins(page, site_url)):
        if not _allows(sources.get(kind, ()), origin):
            yield Blocked(f"what is loaded from {origin}", "", {kind: (origin,)})


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
