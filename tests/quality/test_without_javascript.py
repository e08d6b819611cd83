from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.quality.sites import Site
from tests.site_checks.browser import open_page

Sites = Callable[[str], Site]


def versions(page: Page) -> list[str]:
    """Links below a page to the same page in other versions."""
    return [" ".join(text.split()) for text in page.locator(".cb-versions li").all_inner_texts()]


def test_root(context_without_js: BrowserContext, site: Sites) -> None:
    """The root leads to the charter in force."""
    address = site("example").address
    page = open_page(context_without_js, address).page
    page.wait_for_url(f"{address}latest/")


def test_other_versions(context_without_js: BrowserContext, site: Sites) -> None:
    """Every page links to itself in earlier versions, and names the ones without it."""
    address = site("example").address
    page = open_page(context_without_js, f"{address}2025-Q4/audiences/sales-managers/").page
    assert versions(page) == [
        "The charter in force",
        "2025-Q3 · compare",
        "2025-Q2 not in this version",
        "2025-Q1 not in this version",
    ]
    page.locator(".cb-versions").get_by_role("link", name="2025-Q3", exact=True).click()
    page.wait_for_url(f"{address}2025-Q3/audiences/sales-managers/")


def test_comparison(context_without_js: BrowserContext, site: Sites) -> None:
    """Each earlier version with the page has a link to the changes since."""
    address = site("example").address
    page = open_page(context_without_js, f"{address}2025-Q4/audiences/sales-managers/").page
    page.locator(".cb-versions").get_by_role("link", name="compare with 2025-Q3").click()
    page.wait_for_url(f"{address}2025-Q4/compare/2025-Q3/?item=audiences/sales-managers")
    expect(page.locator("h1")).to_contain_text("2025-Q3")


def test_renamed_item(context_without_js: BrowserContext, site: Sites) -> None:
    """A page is followed through renames of its item, in both directions."""
    address = site("example").address
    page = open_page(context_without_js, f"{address}2026-Q1/services/sales-onboarding/").page
    page.get_by_role("link", name="This page in 2026-Q2").click()
    page.wait_for_url(f"{address}2026-Q2/services/onboarding/")
    page.locator(".cb-versions").get_by_role("link", name="2026-Q1", exact=True).click()
    page.wait_for_url(f"{address}2026-Q1/services/sales-onboarding/")


def test_superseded(context_without_js: BrowserContext, site: Sites) -> None:
    """A superseded version says so, and links to the page in the next version and in the one in force."""
    address = site("example").address
    page = open_page(context_without_js, f"{address}2025-Q1/metrics/ramp/").page
    notice = page.locator(".cb-notice")
    expect(notice).to_contain_text("2025-Q1 has been superseded.")
    notice.get_by_role("link", name="This page in 2025-Q2").click()
    page.wait_for_url(f"{address}2025-Q2/metrics/ramp/")
    page.get_by_role("link", name="Go to the charter in force").click()
    page.wait_for_url(f"{address}latest/")


def test_page_that_is_gone(context_without_js: BrowserContext, site: Sites) -> None:
    """The notice says that the next version lacks the page."""
    page = open_page(context_without_js, f"{site('russian').address}2026-Q3/services/trips/").page
    expect(page.locator(".cb-notice")).to_contain_text("2026-Q4")
    assert page.locator(".cb-notice a").count() == 1


def test_current(context_without_js: BrowserContext, site: Sites) -> None:
    """The charter in force has no notice."""
    page = open_page(context_without_js, f"{site('example').address}latest/").page
    assert page.locator(".cb-notice").count() == 0


def test_draft(context_without_js: BrowserContext, site: Sites) -> None:
    """A draft says that it is not in force, and search engines ignore it."""
    address = site("russian").address
    page = open_page(context_without_js, f"{address}draft/services/library/").page
    expect(page.locator(".cb-notice--draft")).to_be_visible()
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    page.locator(".cb-notice a").click()
    page.wait_for_url(f"{address}latest/")


def test_overdue_review(context_without_js: BrowserContext, site: Sites) -> None:
    """A review that was overdue at the time of the build is marked."""
    page = open_page(context_without_js, f"{site('russian').address}latest/").page
    expect(page.locator(".cb-due").first).to_have_text("просрочен")
    page = open_page(context_without_js, f"{site('example').address}latest/").page
    expect(page.locator(".cb-due:visible")).to_have_count(0)


def test_missing_page(context_without_js: BrowserContext, site: Sites) -> None:
    """The 404 page lists all versions, at any depth."""
    address = site("example").address
    visit = open_page(context_without_js, f"{address}2025-Q1/services/deal-clinics/")
    assert visit.status == 404
    visit.page.get_by_role("link", name="2026-Q3").click()
    visit.page.wait_for_url(f"{address}2026-Q3/")


def test_a_page_of_one_version(context_without_js: BrowserContext, site: Sites) -> None:
    """It does not list all versions that lack it; its first line names the previous one."""
    page = open_page(context_without_js, f"{site('example').address}latest/promises/").page
    expect(page.locator(".cb-time")).to_contain_text("not in 2026-Q3")
    expect(page.locator(".cb-absent")).to_have_count(0)
    expect(page.get_by_role("navigation", name="This page in other versions")).to_have_count(0)


def test_without_materials_script(context: BrowserContext, site: Sites) -> None:
    """If it cannot be loaded, the scripts of pages go on without it, and the form says why it is missing."""
    page = context.pages[0] if context.pages else context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    page.route(re.compile(r"/(material|before-material|bundle\.\w+\.min)\.js$"), lambda route: route.abort())
    address = site("example").address
    page.goto(f"{address}latest/funding/")
    expect(page.locator("h2 > .headerlink").first).to_be_attached()
    page.goto(f"{address}latest/changes/?severity=meaning")
    expect(page.locator(".cb-filter [role=status]")).not_to_have_text(re.compile(r"^(\d+) of \1 "))
    page.goto(f"{address}latest/propose/?item=services/onboarding")
    expect(page.locator("#propose-failed")).to_be_visible()
    page.unroute_all()
    assert errors == []
