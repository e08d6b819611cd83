"""Who answers for the subject of a page, and what a page says if there is nobody."""

from __future__ import annotations

import pytest

from charterbook.pages import Page
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


def test_the_motion_of_a_service_is_named() -> None:
    """A tag "all" alone means nothing."""
    service = {"id": "cards", "name": "Cards", "summary": "S", "audiences": ["sellers"], "motion": "all"}
    shown = edition({"services": [service]})
    page: Page = next(page for page in shown.pages.pages if (page.kind, page.item) == ("services", "cards"))
    assert "Sales motion: all" in words(block(shown, "service_summary", page))
