"""Pages and filters of a handbook with a split, a merge, and weakened promises."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.log.log_samples import service
from tests.site.handbooks import Built, Handbook
from tests.site.shared_sites import build_once
from tests.site.test_versions_on_pages import elsewhere, notice
from tests.site_checks.browser import open_page
from tests.site_checks.server import serve

AUDIENCES = [{"id": id_, "name": id_.title()} for id_ in ("sellers", "partners")]


def promising(id_: str, audience: str, days: int) -> dict[str, Any]:
    """A service with a promise within this many days."""
    levels = [{"request": "An answer", "within": days, "unit": "working_days"}]
    return service(id_, name=id_.title(), audiences=[audience], service_levels=levels)


@pytest.fixture(scope="module")
def splits(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Three quarters; all changes are in the second one."""

    def build(folder: object) -> Built:
        book = Handbook(folder)  # type: ignore[arg-type]
        promises = [promising("desk", "sellers", 2), promising("clinic", "partners", 3)]
        first = [
            service("start", name="Start"),
            service("talks", name="Talks"),
            service("events", name="Events"),
        ]
        then = [
            service("basics", name="Basics & more", was=["start"]),
            service("ramp", name="Ramp-up", was=["start"]),
            service("meetings", name="Meetings", was=["talks", "events"]),
        ]
        weaker = [promising("desk", "sellers", 5), promising("clinic", "partners", 9)]
        book.commit("2025-01-15", services=[*first, *promises], audiences=AUDIENCES)
        book.commit("2025-04-15", services=[*then, *weaker], audiences=AUDIENCES)
        book.commit("2025-07-15", services=[*then, *weaker], audiences=AUDIENCES, title="Another")
        return book.build()

    return build_once(tmp_path_factory, "splits", build)


def test_a_superseded_page_leads_to_all_successors(splits: Built) -> None:
    """Each by its name."""
    assert notice(splits, "2025-Q1/services/start") == (
        "2025-Q1 has been superseded. This page in 2025-Q2: [../../../2025-Q2/services/basics/] Basics & more ,"
        " [../../../2025-Q2/services/ramp/] Ramp-up · [../../../latest/] Go to the charter in force"
    )
    assert "[../../../2025-Q2/services/meetings/] This page in 2025-Q2" in notice(
        splits, "2025-Q1/services/talks"
    )


def test_a_page_names_all_that_it_was(splits: Built) -> None:
    """In every older version, one line for each former item."""
    assert elsewhere(splits, "2025-Q3/services/meetings") == [
        ("2025-Q2", "../../../2025-Q2/services/meetings/"),
        ("2025-Q1 (Talks)", "../../../2025-Q1/services/talks/"),
        ("2025-Q1 (Events)", "../../../2025-Q1/services/events/"),
    ]
    assert elsewhere(splits, "2025-Q2/services/ramp")[1:] == [
        ("2025-Q1 (Start)", "../../../2025-Q1/services/start/")
    ]


def listed(page: Page) -> dict[str, str]:
    """The lines of the version selector, and where each leads within the site."""
    page.locator(".md-version__current").focus()
    expect(page.locator(".md-version__link").first).to_be_visible()
    expect(page.locator(".md-version__link[title]").first).to_be_attached()
    lines = page.locator(".md-version__list a").evaluate_all(
        "links => links.map(link => [link.innerText.trim().replace(/\\s+/g, ' '), new URL(link.href).pathname])"
    )
    assert len({text for text, _ in lines}) == len(lines)
    return {text: path.rpartition("/services/")[2] for text, path in lines}


def test_the_selector_names_all_of_several(splits: Built, context: BrowserContext) -> None:
    """In both directions of time, one line each."""
    with serve(splits.site) as root:
        page = open_page(context, f"{root}2025-Q1/services/start/").page
        assert [path for text, path in listed(page).items() if "Ramp-up" in text] == ["ramp/"] * 2


def test_most_important_follows_the_filter(splits: Built, context: BrowserContext) -> None:
    """It names the most severe visible changes, and all of them again without the filter."""
    with serve(splits.site) as root:
        page = open_page(context, f"{root}2025-Q2/changes/").page
        lines = page.locator(".cb-important li")
        whole = lines.all_inner_texts()
        assert [word for word in ("Desk", "Clinic") if word in " ".join(whole[:2])] == ["Desk", "Clinic"]
        page.locator("select[name=audience]").select_option("partners")
        expect(lines).not_to_have_text(whole)
        shown = lines.all_inner_texts()
        assert "Clinic" in shown[0]
        assert "Desk" not in " ".join(shown)
        for link in page.locator(".cb-important a").all():
            expect(page.locator(str(link.get_attribute("href")))).to_be_visible()
        page.locator(".cb-filter button").first.click()
        expect(lines).to_have_text(whole)


def test_home_leads_to_a_weakened_promise(splits: Built, context: BrowserContext) -> None:
    """Weakened promises come first; each link leads to its change, which is visible."""
    with serve(splits.site) as root:
        page = open_page(context, f"{root}2025-Q2/").page
        told = page.locator(".cb-news__list li").all_inner_texts()
        assert ["↓ weaker" in text for text in told[:2]] == [True, True]
        link = page.locator(".cb-news__list a", has_text="Desk").first
        target = str(link.get_attribute("href"))
        link.click()
        page.wait_for_url("**/changes/#change-*")
        expect(page.locator(f"#{target.partition('#')[2]}")).to_be_visible()
        filtered = open_page(
            context, f"{root}2025-Q2/changes/?audience=partners#{target.partition('#')[2]}"
        ).page
        expect(filtered.locator(f"#{target.partition('#')[2]}")).to_be_visible()
