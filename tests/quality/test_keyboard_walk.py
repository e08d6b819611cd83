"""A walk with the Tab key over every kind of page: each stop can be seen, in order, and none is a trap."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.quality.sites import Site
from tests.site_checks.browser import open_page, wait_for_next_frame
from tests.site_checks.keyboard_walk import walk

Sites = Callable[[str], Site]

#: A laptop; a phone; a laptop at 400 %: WCAG 1.4.10.
WINDOWS = [(1280, 900), (390, 844), (320, 256)]

#: A page of every kind.
PAGES = [
    ("example", "latest/"),
    ("example", "latest/services/"),
    ("example", "latest/services/onboarding/"),
    ("example", "latest/audiences/account-executives/"),
    ("example", "latest/metrics/win-rate/"),
    ("example", "latest/funding/"),
    ("example", "latest/promises/"),
    ("example", "latest/sponsor/"),
    ("example", "latest/review/"),
    ("example", "latest/history/"),
    ("example", "latest/roles/"),
    ("example", "latest/compare/"),
    ("example", "latest/changes/"),
    ("example", "latest/propose/?item=services/onboarding"),
    ("example", "2025-Q1/metrics/"),
    ("russian", "draft/"),
    ("stress", "latest/metrics/metric-4/"),
    ("parts", "latest/more-parts/"),
]

#: Pages with their own parts: `make slow` also walks over the others. A phone has the layout of the smallest window.
ON_A_PHONE = {"latest/", "latest/propose/?item=services/onboarding"}
NARROW = {
    "latest/",
    "latest/services/",
    "latest/compare/",
    "latest/changes/",
    "latest/propose/?item=services/onboarding",
    "latest/metrics/metric-4/",
    "latest/more-parts/",
}

#: Those at 1280 px: the parts of the others there are the same in a narrow window.
WIDE = {
    "latest/",
    "latest/changes/",
    "latest/propose/?item=services/onboarding",
    "latest/metrics/metric-4/",
    "latest/promises/",
    "latest/roles/",
    "latest/history/",
    "draft/",
    "latest/more-parts/",
}

MENU = ".md-header__button[for=__drawer]"


def opened(context: BrowserContext, url: str, width: int, height: int) -> Page:
    """A page in a window of this size."""
    page = open_page(context, url, width).page
    page.set_viewport_size({"width": width, "height": height})
    return page


@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_walk(context: BrowserContext, site: Sites, width: int, height: int) -> None:
    """Over the pages of a window of this size."""
    chosen = {1280: WIDE, 390: ON_A_PHONE, 320: NARROW}[width]
    walk_over(context, site, width, height, [page for page in PAGES if page[1] in chosen])


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_walk_over_the_other_pages(context: BrowserContext, site: Sites, width: int, height: int) -> None:
    """Over the pages that are left out otherwise."""
    walk_over(context, site, width, height, [page for page in PAGES if page[1] not in ON_A_PHONE])


def walk_over(
    context: BrowserContext, site: Sites, width: int, height: int, pages: Sequence[tuple[str, str]]
) -> None:
    """Assert that each stop on these pages can be seen, in order, and that none is a trap.

    The part before the text is the same on all pages: the home page is walked over as a whole, the others
    from their text on.
    """
    walks = {
        address: walk(
            opened(context, site(name).address + address, width, height),
            None if address == "latest/" else "article",
        )
        for name, address in pages
    }
    assert {address: found.problems() for address, found in walks.items()} == {
        address: [] for address in walks
    }
    assert min(len(found.stops) for found in walks.values()) > 15


@pytest.mark.parametrize(
    "address", [pytest.param("latest/", marks=pytest.mark.slow), "latest/services/onboarding/"]
)
def test_menu_of_a_narrow_window(context: BrowserContext, site: Sites, address: str) -> None:
    """It is opened and closed by the keyboard, and all of it can be seen while it is open."""
    page = opened(context, site("example").address + address, 390, 844)
    menu = page.locator(MENU)
    expect(menu).to_have_role("button")
    expect(menu).to_have_accessible_name("Menu")
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    inside = page.locator(".md-sidebar--primary")
    stops = 0
    while inside.evaluate("part => part.contains(document.activeElement)"):
        expect(page.locator(":focus")).to_be_in_viewport(ratio=0.5)
        page.keyboard.press("Tab")
        stops += 1
    assert stops > 20
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.focus()
    page.keyboard.press("Space")
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()


def test_menu_opens_at_the_current_page(context: BrowserContext, site: Sites) -> None:
    """The entry of a page at the end of a long menu has the focus, so that it is in sight."""
    page = opened(context, f"{site('example').address}latest/glossary/", 390, 660)
    page.locator(MENU).click()
    expect(page.locator(":focus")).to_contain_text("Glossary")
    expect(page.locator(":focus")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".md-sidebar--primary :focus")).to_be_in_viewport()


def test_menu_shows_where_a_click_has_led(context: BrowserContext, site: Sites) -> None:
    """After a click on an entry far below, it is in sight on the next page, too, which begins at its top."""
    page = opened(context, f"{site('example').address}latest/", 1280, 600)
    entry = page.locator(".md-sidebar--primary").get_by_role("link", name="Glossary")
    entry.scroll_into_view_if_needed()
    entry.click()
    page.wait_for_url("**/latest/glossary/")
    expect(page.locator(".md-sidebar--primary .md-nav__link--active").last).to_contain_text("Glossary")
    expect(page.locator(".md-sidebar--primary .md-nav__link--active").last).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("name", ["example", "minimal"])
def test_lists_of_the_menu_have_names(context: BrowserContext, site: Sites, name: str) -> None:
    """Each list has that of its section, also beside a toggle without words, and no two have the same."""
    page = open_page(context, f"{site(name).address}latest/services/").page
    tree = page.locator(".md-sidebar--primary").aria_snapshot()
    names = re.findall(r"- navigation(?: \"([^\"]*)\")?", tree)
    assert len(names) > 1
    assert all(names)
    assert len(set(names)) == len(names)


def test_levels_of_the_menu(context: BrowserContext, site: Sites) -> None:
    """Pages of a section are further in than its link, and headings of a page than its own; all lines are as high."""
    page = open_page(context, f"{site('example').address}latest/services/battle-cards/", 390).page
    page.locator(MENU).click()
    links = page.locator(".md-nav--primary .md-nav__link:visible")
    starts = {
        name: links.get_by_text(name, exact=True).first.evaluate("e => e.getBoundingClientRect().left")
        for name in ("Services", "Onboarding", "Benefits")
    }
    assert starts["Services"] < starts["Onboarding"] < starts["Benefits"]
    heights = page.locator(".md-nav--primary .md-nav__container:visible").evaluate_all(
        "all => all.map(e => Math.round(e.offsetHeight))"
    )
    assert set(heights) == {44}


def test_menu_without_javascript(context_without_js: BrowserContext, site: Sites) -> None:
    """The space bar opens it as well."""
    page = opened(context_without_js, f"{site('example').address}latest/services/", 390, 844)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".md-sidebar--primary").get_by_role("link", name="Mission")).to_be_in_viewport()


def test_search_of_a_narrow_window(context: BrowserContext, site: Sites) -> None:
    """Its button opens it, and leaving it leads back to the button."""
    page = opened(context, f"{site('example').address}latest/", 390, 844)
    button = page.locator(".md-header__button[for=__search]")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_shortcuts_are_listed_and_can_be_switched_off(context: BrowserContext, site: Sites) -> None:
    """The choice stays on the next page: WCAG 2.1.4."""
    address = site("example").address
    page = opened(context, f"{address}latest/services/", 1280, 900)
    listed = page.locator(".cb-keys")
    listed.locator("summary").click()
    assert listed.locator("kbd").all_inner_texts() == ["/", "f", "s", "n", ".", "p", ",", "j", "k"]
    listed.get_by_role("checkbox").uncheck()
    page.goto(f"{address}latest/changes/")
    page.locator("body").click(position={"x": 5, "y": 5})
    for key in "/fsnp,.jk":
        page.keyboard.press(key)
    assert (page.url, page.evaluate("document.activeElement === document.body")) == (
        f"{address}latest/changes/",
        True,
    )
    page.evaluate("localStorage.clear()")


def test_commands_of_the_browser_are_left_alone(context: BrowserContext, site: Sites) -> None:
    """A letter with Alt or Ctrl opens a menu of the browser, not the search or another page."""
    address = f"{site('example').address}latest/services/"
    page = opened(context, address, 1280, 900)
    page.evaluate(
        "addEventListener('keydown', (event) => setTimeout(() => { window.isPrevented ||= event.defaultPrevented; }), true)"
    )
    for key in "/fsnp,.jk":
        for modifier in ("Alt", "Control"):
            page.keyboard.press(f"{modifier}+{key}")
    wait_for_next_frame(page)
    assert page.url == address
    assert page.evaluate("[window.isPrevented, document.activeElement === document.body]") == [False, True]


@pytest.mark.parametrize("width", [1280, 390])
def test_search_by_a_shortcut_leads_back(context: BrowserContext, site: Sites, width: int) -> None:
    """It opens in any window; Escape leads to the element that had the focus."""
    page = opened(context, f"{site('example').address}latest/services/", width, 844)
    link = page.locator("article").get_by_role("link", name="Battle cards").first
    link.focus()
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    expect(page.locator(".md-search__input")).to_have_value("")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_escape_closes_the_list_of_versions(context: BrowserContext, site: Sites) -> None:
    """Also the one that only the pointer has opened; the button opens it again."""
    page = opened(context, f"{site('example').address}latest/", 1280, 900)
    button, entries = page.locator(".md-version__current"), page.locator(".md-version__list")
    button.focus()
    page.keyboard.press("Tab")
    expect(entries).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(entries).to_be_hidden()
    page.keyboard.press("Enter")
    expect(entries).to_be_visible()
    page.keyboard.press("Escape")
    button.blur()
    button.hover()
    expect(entries).to_be_visible()
    page.keyboard.press("Escape")
    expect(entries).to_be_hidden()


def test_walk_with_tabs(context: BrowserContext, site: Sites) -> None:
    """Also in a header that scrolling has hidden, and below a filter that stays below the tabs."""
    page = opened(context, f"{site('additions').address}latest/changes/", 1280, 700)
    assert walk(page).problems() == []
    page.evaluate("document.activeElement.blur()")
    for top in (0, *range(400, 1000, 60)):
        page.evaluate("top => scrollTo(0, top)", top)
        page.wait_for_timeout(100)
    expect(page.locator(".md-header")).to_have_attribute("hidden", "")
    assert page.locator(".cb-filter").evaluate("e => e.getBoundingClientRect().top") == 0
    page.locator(".md-version__current").focus()
    expect(page.locator(".md-version__current")).to_be_in_viewport(ratio=1)
    under = "e => e.getBoundingClientRect().top - document.querySelector('.md-header').getBoundingClientRect().bottom"
    assert page.locator(".cb-filter").evaluate(under) == pytest.approx(0, abs=1)
