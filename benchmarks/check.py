"""Verification that all contenders show the same pages: addresses, headings and texts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from markdown import markdown

from benchmarks.contenders.base import WORD_PAGE, Contender
from benchmarks.handbook import Page, pages
from benchmarks.runner import BenchError

_HIDDEN = re.compile(r"<(script|style|template)\b.*?</\1>", re.DOTALL)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"[\s\u00ad\u200b\u00b6]+")
_MOST = 10


def check(contender: Contender, versions: Mapping[str, Mapping[str, object]]) -> int:
    """Number of pages of these versions. Raises BenchError if one is missing or wrong."""
    problems: list[str] = []
    count = 0
    for version, charter in versions.items():
        expected = pages(charter)
        found = differences(expected, contender.pages(version), more=contender.extras)
        problems += [f"{version}/{problem}" for problem in found]
        count += len(expected)
    if problems:
        listed = "\n  ".join(problems[:_MOST])
        raise BenchError(f"{contender.name} does not show the same pages:\n  {listed}")
    return count


def check_word(contender: Contender, word: str) -> None:
    """Raises BenchError if a version does not show the changed word."""
    for version in contender.data.versions:
        if word not in contender.pages(version)[WORD_PAGE]:
            raise BenchError(f"{contender.name}: {version}/{WORD_PAGE} does not show the word {word}")


def differences(expected: Sequence[Page], built: Mapping[str, str], *, more: bool = False) -> Iterator[str]:
    """Missing and wrong pages of a version, and surplus ones unless `more` allows them."""
    addresses = {page.address for page in expected}
    yield from (f"{address}: there is no such page" for address in sorted(addresses - set(built)))
    if not more:
        yield from (f"{address}: nobody else has this page" for address in sorted(set(built) - addresses))
    for page in expected:
        if page.address in built:
            yield from (f"{page.address}: {problem}" for problem in _wrong(page, built[page.address]))


def _wrong(page: Page, source: str) -> Iterator[str]:
    shown = _HIDDEN.sub("", source)
    if not any(_letters(page.heading) in _text_of(heading) for heading in _HEADING.findall(shown)):
        yield f"the heading {page.heading!r} is missing"
    text = _text_of(shown)
    yield from (f"the text {wanted[:60]!r} is missing" for wanted in page.texts if _plain(wanted) not in text)


def _text_of(source: str) -> str:
    return _letters(html.unescape(_TAG.sub("", source)))


def _letters(text: str) -> str:
    """Text without white space, since line breaks do not matter."""
    return _SPACE.sub("", text)


@cache
def _plain(text: str) -> str:
    """Visible text of a small Markdown text."""
    return _text_of(markdown(text))
