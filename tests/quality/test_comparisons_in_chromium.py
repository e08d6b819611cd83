"""Pages of changes in a browser: filters, keys, versions in any order, print, no JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.quality.sites import Site
from tests.site_checks.browser import Rules, Scheme, check_look, open_page, resize, wait_for_next_frame
from tests.site_checks.reader_needs import small_targets

Sites = Callable[[str], Site]

#: Two years with changes of almost everything.
LONG = "2026-Q4/compare/2025-Q1/"

LOOKS: tuple[tuple[int, Scheme], ...] = ((390, "dark"), (1280, "light"))
#: Each kind of page, by site. All colours occur in the last quarter.
PAGES = {
    "example": (LONG, "latest/changes/", "latest/compare/", "2025-Q1/changes/", "2025-Q1/compare/"),
    "russian": ("latest/changes/", "draft/changes/"),
    "stress": ("latest/changes/",),
}
COLOURFUL = {"latest/changes/", "draft/changes/", "2025-Q1/compare/"}

#: Changes that no filter hides; folded ones also count.
SHOWN = (
    "() => [...document.querySelectorAll('.cb-about li[id]')]"
    ".filter(change => !change.closest('.cb-off')).length"
)


@pytest.mark.parametrize("name", ["example", "russian", pytest.param("stress", marks=pytest.mark.slow)])
def test_nothing_is_wrong(context: BrowserContext, site: Sites, name: str) -> None:
    """On a phone in dark mode, and on a laptop; test_nothing_is_cut.py looks at the longest names in `make test`."""
    known: set[str] = set()
    found = []
    for address in PAGES[name]:
        rules: tuple[Rules, Rules] = ("but colours", "none")
        if name != "stress" and address in COLOURFUL:
            rules = ("all", "colours")
        visit = open_page(context, site(name).address + address, *LOOKS[0])
        for look, asked in zip(LOOKS, rules, strict=True):
            found += check_look(visit, *look, asked, known)
        found += [f"{address}: {target}" for target in small_targets(visit.page, 24)]
    assert found == []


def opened(context: BrowserContext, site: Sites, address: str, width: int = 1280) -> Page:
    """A page of the example."""
    return open_page(context, site("example").address + address, width).page


def shown(page: Page) -> int:
    """Number of visible changes."""
    return int(page.evaluate(SHOWN))


def choice(page: Page, name: str) -> Locator:
    """Filter with this name."""
    return page.locator(f".cb-filter select[name={name}]")


def severity(page: Page, name: str) -> Locator:
    """The filter of a severity."""
    return page.locator(f".cb-filter [name=severity][value={name}]")


def counted(page: Page) -> int:
    """Number of changes that the page states."""
    return int(page.locator(".cb-filter [role=status]").inner_text().split()[0])


def test_filters_are_kept_in_the_address(context: BrowserContext, site: Sites) -> None:
    """A filter narrows the list, states the number of changes, and is part of the address; going back undoes it."""
    page = opened(context, site, LONG)
    everything = shown(page)
    choice(page, "audience").select_option("presales")
    severity(page, "commitment").check()
    wait_for_next_frame(page)
    assert page.url.endswith("?audience=presales&severity=commitment")
    chosen = shown(page)
    assert 0 < chosen < everything
    assert chosen == counted(page)
    expect(page.get_by_role("heading", name="Roadmap")).to_be_hidden()
    again = opened(context, site, f"{LONG}?audience=presales&severity=commitment")
    assert shown(again) == chosen
    expect(choice(again, "audience")).to_have_value("presales")
    again.get_by_role("button", name="Show all changes").click()
    assert (shown(again), again.url.endswith("2025-Q1/")) == (everything, True)
    again.go_back()
    again.wait_for_url("**audience=presales**")
    assert shown(again) == chosen


def test_a_filter_leaves_the_reasons_of_earlier_versions(context: BrowserContext, site: Sites) -> None:
    """They are collapsed, and have no changes that a filter could hide."""
    page = opened(context, site, f"{LONG}?severity=commitment")
    earlier = page.locator(".cb-sum summary", has_text="earlier versions")
    expect(earlier).to_be_visible()
    earlier.click()
    expect(page.locator(".cb-sum")).to_contain_text("2026-Q2")


def test_one_item(context: BrowserContext, site: Sites) -> None:
    """An address can name an item by its present or former id, or by the id that it was split from."""
    page = opened(context, site, f"{LONG}?item=services/onboarding")
    headings = page.locator(".cb-about h3:visible")
    expect(headings).to_have_text(["Onboarding"])
    expect(page.locator(".cb-only strong")).to_have_text("Onboarding")
    page = opened(context, site, f"{LONG}?item=services/sales-onboarding")
    expect(headings).to_have_text(["Onboarding"])
    page = opened(context, site, "2026-Q4/compare/2025-Q1/?item=services/battle-cards")
    expect(headings).to_have_text(["Sales content", "Battle cards"])
    page.get_by_role("button", name="Show all items").click()
    assert "item" not in page.url
    assert shown(page) == counted(page) > 100


#: Collapsed parts that a filter leaves although it hides all changes in them, and counts of changes that it hides.
_EMPTY = """() => [...document.querySelectorAll('.cb-list details:not(.cb-same), .cb-part > summary > .cb-note')]
  .filter((one) => one.checkVisibility() && !one.querySelector('li[id]:not(.cb-off)')).map((one) => one.innerText.slice(0, 60))"""


@pytest.mark.parametrize("query", ["severity=commitment", "item=services/onboarding"])
def test_a_filter_leaves_nothing_empty(context: BrowserContext, site: Sites, query: str) -> None:
    """Each part that can be opened has a change, and the changes that matter most have their directions."""
    page = opened(context, site, f"{LONG}?{query}")
    wait_for_next_frame(page)
    assert page.evaluate(_EMPTY) == []
    ways = "all => all.map(one => one.querySelector('.cb-way, .cb-track')?.textContent.trim())"
    chosen = page.locator(".cb-important li")
    assert chosen.count() > 0
    said = chosen.evaluate_all(ways)
    there = page.evaluate(
        "() => [...document.querySelectorAll('.cb-important a')].map(one => document.querySelector(one.hash).querySelector(':scope > .cb-way, :scope > .cb-track')?.textContent.trim())"
    )
    assert said == there


def test_addresses_that_make_no_sense(context: BrowserContext, site: Sites) -> None:
    """Unknown filters show all changes, and do not appear on the page."""
    evil = "%3Cimg%20src=x%20onerror=alert(1)%3E"
    asked = "&".join(f"{name}={evil}" for name in ("section", "audience", "severity", "state", "item"))
    visit = open_page(context, f"{site('example').address}{LONG}?{asked}")
    assert visit.problems() == []
    assert shown(visit.page) == counted(visit.page) > 100
    assert "onerror" not in visit.page.content()
    expect(visit.page.locator(".cb-unknown")).to_be_visible()


def test_no_change_is_left(context: BrowserContext, site: Sites) -> None:
    """The page says so instead of being empty."""
    page = opened(context, site, f"{LONG}?state=merged")
    assert shown(page) == counted(page) == 0
    expect(page.get_by_text("No changes match.")).to_be_visible()


def test_a_link_to_a_change_that_is_filtered_away(context: BrowserContext, site: Sites) -> None:
    """Following the link shows the change."""
    page = opened(context, site, f"{LONG}?section=glossary")
    page.locator(".cb-sum ol a").first.click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_from_one_change_to_the_next(context: BrowserContext, site: Sites) -> None:
    """By keys and buttons, among visible changes only; typing in a field is no navigation."""
    page = opened(context, site, f"{LONG}?section=funding&severity=commitment")
    sentences = page.locator(".cb-about li:visible")
    page.keyboard.press("j")
    expect(sentences.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.get_by_role("button", name="Next").click()
    expect(sentences.nth(2)).to_be_focused()
    expect(sentences.nth(2)).to_be_in_viewport()
    page.keyboard.press("k")
    expect(sentences.nth(1)).to_be_focused()
    choice(page, "section").focus()
    page.keyboard.press("j")
    expect(choice(page, "section")).to_be_focused()


@pytest.mark.parametrize("order", [("2025-Q2", "2026-Q1"), ("2026-Q1", "2025-Q2")])
def test_two_versions_in_any_order(context: BrowserContext, site: Sites, order: tuple[str, str]) -> None:
    """An old page also knows later versions."""
    page = opened(context, site, "2025-Q3/compare/")
    selects = page.locator(".cb-pick select")
    expect(selects.first.locator("option").first).to_have_text("2026-Q4")
    for place, name in enumerate(order):
        selects.nth(place).select_option(name)
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url(f"{site('example').address}2026-Q1/compare/2025-Q2/")
    expect(page.locator("h1")).to_have_text("What changed from 2025-Q2 to 2026-Q1")


def test_the_same_version_twice(context: BrowserContext, site: Sites) -> None:
    """The page says that there is nothing to compare."""
    page = opened(context, site, "latest/compare/")
    page.locator(".cb-pick select").first.select_option("2026-Q4")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".cb-pick [role=status]")).to_contain_text("the same version")


def test_beside_each_other_where_there_is_room(context: BrowserContext, site: Sites) -> None:
    """Old and new words are side by side on a wide screen, and in one text on a narrow one."""
    visit = open_page(context, f"{site('example').address}{LONG}?severity=meaning")
    words = visit.page.locator(".cb-words").first
    before, after = (words.locator("> div").nth(place) for place in (0, 1))
    assert (before.locator("ins:visible").count(), before.locator("del:visible").count() > 0) == (0, True)
    assert (after.locator("del").count(), after.locator("ins:visible").count() > 0) == (0, True)
    resize(visit, 390)
    assert words.locator("> div").nth(0).locator("ins:visible").count() > 0
    expect(words.locator("> div").nth(1)).to_be_hidden()


def test_on_paper(context: BrowserContext, site: Sites) -> None:
    """All changes are printed with their signs, regardless of filters, and no controls."""
    page = opened(context, site, f"{LONG}?section=glossary")
    page.emulate_media(media="print")
    try:
        printed = page.locator(".cb-about li[id]").evaluate_all(
            "all => all.filter(li => li.checkVisibility()).length"
        )
        assert printed > 100
        for selector in (".cb-filter", ".cb-steps"):
            expect(page.locator(selector)).to_be_hidden()
        words = page.locator(".cb-words").first
        lines = words.evaluate(
            "words => [...words.querySelectorAll('del, ins')].map(mark => getComputedStyle(mark).textDecorationLine)"
        )
        assert {"line-through", "underline"} >= set(lines) != set()
        expect(words.locator("> div").nth(1)).to_be_hidden()
    finally:
        page.emulate_media(media="screen")


@pytest.mark.parametrize("name", ["example", "russian"])
@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
def test_no_name_of_a_filter_is_cut(context: BrowserContext, site: Sites, name: str, width: int) -> None:
    """A filter that is not used shows its name and "All"."""
    page = open_page(context, f"{site(name).address}latest/changes/", width).page
    cut = page.locator(".cb-filter select").evaluate_all(
        """all => all.map(select => {
          const copy = select.cloneNode(false);
          copy.append(select.options[0].cloneNode(true));
          copy.style.cssText = "position: absolute; width: max-content; max-width: none";
          select.parentElement.append(copy);
          const needed = copy.offsetWidth;
          copy.remove();
          return needed > select.offsetWidth + 1 ? `${select.options[0].text}: ${needed} in ${select.offsetWidth} px` : "";
        }).filter(Boolean)"""
    )
    assert cut == []


@pytest.mark.parametrize(("name", "most"), [("example", 110), ("russian", 140)])
def test_the_filter_is_low_on_a_phone(context: BrowserContext, site: Sites, name: str, most: int) -> None:
    """It stays in view, so it leaves the rest of the window to the changes; each of its controls has a name."""
    page = open_page(context, f"{site(name).address}latest/changes/", 390).page
    page.set_viewport_size({"width": 390, "height": 844})
    box = page.locator(".cb-filter").bounding_box()
    assert box
    assert box["height"] <= most
    severity = page.locator("[name=severity][value=meaning]")
    severity.focus()
    page.keyboard.press("Space")
    expect(severity).to_be_checked()
    for button, text in zip(page.locator(".cb-steps button").all(), "↑↓", strict=True):
        expect(button).to_have_accessible_name(re.compile(".{4}"))
        expect(button).to_be_in_viewport(ratio=1)
        assert text in button.inner_text()


def test_without_javascript(context_without_js: BrowserContext, site: Sites) -> None:
    """Everything is there, except for parts that need a script."""
    page = opened(context_without_js, site, "latest/compare/")
    expect(page.locator(".cb-pick")).to_be_hidden()
    lists = page.locator("details:not(.cb-with)")
    lists.nth(1).click()
    lists.nth(1).get_by_role("link", name="2025-Q4").click()
    page.wait_for_url(f"{site('example').address}2026-Q3/compare/2025-Q4/")
    expect(page.locator(".cb-filter")).to_be_hidden()
    expect(page.locator(".cb-steps")).to_be_hidden()
    assert shown(page) > 30
