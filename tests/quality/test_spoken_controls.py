"""Controls and headings as screen readers say them: each has a name, once, and what is closed is not read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.quality.sites import Site
from tests.site_checks.accessibility_tree import (
    CONTROLS,
    Spoken,
    controls,
    focusable,
    headings,
    images,
    texts,
)
from tests.site_checks.browser import axe_violations, open_page

Sites = Callable[[str], Site]


def test_results_of_the_search_have_names(context: BrowserContext, site: Sites) -> None:
    """The focus that the arrow keys move says where a link leads, and the number of results is read when it changes."""
    page = open_page(context, f"{site('example').address}latest/").page
    page.keyboard.press("/")
    page.keyboard.type("mentor")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    expect(page.locator(".md-search-result__meta")).to_have_role("status")
    links = [one.name for one in controls(page, ".md-search-result__list") if one.role == "link"]
    assert len(links) > 3
    assert all(links)
    assert links[0].startswith("Onboarding")


def test_a_closed_list_of_versions_is_not_read(context: BrowserContext, site: Sites) -> None:
    """It is as soon as its button has the focus."""
    page = open_page(context, f"{site('example').address}latest/").page
    button = page.locator(".md-version__current")
    expect(button).to_have_attribute("aria-expanded", "false")
    assert [one.role for one in controls(page, ".md-version")] == ["button"]
    button.focus()
    said = controls(page, ".md-version")
    assert (said[0].states["expanded"], len(said)) == (True, 9)


@pytest.mark.parametrize(
    ("name", "address", "selector"),
    [
        ("example", "latest/changes/", ".cb-filter"),
        ("example", "latest/compare/", ".cb-pick"),
        ("example", "latest/services/onboarding/", "body"),
        ("russian", "draft/propose/?item=services/onboarding", "main"),
    ],
)
def test_each_control_has_a_name(
    context: BrowserContext, site: Sites, name: str, address: str, selector: str
) -> None:
    """And no choice of the filter says its severity twice."""
    page = open_page(context, site(name).address + address).page
    said = controls(page, selector)
    assert len(said) > 2
    assert [one for one in said if not one.name] == []
    severities = [one.name.split() for one in said if one.role == "radio"]
    assert [words for words in severities if len(words) > 2 and words[0] == words[-1]] == []


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("example", "latest/history/"),
        ("example", "latest/services/onboarding/"),
        ("russian", "latest/metrics/"),
        ("parts", "latest/more-parts/"),
    ],
)
def test_headings_are_read_without_the_links_that_copy_their_addresses(
    context: BrowserContext, context_without_js: BrowserContext, site: Sites, name: str, address: str
) -> None:
    """They have the names and levels that they have without scripts; the links are controls of their own."""
    url = site(name).address + address
    before = headings(open_page(context_without_js, url).page)
    without = [(level, text.removesuffix("¶").strip()) for level, text in before]
    page = open_page(context, url).page
    assert [(level, text.removesuffix("¶").strip()) for level, text in headings(page)] == without
    copies = page.locator("h2 > .headerlink").all()
    assert copies
    for link in copies:
        expect(link).to_have_role("link")
        expect(link).to_have_accessible_name(re.compile(".+"))


def test_a_message_is_read(context: BrowserContext, site: Sites) -> None:
    """Its place is a status before there is a message, as screen readers need it."""
    page = open_page(context, f"{site('example').address}latest/mission/").page
    message = page.locator(".md-dialog__inner")
    expect(message).to_have_role("status")
    assert message.inner_text() == ""


@pytest.mark.parametrize(
    ("address", "width"),
    [("latest/", 1280), ("latest/services/", 390), ("latest/services/onboarding/", 390)],
)
def test_the_entry_of_the_page_is_the_current_one(
    context: BrowserContext, site: Sites, address: str, width: int
) -> None:
    """It is a link to the page, also in the menu of a phone, and not marked by its colour alone."""
    page = open_page(context, site("example").address + address, width).page
    if width < 1000:
        page.locator(".md-header__button[for=__drawer]").click()
    current = page.locator(".md-sidebar--primary [aria-current=page]")
    expect(current).to_have_count(1)
    expect(current).to_be_visible()
    assert current.evaluate("link => link.href") == page.url


def test_buttons_of_the_search_are_no_navigation(context: BrowserContext, site: Sites) -> None:
    """A list of the landmarks has only what leads somewhere."""
    page = open_page(context, f"{site('example').address}latest/mission/").page
    assert "navigation" not in page.locator(".md-search").aria_snapshot()


#: Roles of what takes the focus: controls, options of lists, and boxes that scroll.
_FOCUSED = CONTROLS | {"option", "group"}


@pytest.mark.parametrize(
    ("name", "address", "width"),
    [
        ("example", "latest/changes/", 1280),
        ("example", "latest/services/onboarding/", 390),
        ("russian", "latest/metrics/", 1280),
        ("stress", "latest/own-1/", 390),
    ],
)
def test_all_that_takes_the_focus_has_a_role_and_a_name(
    context: BrowserContext, site: Sites, name: str, address: str, width: int
) -> None:
    """Also the toggles of the menu, which have neither words nor a role in Material."""
    page = open_page(context, site(name).address + address, width).page
    if width < 1000:
        page.locator(".md-header__button[for=__drawer]").click()
    said = focusable(page)
    assert len(said) > 20
    assert [one for one in said if not one.name or one.role not in _FOCUSED] == []


def test_toggles_of_the_menu(context: BrowserContext, site: Sites) -> None:
    """They say whether their section is open, and both keys of a button open it, without an error."""
    visit = open_page(context, f"{site('example').address}latest/services/onboarding/")
    menu = visit.page.locator(".md-sidebar--primary")
    toggle, entry = menu.get_by_role("button", name="Services"), menu.get_by_role("link", name="Battle cards")
    for key, expanded in (("Space", "false"), ("Enter", "true"), ("Enter", "false"), ("Space", "true")):
        toggle.press(key)
        expect(toggle).to_have_attribute("aria-expanded", expanded)
        expect(entry).to_be_visible(visible=expanded == "true")
        expect(toggle).to_be_focused()
    assert visit.problems() == []


@pytest.mark.parametrize(("width", "versions"), [(1280, ["2026-Q3", "2026-Q4"]), (390, [])])
def test_texts_of_two_versions_are_read_without_their_signs(
    context: BrowserContext, site: Sites, width: int, versions: list[str]
) -> None:
    """A minus in the margin is no part of the text. Beside each other, each text begins with its version."""
    page = open_page(context, f"{site('example').address}latest/changes/", width).page
    said = texts(page, ".cb-list .cb-words")
    assert {"removed:", "added:"} < set(said)
    assert [text for text in said if not re.search(r"[\w.]", text)] == []
    assert [text for text in said if re.fullmatch(r"\d{4}-Q\d", text)] == versions
    assert said[0] == (versions or ["First-line managers learn to coach on real calls"])[0]
    assert texts(page, ".cb-list .cb-said")[0] in ("added:", "removed:")


@pytest.mark.parametrize("address", ["latest/metrics/ramp/", "latest/sponsor/"])
def test_drawings_are_not_read_number_by_number(context: BrowserContext, site: Sites, address: str) -> None:
    """Sentences and tables beside them say the same."""
    page = open_page(context, site("example").address + address).page
    assert page.locator(".cb-chart__frame text").count() > 5
    assert texts(page, ".cb-chart__frame") == []


def test_one_title_of_the_header_is_read(context: BrowserContext, site: Sites) -> None:
    """The handbook's at the top of a page, and the page's below: the other one is transparent."""
    page = open_page(context, f"{site('example').address}latest/funding/").page
    assert texts(page, ".md-header__title") == ["Revenue Enablement Charter"]
    page.mouse.wheel(0, 600)
    expect(page.locator(".md-header__title--active")).to_be_visible()
    assert texts(page, ".md-header__title") == ["Funding"]


def test_the_bar_of_a_page_that_is_loaded_is_not_read(context: BrowserContext, site: Sites) -> None:
    """Material shows it without a name, outside of all landmarks, and says that it is there on every page."""
    page = open_page(context, f"{site('parts').address}latest/").page
    expect(page.locator(".md-progress")).to_have_count(1)
    assert axe_violations(page, "but colours") == []


@pytest.mark.parametrize("width", [390, 1280])
def test_no_image_is_read_without_a_name(context: BrowserContext, site: Sites, width: int) -> None:
    """Icons of links and buttons, which have names themselves: also those of the open search and of the way to the top."""
    page = open_page(context, f"{site('example').address}latest/services/onboarding/", width).page
    assert _nameless_images(page) == []
    page.mouse.wheel(0, 3000)
    page.wait_for_function("scrollY > 1000")
    page.mouse.wheel(0, -500)
    expect(page.locator(".md-top")).to_be_visible()
    assert _nameless_images(page) == []
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    assert _nameless_images(page) == []


def _nameless_images(page: Page) -> list[Spoken]:
    return [one for one in images(page) if not one.name]
