"""Scanner of HTML files for elements and attributes that no template of Charterbook or Material writes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

#: Published address of the scanned sites, as in their canonical links.
HOME = "https://example.com/team/charter/"
#: Elements that no page has.
FOREIGN = {
    "img",
    "iframe",
    "object",
    "embed",
    "video",
    "audio",
    "source",
    "math",
    "frame",
    "noscript",
    "applet",
}
#: Attributes that load or link resources.
LOADING = {"src", "srcset", "action", "formaction", "poster", "data", "background", "xlink:href", "ping"}
#: Attributes that can contain the text of attacks: descriptions and names for screen readers.
SPEAKING = {"content", "title", "aria-label", "alt"}

#: Blocks of JSON in every page; a page's other scripts are files of the theme, or words of a template.
DATA = {"__config", "charterbook-strings"}
_WORDS = re.compile(r"[\w-]+")
_LIVE = re.compile(r"attacked|evil\.example|\bm(?:20\d\dq\d|\d\dq\d|draft|aft)x\d+z")


#: The version at the foot of a printed sheet: a CSS string with letters, digits and escaped characters alone.
_SHEET = re.compile(r'@page\{@bottom-left\{content:"(?:\w|\\[0-9a-f]+ )*"\}\}')


@dataclass
class ScannedPage(HTMLParser):
    """A scanned file. `unexpected` lists signs of an attack; `text` is the visible text."""

    file: Path
    unexpected: list[str] = field(default_factory=list)
    title: str = ""
    parts: list[str] = field(default_factory=list)
    open: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.file.read_text(encoding="utf-8"))
        self.close()

    @property
    def text(self) -> str:
        """Visible text of the page without scripts and styles, in one line."""
        return " ".join("".join(self.parts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "title"):
            self.open = tag
        if tag in FOREIGN or "attacked" in tag:
            self.unexpected.append(f"<{tag} {attrs}>")
        self.unexpected += [
            f"<{tag} {name}={value!r}>" for name, value in attrs if not _usual(tag, name, value or "")
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag == self.open:
            self.open = ""

    def handle_comment(self, data: str) -> None:
        self._other(data)

    def handle_decl(self, decl: str) -> None:
        self._other(decl)

    def handle_pi(self, data: str) -> None:
        self._other(data)

    def unknown_decl(self, data: str) -> None:
        self._other(data)

    def handle_data(self, data: str) -> None:
        if self.open in ("script", "style"):
            self._other("" if _SHEET.fullmatch(data) else data)
        elif self.open == "title":
            self.title += data
        else:
            self.parts.append(data)

    def _other(self, data: str) -> None:
        """Record markup that is neither element nor text, which no attack may produce."""
        if found := _LIVE.search(data):
            self.unexpected.append(f"{found.group()} in {data[:60]!r}")


def _usual(tag: str, name: str, value: str) -> bool:
    if name.startswith("on") or "attacked" in name or name in LOADING - {"src"} or not name.isascii():
        return False
    if name == "src":
        return tag == "script" and _own(value) and value.endswith(".js") and not _LIVE.search(value)
    if name == "href":
        return _own(value) or (_leads(value) if tag == "a" else value.startswith(HOME))
    if name in ("id", "for"):
        return _WORDS.fullmatch(value) is not None
    return name in SPEAKING or not _LIVE.search(value)


def _own(address: str) -> bool:
    """Whether an address is on this site, or an empty icon."""
    parts = urlsplit(address)
    return address == "data:," or not (parts.scheme or parts.netloc)


def _leads(address: str) -> bool:
    """Whether a charter can have a link to this address."""
    return urlsplit(address).scheme in ("http", "https", "mailto")


def unexpected(scans: Iterable[ScannedPage], root: Path) -> list[str]:
    """Unexpected parts of these files, with their paths."""
    return [f"{scan.file.relative_to(root)}: {found}" for scan in scans for found in scan.unexpected]
