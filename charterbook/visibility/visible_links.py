"""Texts without links to pages that a group does not see. The words of a link remain."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from charterbook.load.text_links import link_targets, scheme

#: The rest of a link after its target: a title, if there is one, and the bracket.
_END = re.compile(r"""[ \t]*\n?[ \t]*(?:"[^"\n]*"|'[^'\n]*')?[ \t]*\)""")
#: The target of a link that has to remain a link.
_NOWHERE = "-"


def without_hidden_links(text: str, is_page: Callable[[str], bool]) -> str:
    """The text without links to anything but web addresses and pages of the charter."""
    if "](" not in text:
        return text
    pieces, at = [], 0
    for start, end in link_targets(text):
        if start >= at and not is_visible(html.unescape(text[start:end].strip("<>")), is_page):
            opening, closing = _opening(text, at, start), _END.match(text, end)
            if opening is None or closing is None:
                pieces += [text[at:start], _NOWHERE]
                at = end
            else:
                pieces += [text[at:opening], text[opening + 1 : text.rindex("](", opening, start)]]
                at = closing.end()
    return "".join([*pieces, text[at:]])


def is_visible(target: str, is_page: Callable[[str], bool]) -> bool:
    """Whether a target is a web address, or a page that the group sees."""
    return bool(scheme(target)) or "@" in target or is_page(target.partition("#")[0])


def _opening(text: str, begin: int, start: int) -> int | None:
    """The position of the bracket that opens a link's words; None if it is not plain."""
    closing = text.rfind("](", begin, start)
    opening = text.rfind("[", begin, closing) if closing >= 0 else -1
    if opening < 0 or "]" in text[opening:closing] or text[opening - 1 : opening] in ("\\", "!"):
        return None
    return opening
