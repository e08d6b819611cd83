"""Tables of a charter that says little: a cell without a value has a dash, also for screen readers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import html

from charterbook.site.edition import Edition
from tests.site.editions import ROOT, block, edition

#: All blocks but that of a custom section, which is the author's text alone.
BLOCKS = sorted(
    {path.stem for path in (ROOT / "charterbook/site/templates/blocks").glob("*.html")} - {"section_text"}
)

#: Blocks about one item begin with the name of its kind; the others are about all items.
ABOUT_ITEMS = ("service", "audience", "metric")
ABOUT_ALL = ("service_list", "audience_list", "audience_picker", "metric_tree")

#: Columns that are filled in by hand, and cells that say nothing on purpose: a service that an audience does not use.
_FILLED_IN = re.compile("Decision|Date|Решение|Дата")
_MATRIX = "contains(@class, 'cb-matrix') or contains(@class, 'cb-roles')"

#: An item of each list with only the keys that it needs.
LITTLE: dict[str, Any] = {
    "roadmap": [{"id": "a", "name": "A", "when": "2027"}],
    "risks": [{"id": "a", "name": "A"}],
    "decisions": [{"id": "a", "name": "A", "why": "W"}],
    "partners": [{"id": "a", "name": "A"}],
    "platforms": [{"id": "a", "name": "A"}],
    "calendar": {"days": ["monday", "tuesday"]},
    "capacity": {},
    "maturity": {"today": "ad_hoc"},
    "scope": {},
    "glossary": [{"id": "t", "term": "T", "meaning": "M"}],
    "objectives": [{"id": "a", "name": "A"}],
    "intake": {"routes": [{"id": "a", "name": "A", "how": "H"}]},
    "review": {"actions": [{"id": "a", "what": "W"}], "sign_offs": [{"role": "R", "decision": "approved"}]},
}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_cell_is_empty(language: str) -> None:
    """In no block of a charter with one item of each kind, in one version and in two."""
    little = LITTLE | {"language": language}
    promise = {"id": "s", "name": "S", "summary": "S", "service_levels": [{"request": "Kit", "within": 3}]}
    for versions in ([little], [little, little | {"services": [promise]}]):
        shown = edition(*versions)
        empty = {name: empty_cells(rendered(shown, name)) for name in BLOCKS}
        assert {name: labels for name, labels in empty.items() if labels} == {}


def rendered(shown: Edition, name: str) -> str:
    """The source of a block: on the page of an item if it is about one, else on the home page."""
    start = name.partition("_")[0]
    kind = f"{start}s" if start in ABOUT_ITEMS and name not in ABOUT_ALL else None
    page = next(page for page in shown.pages.pages if page.kind == kind)
    return block(shown, name, page)


def empty_cells(source: str) -> list[str]:
    """The labels of the cells of a block that have neither text nor a drawing."""
    if not source.strip():
        return []
    cells = html.fromstring(f"<div>{source}</div>").xpath(f"//td[not(ancestor::table[{_MATRIX}])]")
    return [
        label
        for cell in cells
        if not cell.text_content().strip() and not cell.xpath(".//svg|.//input")
        for label in [cell.get("data-label", "")]
        if not _FILLED_IN.fullmatch(label)
    ]
