"""Dense blocks of pages: the home page, roles and retired services."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from charterbook.settings import Settings
from charterbook.site.pipeline.nav import default_nav, mark_retired
from charterbook.site.render.renderer import PageRenderer
from charterbook.site.render.views import ForgeLinks, build_pre_read
from tests.site.editions import block, edition, words

Change = dict[str, Any]

HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }}"


class FakePage:
    """The part of a page of MkDocs that the navigation reads."""

    def __init__(self) -> None:
        self.meta = dict[str, Any]()


def promises(*days: int) -> Change:
    """A service with a promise for each of these numbers of days."""
    levels = [{"request": f"Card {n}", "within": within} for n, within in enumerate(days)]
    return {"services": [{"id": "cards", "name": "Cards", "summary": "S", "service_levels": levels}]}


@pytest.mark.parametrize("count", [1, 3, 4, 7, 12])
def test_no_weakened_promise_is_missing_on_the_home_page(count: int) -> None:
    """The first ones are seen at once, and the others are in a part that opens, with their number."""
    page = words(block(edition(promises(*[3] * count), promises(*[9] * count)), "overview"))
    assert [n for n in range(count) if f"“Card {n}”" not in page] == []
    assert (f"{count - 4} more commitment" in page) == (count > 4)


def test_the_home_page_has_the_counts_by_severity() -> None:
    """The same counts as on the page of changes."""
    shown = edition(promises(3, 3), promises(9, 9) | {"title": "Another title"})
    assert re.search(r"All changes since 2025-Q1: commitment 2, [a-z]+ 1", words(block(shown, "overview")))


def review(count: int, text: str = "R") -> Change:
    """A review, and risks that nobody mitigates, for each of which it has to decide."""
    risks = [{"id": f"risk-{n}", "name": f"{text} {n}"} for n in range(count)]
    return {"review": {"next": date(2027, 1, 14), "body": text}, "risks": risks}


@pytest.mark.parametrize("count", [0, 2, 5])
def test_the_next_review_has_its_first_decisions(count: int) -> None:
    """Up to three; the pre-read has the others."""
    shown = edition(review(count))
    source = block(shown, "next_review")
    questions = [one.question for one in build_pre_read(shown, Settings()).decisions]
    assert [unescape(one) for one in re.findall("<li>(.*?)</li>", source)] == questions[:3]
    rest = len(questions) - 3
    assert ('pre-read/#decisions"' in source) == (rest > 0)
    assert (f"{rest} more decision" in source) == (rest > 0)
    assert 'datetime="2027-01-14"' in source


def test_the_next_review_without_a_day_or_a_review() -> None:
    """A missing day is reported; a charter without a review and decisions has no such block."""
    assert "No date is set." in words(block(edition({"review": {"body": "Board"}}), "next_review"))
    nothing = edition({})
    if not build_pre_read(nothing, Settings()).decisions:
        assert block(nothing, "next_review") == ""


def paid_by(role: str) -> Change:
    """Funding that a role of the charter owns."""
    return {"funding": {"owner": role, "sources": [{"id": "s", "name": "S", "funder": "F"}]}}


def test_roles_are_one_matrix() -> None:
    """A row for each role, a column for each service with one, and a letter with a word for each part."""
    services = [{"id": key, "name": key.title(), "summary": "S"} for key in ("one", "two", "three")]
    roles = [
        {
            "id": "lead",
            "name": "Lead",
            "does": "Leads.",
            "accountable": ["one"],
            "responsible": ["one", "two"],
        },
        {"id": "cfo", "name": "CFO", "backup": "lead", "term": "A year", "vacant_since": date(2026, 7, 1)},
    ]
    source = block(edition({"services": services, "roles": roles, **paid_by("cfo")}), "roles")
    assert len(re.findall("<table", source)) == 1
    assert len(re.findall('<th scope="col"', source)) == 4
    assert re.findall('<h2 id="([^"]+)">', source) == ["roles-lead", "roles-cfo"]
    said = words(source)
    assert "Leads. One: A Accountable, R Responsible Two: R Responsible" in said
    assert "CFO" in said
    assert "Vacant since 1 July 2026" in said
    assert "Stand-in: Lead" in said
    assert "Term: A year" in said


def test_hostile_texts() -> None:
    """No text of the charter is markup in these blocks."""
    service = {"id": "x", "name": HOSTILE, "summary": HOSTILE, "status": "retired"}
    role = {"id": "x", "name": HOSTILE, "does": HOSTILE, "informed": ["x"], "term": HOSTILE}
    shown = edition({"services": [service], "roles": [role], **review(4, HOSTILE), **paid_by("x")})
    for name in ("next_review", "roles", "service_list"):
        assert "<script" not in block(shown, name)


def offered(**status: str) -> Change:
    """Services with these ids and states."""
    return {
        "services": [{"id": k, "name": k.title(), "summary": "S", "status": s} for k, s in status.items()]
    }


def test_retired_services_are_apart() -> None:
    """Below those that are offered, on their page and in the navigation; there with a subtitle."""
    shown = edition(offered(old="retired", new="live", next="pilot"))
    before, _, after = words(block(shown, "service_list")).partition("Retired services")
    assert ("New" in before, "Next" in before, "Old" in before, "Old" in after) == (True, True, False, True)
    assert "Retired services" not in block(edition(offered(new="live")), "service_list")
    renderer = PageRenderer(shown, ForgeLinks(None))
    nav = default_nav(renderer, shown.pages.by_uri)
    services = str(nav).partition("services/index.md")[2]
    assert services.index("new.md") < services.index("next.md") < services.index("old.md")
    marks = {}
    for page in (one for one in shown.pages.pages if one.kind == "services"):
        renderer.open(page)
        made = FakePage()
        mark_retired(made, renderer)  # type: ignore[arg-type]
        marks[page.item] = made.meta.get("subtitle")
    assert marks == {"old": "Retired", "new": None, "next": None}


def test_roles_that_say_nothing_have_no_column_for_it() -> None:
    """The matrix of roles with names alone begins beside them."""
    role = {"id": "lead", "name": "Lead", "accountable": ["x"]}
    services = [{"id": "x", "name": "X", "summary": "S"}]
    shown = {"services": services, **paid_by("lead")}
    for more, said in ({}, False), ({"does": "Leads."}, True), ({"tags": ["t"]}, True):
        source = block(edition(shown | {"roles": [role | more]}), "roles")
        assert (more, "What it does" in source) == (more, said)
        assert len(re.findall("<th ", source)) == len(re.findall("<td", source))
