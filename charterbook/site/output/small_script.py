"""Material's script for pages that need little of it: an eighth less is sent.

It lacks the styles of Mermaid's diagrams and the library that copies code to the clipboard. A page gets it if it gets the
small stylesheet and has nothing to copy. A part that is not found, because Material has changed, stays in the script.
"""

from __future__ import annotations

import re
from pathlib import Path

#: Path of the small script below the root of the site. No hash of its content is in the name: nobody stores it for ever.
_SMALL = "assets/charterbook/material-{}.js"
_SCRIPTS = "assets/javascripts/bundle.*.min.js"
_NAME = re.compile(r"assets/javascripts/bundle\.(\w+)\.min\.js")

#: The module of the library: a function of its exports and of itself.
_CLIPBOARD = re.compile(
    r"\((\(\w+,(\w+)\)=>\{)/\*!\s+\* clipboard\.js\s.*?\)\(\)\.default\}\)\}\)", re.DOTALL
)
_DIAGRAMS = re.compile(r'="\.node circle,(?:[^"\\]|\\.)*"')
_TO_COPY = "data-clipboard"


def with_small_script(page: str) -> str:
    """A page with the small script, unless it has something to copy."""
    if _TO_COPY in page:
        return page
    return _NAME.sub(lambda found: _SMALL.format(found[1]), page)


def write_small_scripts(root: Path) -> None:
    """Write the small script beside Charterbook's, below the root of a site."""
    for path in sorted(root.glob(_SCRIPTS)):
        name = _NAME.search(path.as_posix())
        if name is not None:
            text = without_parts(path.read_text(encoding="utf-8"))
            (root / _SMALL.format(name[1])).write_text(text, encoding="utf-8", newline="\n")


def without_parts(script: str) -> str:
    """Material's script without the parts; for it, the browser cannot copy."""
    script = _CLIPBOARD.sub(r"(\1\2.exports={isSupported:()=>!1}})", script, count=1)
    return _DIAGRAMS.sub('=""', script, count=1)
