"""Details of pages: who answers for them, names that are not broken, and words for what is missing."""

from __future__ import annotations

import pytest

from charterbook.pages import Page
from charterbook.site.render.safe_text import unbroken
from charterbook.site.render.views import answers_for
from charterbook.site.render.views.page_links import Answerer
from tests.site.editions import block, charter, edition, words

CHARTER = {
    "roles": [{"id": name, "name": name.title()} for name in ("lead", "cfo", "cro")],
    "funding": {
        "owner": "lead",
        "approver": "cfo",
        "sources": [{"id": "s", "name": "S", "funder": "F"}],
    },
    "audiences": [{"id": "sellers", "name": "Sellers", "manager": "cro"}],
    "services": [{"id": "cards", "name": "Cards", "summary": "S", "audiences": ["sellers"]}],
}


@pytest.mark.parametrize(
    ("section", "item", "expected"),
    [
        ("funding", None, Answerer("lead", owns=True)),
        ("audiences", "sellers", Answerer("cro", owns=False)),
        ("services", "cards", None),
    ],
)
def test_who_answers_for_a_page(section: str, item: str | None, expected: Answerer | None) -> None:
    """Its owner; not who approves the budget. The manager of an audience represents it."""
    shown = edition(CHARTER)
    page = next(
        page
        for page in shown.pages.pages
        if ((page.kind, page.item) == (section, item) if item else page.section == section)
    )
    assert answers_for(charter(**CHARTER), page) == expected


def test_a_charter_without_sign_offs_says_so_before_a_review() -> None:
    """Nothing can have changed since sign-offs that do not exist."""
    assert "Changes since each sign-off The charter has no sign-offs." in words(
        block(edition({}), "review_pack")
    )


def test_a_long_unit_can_move_to_the_next_line() -> None:
    """Not the figure: a table of metrics with such a unit would be wider than its page."""
    metric = {"id": "m", "name": "Errors", "kind": "leading", "target": {"value": 1200}}
    (long, short) = (
        block(edition({"metrics": [metric | {"unit": unit}]}), "scorecard")
        for unit in ("per 1000 declarations", "points")
    )
    assert (
        '<span><span class="cb-figure">1,200</span> <span class="cb-unit">per 1000 declarations</span></span>'
        in long
    )
    assert '<span class="cb-figure">1,200\N{NO-BREAK SPACE}points</span>' in short


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on time in 2026-Q4", 'on time in <span class="cb-figure">2026-Q4</span>'),
        ("(2026-Q3)", '(<span class="cb-figure">2026-Q3</span>)'),
        (
            "FY27-M01, 2026-H1",
            '<span class="cb-figure">FY27-M01</span>, <span class="cb-figure">2026-H1</span>',
        ),
        ("on 2026-10-13", "on 2026-10-13"),
        ("<b>2026</b>", "&lt;b&gt;2026&lt;/b&gt;"),
    ],
)
def test_names_of_versions_are_not_broken(text: str, expected: str) -> None:
    """All other text is escaped, and days are no names of versions."""
    assert unbroken(text) == expected


def test_the_motion_of_a_service_is_named() -> None:
    """A tag "all" alone means nothing."""
    service = {"id": "cards", "name": "Cards", "summary": "S", "audiences": ["sellers"], "motion": "all"}
    shown = edition({"services": [service]})
    page: Page = next(page for page in shown.pages.pages if (page.kind, page.item) == ("services", "cards"))
    assert "Sales motion: all" in words(block(shown, "service_summary", page))
