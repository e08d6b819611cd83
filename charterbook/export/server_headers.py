"""Response headers for a finished site: the policy of its pages, and headers that only a server can send.

For Netlify and Cloudflare Pages (a file `_headers`), nginx and Apache. The sources are read from
the `<meta>` elements of all pages. Trusted Types are in the pages only, since the search worker has
no policy for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from pathlib import Path

from charterbook.errors import CharterbookError
from charterbook.folders import files_with

#: Headers other than the Content-Security-Policy. The clipboard stays allowed, because the form copies proposals.
OTHERS: Mapping[str, str] = {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_FOREVER = "public, max-age=31536000, immutable"
#: Addresses of the theme's files with a content hash in their name or in the name of their folder.
_NAMED = r"/assets/(?:[\w./-]+\.[0-9a-f]{8}\.min\.(?:js|css)|(?:[\w/-]+/)?charterbook\.[0-9a-f]{8}(?:\.js|/[\w.-]+))$"
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_OF_PAGES = ("require-trusted-types-for", "trusted-types")


def server_headers(site: Path, server: str, sources: Mapping[str, tuple[str, ...]]) -> str:
    """The configuration of a server for a site. Raises CharterbookError if the site has no pages, and OSError.

    `sources` come from mkdocs.yml; pages contain all of them but `frame-ancestors` and reports.
    """
    pages = files_with(".html", site)
    if not pages:
        raise CharterbookError(f"{site}: there is no site here. `mkdocs build` creates one.")
    policy = _merged(_policies(pages), sources)
    headers = {"Content-Security-Policy": policy, **OTHERS}
    assets = (
        f"/{path.relative_to(site).as_posix()}"
        for path in sorted(site.glob("assets/**/*.*"))
        if path.is_file()
    )
    return _SERVERS[server](headers, [path for path in assets if _is_named(path)])


def _is_named(path: str) -> bool:
    """Whether a file has a hash in its name, and only characters without a meaning in `_headers`."""
    return path.isascii() and path.isprintable() and re.search(_NAMED, path) is not None


def _policies(pages: Iterable[Path]) -> set[str]:
    found = (_POLICY.search(page.read_bytes()[:8_192]) for page in pages)
    return {unescape(match[1].decode()) for match in found if match}


def _merged(policies: Iterable[str], sources: Mapping[str, tuple[str, ...]]) -> str:
    """One policy that allows everything that any of the others allows."""
    merged: dict[str, dict[str, None]] = {}
    for policy in sorted(policies):
        for directive in policy.split(";"):
            name, *values = directive.split()
            merged.setdefault(name, {}).update(dict.fromkeys(values))
    for name in _OF_PAGES:
        merged.pop(name, None)
    merged["frame-ancestors"] = dict.fromkeys(sources.get("frame-ancestors") or ("'self'",))
    for name in ("report-to", "report-uri", "sandbox"):
        merged |= {name: dict.fromkeys(sources[name])} if sources.get(name) else {}
    return "; ".join(" ".join([name, *values]) for name, values in merged.items())


def _netlify(headers: Mapping[str, str], named: Iterable[str]) -> str:
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers.items())]
    for path in named:
        lines += [path, f"  Cache-Control: {_FOREVER}"]
    return "".join(f"{line}\n" for line in lines)


def _nginx(headers: Mapping[str, str], _named: Iterable[str]) -> str:
    """Headers of a `location` replace the outer ones, so these are repeated there. A dollar sign begins a variable."""
    lines = [f'add_header {name} "{value.replace("$", "%24")}" always;' for name, value in headers.items()]
    inner = [f'    add_header Cache-Control "{_FOREVER}";', *(f"    {line}" for line in lines)]
    return "".join(f"{line}\n" for line in [*lines, f'location ~ "{_NAMED}" {{', *inner, "}"])


def _apache(headers: Mapping[str, str], _named: Iterable[str]) -> str:
    """A percent sign begins a variable in a header, a dollar sign one of the configuration."""
    values = {name: value.replace("$", "%24").replace("%", "%%") for name, value in headers.items()}
    lines = [f'Header always set {name} "{value}"' for name, value in values.items()]
    lines += [
        f'<If "%{{REQUEST_URI}} =~ m#{_NAMED}#">',
        f'    Header set Cache-Control "{_FOREVER}"',
        "</If>",
    ]
    return "".join(f"{line}\n" for line in lines)


_SERVERS: Mapping[str, Callable[[Mapping[str, str], Iterable[str]], str]] = {
    "netlify": _netlify,
    "nginx": _nginx,
    "apache": _apache,
}
