"""The Markdown twin of a page: the same words without HTML, for programs. Texts in it are escaped."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from html_to_markdown import ConversionOptions

#: The file of a twin, beside the page's index.html.
TWIN = "index.md"

#: Elements without their own words: charts (beside a table with the same data), forms, scripts, and decorative signs.
_WORDLESS = re.compile(
    r"<(svg|script|style|form|button|template)\b.*?</\1\s*>|<span[^>]*aria-hidden=\"true\"[^>]*>[^<]*</span>"
    r"|<a class=\"headerlink\"[^>]*>[^<]*</a>",
    re.DOTALL,
)
#: The place between two adjacent labels that only styles separate.
_TOUCHING = re.compile(r"(?<=</span>)(?=<span class=\"cb-)")


def is_installed() -> bool:
    """Whether the library that makes twins is installed."""
    return find_spec("html_to_markdown") is not None


def markdown_of(html: str, title: str) -> str:
    """The content of a page as Markdown, with a heading and a final newline."""
    from html_to_markdown import convert

    heading = "" if "<h1" in html else f"<h1>{title}</h1>"
    found = convert(heading + _TOUCHING.sub(" ", _WORDLESS.sub("", html)), _options())
    return f"{(found.content or '').strip()}\n"


@cache
def _options() -> ConversionOptions:
    from html_to_markdown import ConversionOptions

    return ConversionOptions(
        extract_metadata=False,
        compact_tables=True,
        escape_misc=True,
        escape_asterisks=True,
        escape_underscores=True,
    )


def write_twin(page: Path, html: str, title: str) -> None:
    """Write the twin of a page beside it."""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.with_name(TWIN).write_text(markdown_of(html, title), encoding="utf-8", newline="\n")
