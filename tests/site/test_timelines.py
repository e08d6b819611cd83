"""The timeline below pages, the comparison of one item, and the changes for an audience: all as plain HTML."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.charters import minimal_charter
from tests.log.log_samples import service
from tests.site.handbooks import Built, Handbook, visible
from tests.site_checks.browser import open_page
from tests.site_checks.server import serve

ATTACK = "<x-attacked onclick=go()>"


def used(**fields: object) -> dict[str, object]:
    """A service that sellers use."""
    return service("onboarding", audiences=["sellers"], was=["start"], **fields)


@pytest.fixture(scope="module")
def quarters_at_forge(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Four quarters at a forge and a draft: a service was renamed, another was added, retired and removed."""
    book = Handbook(tmp_path_factory.mktemp("told") / "book")
    with (book.folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nrepo_url: https://github.com/team/charter\n")
    start = service("start", audiences=["sellers"])
    book.commit("2025-01-15", "Begin", services=[start])
    _commit(book, "2025-04-15", "Add webinars (#7)", [start, service("webinars")])
    body = f"Rename it\n\nBecause {ATTACK} said so."
    message = f"Merge pull request #12 from dana/name\n\n{body}"
    _commit(book, "2025-07-15", message, [used(effort_share=30), service("webinars", status="retired")])
    _commit(book, "2025-10-15", "Tidy up", [used(effort_share=25)], author=ATTACK)
    book.write("charter.yml", minimal_charter(services=[used(effort_share=20, status="sunset")]))
    built = book.build()
    assert built.code == 0, built.output
    return built


def _commit(
    book: Handbook, date: str, message: str, services: list[dict[str, object]], author: str = "Ada"
) -> None:
    book.repo.commit({"charter.yml": minimal_charter(services=services)}, message, date, author)


def item_history(built: Built, address: str) -> list[str]:
    """The words of each version of a page's timeline, the newest first."""
    source = built.part(address, '<section class="cb-story"', "</section>")
    return [visible(part) for part in re.split(r"(?=<h3>)", source)[1:]]


def test_an_items_timeline(quarters_at_forge: Built) -> None:
    """Author, date, commit, reason and request of each change, back to its former name."""
    newest, renamed, first = (
        re.sub(r"[0-9a-f]{8}", "…", part)
        for part in item_history(quarters_at_forge, "2025-Q4/services/onboarding")
    )
    assert newest.startswith("2025-Q4 Share of the team's time is now 25%, was 30%")
    assert renamed.startswith(
        "2025-Q3 Renamed “Start” is now called “Onboarding” Share of the team's time added: 30%"
    )
    assert "Ada, 15 July 2025, … , #12 Rename it" in renamed
    assert first == "2025-Q1 Introduced as Start Ada, 15 January 2025, … Begin"


def test_a_timeline_ends_with_its_version(quarters_at_forge: Built) -> None:
    """Later changes are not shown."""
    assert [part[:7] for part in item_history(quarters_at_forge, "2025-Q3/services/onboarding")] == [
        "2025-Q3",
        "2025-Q1",
    ]
    assert [part[:18] for part in item_history(quarters_at_forge, "2025-Q2/services/webinars")] == [
        "2025-Q2 Introduced"
    ]
    assert [part[:15] for part in item_history(quarters_at_forge, "2025-Q3/services/webinars")] == [
        "2025-Q3 Retired",
        "2025-Q2 Introdu",
    ]


def test_a_draft_is_marked_as_not_in_force(quarters_at_forge: Built) -> None:
    """It has neither a date nor an author yet."""
    assert item_history(quarters_at_forge, "draft/services/onboarding")[0] == (
        "In the draft, not in force Status is now ending, was live ↓ weaker"
        " Share of the team's time is now 20%, was 25%"
    )


def test_a_sections_timeline(quarters_at_forge: Built) -> None:
    """Added and removed items; other changed items link to their own timelines, under their newest address."""
    newest, third = item_history(quarters_at_forge, "2025-Q4/services")[:2]
    assert "Service removed: Webinars Changed: Onboarding" in newest
    assert "“Start” is now called “Onboarding”" in third
    assert "Webinars: status is now retired, was live ↓ weaker" in third
    assert '<a href="onboarding/">Onboarding</a>' in quarters_at_forge.part(
        "2025-Q4/services", 'class="cb-story"', "</section>"
    )


def test_a_page_about_nothing_in_particular_has_no_timeline(quarters_at_forge: Built) -> None:
    """The home page says when the charter last changed."""
    assert item_history(quarters_at_forge, "latest") == []
    assert "Last changed 15 October 2025 (2025-Q4)" in quarters_at_forge.text("latest")


def test_commits_and_requests_are_links_at_a_known_forge(quarters_at_forge: Built) -> None:
    """To the addresses of that forge."""
    source = quarters_at_forge.part("2025-Q4/services/onboarding", 'class="cb-story"', "</section>")
    assert '<a href="https://github.com/team/charter/pull/12">#12</a>' in source
    assert len(re.findall(r'href="https://github.com/team/charter/commit/[0-9a-f]{40}"', source)) == 3


def test_git_output_is_no_html(quarters_at_forge: Built) -> None:
    """Neither the author nor the message."""
    source = quarters_at_forge.html("2025-Q4/services/onboarding")
    assert "<x-attacked" not in source
    assert html.escape("Because <x-attacked onclick=go()> said so.") in source


def test_the_timeline_is_in_the_table_of_contents(quarters_at_forge: Built) -> None:
    """It is not in the search index, where it would outnumber present texts."""
    assert 'href="#page-timeline"' in quarters_at_forge.html("latest/services/onboarding")
    index = (quarters_at_forge.site / "2025-Q4" / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "Rename it" not in index


def test_an_item_can_be_compared_with_each_version_that_has_it(quarters_at_forge: Built) -> None:
    """By plain links, with the item's id in the newer version; for any two by a form."""
    source = quarters_at_forge.part(
        "2025-Q4/services/onboarding", '<nav aria-label="This page in other', "</nav>"
    )
    assert re.findall(r'href="([^"]*)"[^>]*>compare<', source) == [
        f"../../compare/{name}/?item=services/onboarding" for name in ("2025-Q3", "2025-Q2", "2025-Q1")
    ]
    assert re.findall(r'<li(?: data-about="(\S+?)")?><a href="../../../(\S+?)/services', source) == [
        ("", "2025-Q3"),
        ("item=services/start", "2025-Q2"),
        ("item=services/start", "2025-Q1"),
    ]
    assert 'aria-label="compare with 2025-Q3"' in source
    assert "?section=services" in quarters_at_forge.html("2025-Q4/services")


def test_a_version_without_comparisons_offers_none(tmp_path: Path) -> None:
    """An author can leave those pages out."""
    book = Handbook(tmp_path / "book")
    book.write("docs/compare/each.md", "# Empty\n")
    (book.folder / "docs" / "compare" / "each.md").unlink()
    (book.folder / "docs" / "changes.md").unlink(missing_ok=True)
    for date, hours in (("2025-01-15", 8), ("2025-04-15", 9), ("2025-07-15", 10)):
        book.commit(date, audiences=[{"id": "sellers", "name": "Sellers", "hours_per_quarter": hours}])
    built = book.build("--strict")
    assert built.code == 0, built.output
    assert "compare" not in built.part("latest/audiences/sellers", '<nav aria-label="This page', "</nav>")
    assert "<h2" in built.part("latest/audiences/sellers", 'class="cb-story"', "</section>")
    assert "changes/" not in built.part("latest/audiences/sellers", 'id="changes"', "<h2")


def test_what_changed_for_an_audience(quarters_at_forge: Built) -> None:
    """The highest severity first, with labels, and a link to all; on the home page their number."""
    text = quarters_at_forge.text("draft/audiences/sellers")
    assert (
        "What changed for you since 2025-Q4 commitment Onboarding: status is now ending, was live ↓ weaker meaning"
    ) in text
    assert '<a href="../../changes/?audience=sellers">' in quarters_at_forge.html("draft/audiences/sellers")
    assert "Sellers 1 service · 2 changes" in quarters_at_forge.text("draft")


def test_a_quiet_quarter(tmp_path: Path) -> None:
    """The audience has no changes, and the first version has no predecessor."""
    book = Handbook(tmp_path / "book", pages=("index", "audiences/each", "changes"))
    book.commit("2025-01-15")
    book.commit("2025-04-15", title="Another title")
    built = book.build()
    assert "Nothing has changed for you." in built.text("2025-Q2/audiences/sellers")
    assert "changed for you" not in built.text("2025-Q1/audiences/sellers")
    assert "change" not in built.part("2025-Q2", 'id="i-am"', "</section>")


def test_any_two_versions_of_an_item(quarters_at_forge: Built, context: BrowserContext) -> None:
    """The form opens the newer one's comparison, in any order of choice, with the item's id at that time."""
    with serve(quarters_at_forge.site) as root:
        page = open_page(context, f"{root}2025-Q4/services/onboarding/").page
        one, other = page.locator(".cb-versus select").all()
        assert [one.input_value(), other.input_value()] == ["2025-Q3", "2025-Q4"]
        one.select_option("2025-Q1")
        other.select_option("2025-Q2")
        expect(one.locator("option", has_text="2025-Q2")).to_be_disabled()
        page.locator(".cb-versus button").click()
        expect(page).to_have_url(f"{root}2025-Q2/compare/2025-Q1/?item=services/start")


def test_the_newest_version_compares_with_an_older_one(
    quarters_at_forge: Built, context: BrowserContext
) -> None:
    """Also under the address that never changes, and in the draft."""
    with serve(quarters_at_forge.site) as root:
        for name, folder in (("latest", "2025-Q4"), ("draft", "draft")):
            page = open_page(context, f"{root}{name}/services/onboarding/").page
            page.locator(".cb-versus select").first.select_option("2025-Q1")
            page.locator(".cb-versus button").click()
            expect(page).to_have_url(f"{root}{folder}/compare/2025-Q1/?item=services/onboarding")
            expect(page.locator(".cb-about:not(.cb-off)")).to_have_count(1)
