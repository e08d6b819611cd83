from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.quality.sites import Site
from tests.site_checks.browser import WIDTHS, open_page, resize

Sites = Callable[[str], Site]

#: Elements that scroll sideways, each with its name and whether the keyboard reaches it.
SCROLLERS = """() => [...document.querySelectorAll("article *")]
  .filter(e => e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX))
  .map(e => [e.tabIndex, e.getAttribute("aria-label") || ""])"""


def test_skip_link(context: BrowserContext, site: Sites) -> None:
    """The first Tab stop leads past header and navigation to the content."""
    page = open_page(context, f"{site('example').address}latest/services/").page
    page.keyboard.press("Tab")
    link = page.locator(".md-skip")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    target = link.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate(
        "target => document.querySelector('article').contains(document.activeElement)", target
    )
    assert inside is True


#: Whether the page goes to the first stop itself, which takes Chromium seconds if there are thousands of elements.
_GOES_ITSELF = "() => { addEventListener('keydown', (event) => { window.went = event.defaultPrevented; }); }"


@pytest.mark.parametrize("start", ["", "#services", "click", "find"])
def test_the_first_stop_is_found_at_once(
    context: BrowserContext, context_without_js: BrowserContext, site: Sites, start: str
) -> None:
    """It is the same as without scripts, also if the reader has begun elsewhere: at an anchor, a click or a text that was found."""
    stops = []
    for one in (context, context_without_js):
        fragment = start if start.startswith("#") else ""
        page = open_page(one, f"{site('example').address}latest/services/{fragment}").page
        page.evaluate(_GOES_ITSELF)
        if start == "click":
            page.locator("article h1").click(position={"x": 2, "y": 2})
        if start == "find":
            page.evaluate("find('Timeline')")
        page.keyboard.press("Tab")
        stops.append(page.evaluate("[document.activeElement.localName, document.activeElement.textContent]"))
    assert stops[0] == stops[1]
    assert context.pages[0].evaluate("window.went") is (not start)


@pytest.mark.parametrize("section", ["services", "metrics", "funding", "risks"])
def test_scrolling_tables(context: BrowserContext, site: Sites, section: str) -> None:
    """A scrolling table has a name, and the keyboard reaches it."""
    visit = open_page(context, f"{site('stress').address}latest/{section}/")
    for width in WIDTHS:
        resize(visit, width)
        found = visit.page.evaluate(SCROLLERS)
        assert [name for tab, name in found if tab != 0 or not name] == []


def test_coverage_matrix(context: BrowserContext, site: Sites) -> None:
    """Sixty columns scroll within their region by arrow keys; the services stay visible."""
    page = open_page(context, f"{site('stress').address}latest/services/", 390).page
    region = page.locator(".cb-table:has(.cb-matrix)")
    region.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 50")
    first = region.locator("tbody th").first.bounding_box()
    assert first is not None
    assert (first["x"] >= 0, first["width"] < 390 / 2) == (True, True)


#: On paper, and on the screen again.
_MEDIA: tuple[Literal["print", "screen"], ...] = ("print", "screen")

#: The right edge of the word in each empty cell, from the left edge of its table; and the number of its elements.
EMPTY_CELLS = """table => [...table.querySelectorAll("td:not([class])")].map((cell) => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return [range.getBoundingClientRect().right - table.getBoundingClientRect().left, cell.children.length];
})"""


def test_empty_cells_of_a_matrix(context: BrowserContext, site: Sites) -> None:
    """Only screen readers say that they are empty. Thousands of them weigh little, since they have no elements."""
    page = open_page(context, f"{site('stress').address}latest/services/").page
    table = page.locator(".cb-matrix")
    row = table.locator("tbody tr").first.aria_snapshot()
    assert row.count("- cell") == row.count('- cell "no"') + row.count("uses it")
    for media in _MEDIA:
        page.emulate_media(media=media)
        table.scroll_into_view_if_needed()
        found = table.evaluate(EMPTY_CELLS)
        assert len(found) > 400
        assert [one for one in found if one[0] >= 0 or one[1]] == []


def test_a_large_matrix_is_drawn_when_it_is_in_sight(context: BrowserContext, site: Sites) -> None:
    """Its thousands of cells delay no click on the rest of the page; on paper, all of it is drawn."""
    page = open_page(context, f"{site('stress').address}latest/services/").page
    drawn = "cell => cell.checkVisibility({ contentVisibilityAuto: true })"
    cell = page.locator(".cb-matrix td").first
    assert not cell.evaluate(drawn)
    page.emulate_media(media="print")
    assert cell.evaluate(drawn)
    page.emulate_media(media="screen")
    page.locator("#coverage").evaluate("heading => heading.scrollIntoView()")
    page.wait_for_function(f"() => ({drawn})(document.querySelector('.cb-matrix td'))")
    fades = "() => getComputedStyle(document.querySelector('.cb-table:has(.cb-matrix)')).maskImage !== 'none'"
    page.wait_for_function(fades)


def test_navigation_of_a_crowd(context_without_js: BrowserContext, site: Sites) -> None:
    """A list that is too long for the navigation is on its section's page, and its group keeps its title."""
    page = open_page(context_without_js, f"{site('stress').address}latest/services/").page
    entries = page.locator(".md-sidebar--primary a").all_inner_texts()
    names = [text.strip().splitlines()[0] for text in entries if text.strip()]
    listed = [name for name in names if not name[-1].isdigit()]
    assert listed[:6] == ["At a glance", "Mission", "Services", "Audiences", "Funding", "Metrics"]


def shown_in_print(page: Page, selector: str) -> bool:
    """Whether any matching element would be printed."""
    return any(element.is_visible() for element in page.locator(selector).all())


@pytest.mark.parametrize("address", ["latest/", "latest/services/", "2025-Q1/metrics/ramp/"])
def test_print(context_without_js: BrowserContext, site: Sites, address: str) -> None:
    """The content is printed with the version's notice, without any navigation."""
    page = open_page(context_without_js, site("example").address + address).page
    page.emulate_media(media="print")
    try:
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".cb-foot .cb-facts")).to_be_visible()
        for selector in (".md-header", ".md-sidebar", ".md-footer", ".md-search", ".cb-foot nav"):
            assert (selector, shown_in_print(page, selector)) == (selector, False)
        assert shown_in_print(page, ".cb-notice") == address.startswith("2025")
    finally:
        page.emulate_media(media="screen")


def test_print_from_a_dark_screen(context: BrowserContext, site: Sites) -> None:
    """Paper is white: light text on dark is printed dark."""
    page = open_page(context, site("example").address + "latest/", scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    try:
        color = page.locator("h1").evaluate("heading => getComputedStyle(heading).color")
        assert max(int(part) for part in color.removeprefix("rgb(").rstrip(")").split(",")) < 128
    finally:
        page.emulate_media(media="screen", color_scheme="light")
