from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.quality.sites import Site
from tests.site_checks.browser import Visit, axe_violations, open_page, settle
from tests.site_checks.server import serve

Sites = Callable[[str], Site]

QUARTERS = [f"{year}-Q{quarter}" for year in (2026, 2025) for quarter in (4, 3, 2, 1)]


def opened(context: BrowserContext, address: str) -> Page:
    """A page with its selector open."""
    page = open_page(context, address).page
    page.locator(".md-version__current").focus()
    expect(page.locator(".md-version__link").first).to_be_visible()
    return page


def names(page: Page) -> list[str]:
    """The versions in the selector's list."""
    found = "links => links.map(link => link.firstChild.textContent.trim())"
    listed: list[str] = page.locator(".md-version__link:not(.cb-counterpart)").evaluate_all(found)
    return listed


def entry(page: Page, version: str) -> Locator:
    """A version's entry in the list."""
    return page.locator(".md-version__link:not(.cb-counterpart)", has_text=version)


@pytest.mark.parametrize("address", ["latest/", "2025-Q1/services/content/"])
def test_all_versions(context: BrowserContext, site: Sites, address: str) -> None:
    """The selector lists all versions on every page, the newest first."""
    assert names(opened(context, site("example").address + address)) == QUARTERS


def test_draft(context: BrowserContext, site: Sites) -> None:
    """A draft comes first, under its name in the charter's language."""
    page = opened(context, f"{site('russian').address}draft/")
    assert names(page) == ["Черновик", "2026-Q4", "2026-Q3"]


@pytest.mark.parametrize(
    ("start", "version", "end"),
    [
        ("2025-Q2/metrics/win-rate/", "2026-Q4", "2026-Q4/metrics/win-rate/"),
        ("latest/", "2026-Q1", "2026-Q1/"),
        ("latest/roles/#roles-cro", "2026-Q3", "2026-Q3/roles/#roles-cro"),
    ],
)
def test_same_page(context: BrowserContext, site: Sites, start: str, version: str, end: str) -> None:
    """Another version opens at the same page and position."""
    address = site("example").address
    page = opened(context, address + start)
    entry(page, version).click()
    page.wait_for_url(address + end)


@pytest.mark.parametrize(
    ("start", "version"),
    [("latest/services/deal-clinics/", "2025-Q1"), ("2026-Q4/roadmap/", "2025-Q1")],
)
def test_absent_page(context: BrowserContext, site: Sites, start: str, version: str) -> None:
    """If the version lacks the page, the selector says so, and opens the home page."""
    address = site("example").address
    page = opened(context, address + start)
    expect(entry(page, version)).to_contain_text("not in this version: opens its home page")
    entry(page, version).click()
    page.wait_for_url(f"{address}{version}/")


def test_a_split_service_is_followed(context: BrowserContext, site: Sites) -> None:
    """The selector leads to the first part of a split service."""
    address = site("example").address
    page = opened(context, address + "2025-Q1/services/content/")
    entry(page, "2026-Q4").click()
    page.wait_for_url(f"{address}2026-Q4/services/content-library/")


def test_absence_is_not_claimed(context: BrowserContext, site: Sites) -> None:
    """There is no note on versions that have the page."""
    page = opened(context, f"{site('example').address}latest/services/deal-clinics/")
    there = page.locator(".md-version__link:not(:has(.cb-missing))")
    assert [text.strip()[:7] for text in there.all_inner_texts()] == QUARTERS[:4]


def test_name_of_the_button(context: BrowserContext, site: Sites) -> None:
    """The accessible name of the button contains its visible text."""
    button = opened(context, f"{site('russian').address}latest/").locator(".md-version__current")
    seen = " ".join(button.inner_text().split())
    assert seen in (button.get_attribute("aria-label") or "")


def test_on_a_phone(context: BrowserContext, site: Sites) -> None:
    """The open list fits a phone, and nothing is wrong with it in either scheme."""
    page = open_page(context, f"{site('russian').address}2026-Q3/services/trips/", 390).page
    page.locator(".md-version__current").focus()
    expect(page.locator(".cb-missing").first).to_be_visible()
    page.wait_for_timeout(300)  # the list fades in
    box = page.locator(".md-version__list").bounding_box()
    assert box is not None
    assert (box["x"] >= 0, box["x"] + box["width"] <= 390) == (True, True)
    assert axe_violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe_violations(page, "colours") == []


#: The parts of a list that a reader sees: of the list in the window, and of its entries those inside of it.
_SEEN = """list => {
  const { top, bottom } = list.getBoundingClientRect();
  const isSeen = (link) => link.getBoundingClientRect().top >= top && link.getBoundingClientRect().bottom <= bottom;
  const links = [...list.querySelectorAll("a")], current = links.filter((link) => link.ariaCurrent);
  return { inWindow: bottom <= innerHeight, all: list.scrollHeight <= list.clientHeight, current: current.map((link) => link.textContent.trim()),
    currentIsSeen: current.every(isSeen), focusIsSeen: isSeen(document.activeElement) };
}"""


@pytest.mark.parametrize(("height", "all_fit"), [(660, True), (568, False)])
def test_a_long_list(context: BrowserContext, site: Sites, height: int, all_fit: bool) -> None:
    """Thirteen versions on a phone: the version that is shown is marked and in view, and every other can be reached."""
    versions = ["2028-Q1", *(f"2027-Q{quarter}" for quarter in (4, 3, 2, 1)), *QUARTERS]
    page = open_page(context, f"{site('example').address}2025-Q1/", 320).page
    page.set_viewport_size({"width": 320, "height": height})
    listed = [{"version": name, "title": name, "aliases": []} for name in versions]
    page.route("**/versions.json", lambda route: route.fulfill(json=listed))
    page.reload()
    settle(Visit(page, page.url))
    button, found = page.locator(".md-version__current"), page.locator(".md-version__list")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.wait_for_timeout(300)  # the list fades in
    seen = found.evaluate(_SEEN)
    assert seen == {
        "inWindow": True, "all": all_fit, "current": ["2025-Q1"], "currentIsSeen": True, "focusIsSeen": False,
    }  # fmt: skip
    for _ in versions:
        page.keyboard.press("Tab")
        assert found.evaluate(_SEEN)["focusIsSeen"]
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    page.unroute("**/versions.json")


def test_superseded(context: BrowserContext, site: Sites) -> None:
    """The notice leads to the same page of the charter in force."""
    address = site("example").address
    page = open_page(context, f"{address}2025-Q2/metrics/win-rate/").page
    page.get_by_role("link", name="Go to the charter in force").click()
    page.wait_for_url(f"{address}latest/metrics/win-rate/")


def test_superseded_without_a_page(context: BrowserContext, site: Sites) -> None:
    """If the charter in force lacks the page, the notice leads to its home page."""
    address = site("russian").address
    page = open_page(context, f"{address}2026-Q3/services/trips/").page
    expect(page.locator(".cb-notice")).to_contain_text("В версии 2026-Q4 этой страницы уже нет.")
    page.locator("a[data-charterbook-latest]").click()
    page.wait_for_url(f"{address}latest/")


@pytest.mark.parametrize("wanted", ["2025-Q1/services/deal-clinics/", "services/deal-clinics"])
def test_missing_page(context: BrowserContext, site: Sites, wanted: str) -> None:
    """The 404 page lists the versions with the page, newest first; also for an address from before there were versions."""
    visit = open_page(context, site("example").address + wanted)
    assert visit.page.locator("#found li").all_inner_texts() == QUARTERS[:4]
    visit.page.locator("#found a").first.click()
    visit.page.wait_for_url("**/team/charter/2026-Q4/services/deal-clinics/")


@pytest.mark.parametrize("wanted", ["nowhere/at/all/", "2025-Q1/none/"])
def test_unknown_page(context: BrowserContext, site: Sites, wanted: str) -> None:
    """For an unknown address, the 404 page lists all versions."""
    visit = open_page(context, site("example").address + wanted)
    assert (visit.status, visit.problems()) == (404, [])
    expect(visit.page.locator("#found")).to_be_hidden()
    visit.page.get_by_role("link", name="2025-Q1").click()
    visit.page.wait_for_url("**/team/charter/2025-Q1/")


def test_missing_page_elsewhere(context: BrowserContext, site: Sites) -> None:
    """It also works at another path than the one that the site was built for."""
    with serve(site("example").folder, "/preview/17/") as address:
        visit = open_page(context, f"{address}2025-Q1/services/deal-clinics/")
        settle(visit)
        assert visit.problems() == []
        assert visit.page.locator("#found li").all_inner_texts() == QUARTERS[:4]
        visit.page.locator("#found a").first.click()
        visit.page.wait_for_url(f"{address}2026-Q4/services/deal-clinics/")


@pytest.fixture
def in_2028(chromium: Browser) -> Iterator[BrowserContext]:
    """A reader who opens the pages one year after the build."""
    context = chromium.new_context(locale="en-GB", service_workers="block")
    context.clock.set_fixed_time("2028-01-03T12:00:00Z")
    yield context
    context.close()


def test_review_that_has_become_due(in_2028: BrowserContext, site: Sites) -> None:
    """A review that was not due at the time of the build becomes overdue after its day."""
    address = site("example").address
    assert (
        "overdue"
        not in (site("example").folder / "latest" / "index.html").read_text("utf-8").split("cb-due")[0]
    )
    page = open_page(in_2028, f"{address}latest/").page
    expect(page.locator(".cb-due").first).to_be_visible()
    page = open_page(in_2028, f"{address}2026-Q3/").page
    expect(page.locator(".cb-due:visible")).to_have_count(0)


@pytest.mark.parametrize(("name", "version"), [("russian", "draft"), ("example", "2025-Q1")])
def test_the_state_is_within_the_header(
    context: BrowserContext, site: Sites, name: str, version: str
) -> None:
    """Below the version, at every width; on a phone the button covers both, and is large enough to tap."""
    for width in (320, 390, 1280):
        page = open_page(context, f"{site(name).address}{version}/", width).page
        button = page.locator(".md-version__current")
        expect(button).to_be_visible()
        header, state, tapped = (
            one.bounding_box()
            for one in (page.locator(".md-header"), page.locator(".cb-version__state"), button)
        )
        assert header
        assert state
        assert tapped
        assert header["y"] <= state["y"] <= state["y"] + state["height"] <= header["y"] + header["height"]
        assert width > 390 or tapped["height"] >= 44
