"""A finished page without the white space that templates leave: nobody reads it, and a site has thousands of pages.

What a browser shows stays as it is: white space that holds a line break counts as one space, and as none
where a block begins or ends.
"""

from __future__ import annotations

import re

#: Where white space is text, or belongs to another language than HTML.
_KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL)
_INDENT = re.compile(r"\n\s+")
_BEFORE_BLOCK = re.compile(
    r"\n(?=</?(?:article|aside|body|d[dlt]|details|div|footer|form|h[1-6]|head|header|html|li|link|main|meta|nav|ol"
    r"|option|p|section|select|summary|t[dhr]|table|tbody|thead|title|ul)[ >])"
)


def lean(page: str) -> str:
    """The page as short as it can be and look the same."""
    parts = _KEPT.split(page)
    return "".join(map(_either, parts[::3], [*parts[1::3], ""]))


def _either(html: str, kept: str) -> str:
    return _BEFORE_BLOCK.sub("", _INDENT.sub("\n", html)) + kept
