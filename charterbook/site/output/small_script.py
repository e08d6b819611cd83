"""Material's script, smaller by an eighth, for pages that use few of its parts.

It lacks the library that copies code to the clipboard, and the functions of content tabs, annotations, Mermaid's
diagrams, completed searches and figures about a repository. It begins with Charterbook's script that runs before it,
which saves a request. A page gets it if it gets the small stylesheet, so that it has none of these parts, and has
nothing to copy. If Material's script is not the tested one, all pages use it unchanged.
"""

from __future__ import annotations

import re
from pathlib import Path

#: Path of Material's script below the root of the site, with the hash of the tested one.
SCRIPT = "assets/javascripts/bundle.a5f9d56c.min.js"

#: Path of Charterbook's script that pages load before Material's.
BEFORE = "assets/charterbook/before-material.js"

#: Path of the small script before Charterbook's assets get their names.
SMALL_SCRIPT = "assets/charterbook/material.js"

#: The elements of both scripts, with their sources relative to a page, and how they begin.
_BEGINNING = '<script src="'
_BEFORE_NAME, _SMALL_NAME = Path(BEFORE).name, Path(SMALL_SCRIPT).name
_ELEMENTS = re.compile(
    rf'{_BEGINNING}[^"]*/{re.escape(_BEFORE_NAME)}"></script>\s*{_BEGINNING}[^"]*{re.escape(SCRIPT)}">'
)

#: The module of the library: a function of its exports and of itself.
_CLIPBOARD = re.compile(
    r"\((\(\w+,(\w+)\)=>\{)/\*!\s+\* clipboard\.js\s.*?\)\(\)\.default\}\)\}\)", re.DOTALL
)
_DIAGRAMS = re.compile(r'="\.node circle,(?:[^"\\]|\\.)*"')
#: The functions of these parts, which return a stream of events: `y` is an empty one.
_OF_PARTS = re.compile(
    r"(function (?:ri|Dn|Tr|Zn|Mi|Ci|ki|Hi|Ls|\$i)\([^()]*\)\{).*?\}(?=(?:function|var) )", re.DOTALL
)
_TO_COPY = "data-clipboard"
#: The link to a source map, which the site does not have.
_SOURCE_MAP = re.compile(r"//# sourceMappingURL=.*\s*")


def with_small_script(page: str, folder: str) -> str:
    """A page with the small script, unless it has something to copy; `folder` is a link to that of Charterbook's assets."""
    if has_something_to_copy(page):
        return page
    start = page.rfind(_BEGINNING, 0, page.rfind(_BEFORE_NAME))  # scripts are at the end of a page
    found = _ELEMENTS.match(page, start) if start >= 0 else None
    if found is None:
        return page
    return f'{page[:start]}{_BEGINNING}{folder}{_SMALL_NAME}">{page[found.end() :]}'


def has_something_to_copy(page: str) -> bool:
    """Whether a page needs the library that copies to the clipboard."""
    return _TO_COPY in page


def small_script(script: str) -> str:
    """Material's script without these parts. It then assumes that the browser cannot copy."""
    script = _CLIPBOARD.sub(r"(\1\2.exports={isSupported:()=>!1}})", script, count=1)
    script = _OF_PARTS.sub(r"\1return y}", script)
    return _SOURCE_MAP.sub("", _DIAGRAMS.sub('=""', script, count=1))
