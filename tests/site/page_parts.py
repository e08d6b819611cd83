"""Comparison of pages of a handbook with those of plain MkDocs, element by element."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from lxml import html

from tests.site.material_handbooks import SITE

VERSION = "2025-Q1"

#: Elements whose white space is text; so is the white space of an element with its own style.
AS_WRITTEN = ("pre", "textarea", "x-own")


def address(value: str, page: str) -> str:
    """An address as seen from the root of plain MkDocs' site."""
    return re.sub(rf"^{SITE}(?:latest|{VERSION})/", SITE, urljoin(page, value))


def parts(source: str, page: str) -> Iterator[tuple[str, ...]]:
    """All elements of a page and its comments, each with its attributes, its parents, and its own text."""
    for node in html.document_fromstring(source).iter():
        around = node.getparent()
        text = "".join([node.text or "", *(child.tail or "" for child in node)])
        as_is = node.tag in AS_WRITTEN or (text.strip() and "style" in node.attrib)
        written = text if as_is else " ".join(text.split())
        attributes = {
            key: address(value, page) if key in ("href", "src", "action") else value
            for key, value in node.attrib.items()
        }
        if "class" in attributes:
            attributes["class"] = " ".join(attributes["class"].split())
        place = "" if around is None else f"{around.tag}.{around.get('class')}"
        yield (place, str(node.tag), json.dumps(attributes, sort_keys=True), written)


def missing_parts(plain: Path, ours: Path, page: str) -> list[tuple[str, ...]]:
    """Parts of a page of plain MkDocs that the handbook's page lacks, without intended differences."""
    expected = Counter(parts(plain.read_text(encoding="utf-8"), SITE + page))
    found = Counter(parts(ours.read_text(encoding="utf-8"), f"{SITE}latest/{page}"))
    return [part for part in (expected - found).elements() if different(part) is None]


def different(part: tuple[str, ...]) -> str | None:
    """Why a part of plain MkDocs' page need not be on the handbook's page, None if it must be."""
    written = " ".join(part)
    return next((reason for reason, pattern in DIFFERENT.items() if re.match(pattern, written)), None)


#: Intended differences, by their reason: the beginning of an element with its place, its attributes and its text.
DIFFERENT = {
    "the title has the name of the version": r"head\.None title \{\} ",
    "Material's stylesheets are in that of the handbook": r"head\.None link .*/assets/stylesheets/(main|palette)\.",
    "Material's script ends with an error": r"aside\.md-banner md-banner--warning script ",
    "Material's script stops without the browser's storage": r"head\.None script \{\} __md_scope=",
    "no page asks another host for facts of the repository": r'div\.md-(header|nav)__source a \{"class": "md-source"',
    "the handbook has an icon of its own": r'head\.None link \{"href": "\S+/assets/images/favicon\.png", "rel": "icon"\}',
    "that is all that differs": r"a\.md-source div ",
    "the number of results is read": r'div\.md-search-result div \{"class": "md-search-result__meta"\}',
    "the dialog of search has a name": r'nav\.md-header__inner md-grid div \{"class": "md-search", ',
    "icons of links and buttons are not read": r"(?:a|label|button)\.(?:md-header__button|md-search__icon|md-top) \S+ svg |div\.md-source__icon md-icon svg ",
    "the bar of a page that is loaded is not read": r'body\.None div \{"class": "md-progress"',
    "the buttons in the search are no navigation": r'form\.md-search__form nav \{.*"class": "md-search__options"',
    "the path to the page has another name than the navigation": r'div\.md-content nav \{.*"class": "md-path"',
    "lines of code are no Tab stops": r'\S+ a \{"href": "\S*#__codelineno-[\w-]+", "id": "__codelineno-[\w-]+", ',
    "the box of a task has a name": r'label\.task-list-control input \{(?:"checked": "\w*", )?"disabled": "\w*", "type": "checkbox"\} ',
    "what scripts are told is looked at below": r'body\.None script \{"id": "__config"',
}
