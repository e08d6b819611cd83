"""Charter text in a finished page: each stand-in becomes its character, escaped for its context.

Text, attributes and code get character references; scripts and event handlers get escapes of JavaScript and JSON. In an
address, a text of the charter is either a whole address with a known scheme, or it is percent-encoded. Style sheets
show nothing of a charter.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Callable
from urllib.parse import quote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from charterbook.problems import escape_terminal
from charterbook.site.render.charter_text import STAND_IN, decoded, original

log = logging.getLogger("mkdocs.plugins.charterbook")

#: Schemes of links allowed in a charter, and schemes not allowed in an author's address around charter text.
_SCHEMES = {"http", "https", "mailto"}
_ACTIVE_SCHEMES = {"blob", "data", "javascript", "vbscript"}
_LINKS = {("a", "href"), ("a", "xlink:href"), ("area", "href"), ("blockquote", "cite"), ("q", "cite")}
#: Attributes that contain one or more addresses.
_ADDRESSES = frozenset(
    [
        "action",
        "archive",
        "background",
        "by",
        "cite",
        "classid",
        "codebase",
        "data",
        "dynsrc",
        "formaction",
        "from",
        "href",
        "icon",
        "imagesrcset",
        "longdesc",
        "lowsrc",
        "manifest",
        "ping",
        "poster",
        "profile",
        "src",
        "srcset",
        "to",
        "usemap",
        "values",
        "xlink:href",
    ]
)
_COMMENT_OR_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|(?P<raw><(?P<kind>script|style)(?=[\s/>]).*?</(?P=kind)(?=[\s/>]))"
    r"|<[a-zA-Z](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL | re.IGNORECASE,
)
_START = re.compile(r"<[a-zA-Z](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_NAME = re.compile(r"<([^\s/>]+)")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)")
_REFUSED = "Charter text is not a safe address for <%s %s>, so it is omitted: %s"
_IN_STYLE = "Charter text cannot be part of a style sheet, so it is omitted: %s"


def show_charter_text(content: str) -> str:
    """The HTML of a page with the characters of the charter instead of stand-ins."""
    content = decoded(content)
    if not STAND_IN.search(content):
        return content
    return as_text(_COMMENT_OR_TAG.sub(_replaced, content))


def as_text(text: str) -> str:
    """HTML text or a quoted attribute value with character references instead of stand-ins."""
    return STAND_IN.sub(lambda found: f"&#{ord(original(found[0]))};", text)


def _replaced(match: re.Match[str]) -> str:
    if not STAND_IN.search(match[0]):
        return match[0]
    if match["raw"]:
        return _raw(match[0], match["kind"].lower())
    return match[0] if match[0].startswith("<!--") else _tag(match[0])


def _raw(element: str, kind: str) -> str:
    start = _START.match(element)
    head = start[0] if start else ""
    return _tag(head) + (_script if kind == "script" else _style)(element[len(head) :])


def _tag(tag: str) -> str:
    name = _NAME.match(tag)
    return _ATTRIBUTE.sub(lambda found: _attribute(found, name[1].lower() if name else ""), tag)


def _attribute(match: re.Match[str], tag: str) -> str:
    name, sign, value = match.groups()
    if not STAND_IN.search(value):
        return match[0]
    return f"{name}{sign}{_writer(tag, name.lower())(value)}"


def _writer(tag: str, name: str) -> Callable[[str], str]:
    if name.startswith("on"):
        return _script
    if name == "style":
        return _style
    if name == "srcdoc":
        return lambda value: as_text(value).replace("&#", "&amp;#")
    if name in _ADDRESSES or (tag, name) == ("meta", "content"):
        return lambda value: _quoted_address(tag, name, value)
    return as_text


def _script(text: str) -> str:
    return STAND_IN.sub(lambda found: f"\\u{ord(original(found[0])):04x}", text)


def _style(text: str) -> str:
    if STAND_IN.search(text):
        log.warning(_IN_STYLE, escape_terminal(original(text))[:200])
    return STAND_IN.sub("\N{REPLACEMENT CHARACTER}", text)


def _quoted_address(tag: str, name: str, value: str) -> str:
    sign = value[0] if value[0] in "\"'" else ""
    return f"{sign}{as_text(address(tag, name, value.strip(sign) if sign else value))}{sign}"


def address(tag: str, name: str, value: str) -> str:
    """An address that contains texts of the charter, # if it would be an unsafe one."""
    shown = html.unescape(original(value)).strip()
    scheme, colon = _scheme(html.unescape(value).strip())
    if colon and STAND_IN.match(colon):
        if scheme in _SCHEMES and (tag, name) in _LINKS:
            return value
    elif scheme not in _ACTIVE_SCHEMES and not _names_a_host(html.unescape(value).strip()):
        return STAND_IN.sub(lambda found: quote(original(found[0]), safe="/"), value)
    log.warning(_REFUSED, tag, name, escape_terminal(shown)[:200])
    return "#"


def _scheme(value: str) -> tuple[str, str]:
    """The scheme of an address, and its colon as written in the page; empty if there is none."""
    head = re.split(r"[/?#]", original(value))[0]
    scheme, colon, _ = head.partition(":")
    return (scheme.strip().lower(), value[len(scheme)]) if colon else ("", "")


def _names_a_host(value: str) -> bool:
    """Whether the charter's text begins an address without a scheme, such as //example.org."""
    return re.match(r"[/\\]{2}", original(value)) is not None and STAND_IN.search(value[:2]) is not None


class CharterTextInMarkdown(Extension):  # type: ignore[misc] # Markdown has no types
    """Markdown extension: links and images get their addresses before MkDocs looks for their targets."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        md.treeprocessors.register(_Links(md), "charterbook-addresses", 1)


class _Links(Treeprocessor):  # type: ignore[misc] # as above
    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in element.attrib.items():
                if name in _ADDRESSES and STAND_IN.search(value):
                    element.set(name, original(address(element.tag, name, value)))
