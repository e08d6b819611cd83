"""Texts of a charter inside sentences, which are no Markdown."""

from __future__ import annotations

import re

#: Maximum length of a quoted text, in characters.
_QUOTED = 80

#: A link of Markdown, whose target may be in angle brackets.
_LINK = re.compile(r"\[((?:\\.|[^\[\]\\])+)\]\((?:<[^<>\n]*>|[^()\s]*)\)")


def shortened(text: str) -> str:
    """A text in one line, truncated if long."""
    line = in_one_line(text)
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1].rstrip()}…"


def in_one_line(text: str) -> str:
    """A text in one line, with the label of each link in its place."""
    return " ".join(_LINK.sub(r"\1", text).split())
