"""Code of an author: empty links, and names for what Material's script adds to it."""

from __future__ import annotations

import re

from markupsafe import Markup

from charterbook.site.render.renderer import PageRenderer

#: An empty link to a line of code, as pymdownx.highlight writes it for lines without a number.
_LINE = re.compile(r"<a id=\"(__codelineno-[\w-]+)\" name=\"\1\" href=\"#\1\"></a>")

#: Classes of code and of texts with annotations.
_CODE = re.compile(r"class=\"[^\"]*\b(?:highlight|annotate)\b")

_SCRIPT = Markup('<script src="{}" data-annotation="{}" defer></script>')


def without_empty_links(content: str) -> str:
    """Keep the places that links to lines of code lead to, but not the empty links: the Tab key would stop at each line."""
    return _LINE.sub(r'<a id="\1" name="\1"></a>', content)


def script_for_code(content: str, renderer: PageRenderer) -> Markup:
    """The script that names parts of code and annotations, if a page has any."""
    if not ("highlight" in content or "annotate" in content) or not _CODE.search(content):
        return Markup()
    return _SCRIPT.format(renderer.asset("parts.js"), renderer.words.gettext("Annotation {}"))
