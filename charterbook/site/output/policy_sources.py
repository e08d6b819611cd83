"""The sources of a Content-Security-Policy: those that pages need, and those that mkdocs.yml adds."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

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

UNSAFE = "'unsafe-inline'"

#: Sources that mkdocs.yml adds to directives; none for a directive that it removes.
Sources = Mapping[str, tuple[str, ...]]


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
            *(hashes.get(name, ()) if UNSAFE not in sources.get(name, ()) else ()),
            *sources.get(name, ()),
        ]
        found.append(" ".join([name, *filter(None, values)]))
    return ";".join(found)


def with_more(given: Sources, wanted: Sources) -> Sources:
    """Sources that allow more. Hashes beside 'unsafe-inline' would switch it off in browsers."""
    found = dict(given)
    for directive, sources in wanted.items():
        every = () if not sources or found.get(directive) == () else (*found.get(directive, ()), *sources)
        kept = [one for one in every if UNSAFE not in every or not one.startswith("'sha256-")]
        found[directive] = tuple(dict.fromkeys(kept))
    return found


def as_setting(sources: Sources) -> str:
    """Sources as the entries of the setting."""
    return ", ".join(
        f'{name}: "{" ".join(values)}"' if values else f"{name}: false" for name, values in sources.items()
    )


@lru_cache(maxsize=256)
def hash_of(text: str) -> str:
    """The source that allows an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
