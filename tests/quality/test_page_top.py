"""The top of pages, links of headings, the choice of colours, and news since the last visit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.quality.sites import Site
from tests.site_checks.browser import open_page
from tests.site_checks.reader_needs import small_targets

Sites = Callable[[str], Site]


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    """A reader with their own storage and clipboard."""
    context = chromium.new_context(
        service_workers="block", color_scheme="dark", permissions=["clipboard-read", "clipboard-write"]
    )
    yield context.new_page()
    context.close()


def visited(page: Page, address: str, **last: str) -> None:
    """Store a last visit, as if the reader had come on another day."""
    key = f"charterbook-visit {page.evaluate('url => new URL(url).pathname', address)}"
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps({"last": last})])


def test_since_the_last_visit(reader: Page, site: Sites) -> None:
    """Nothing on the first day; then versions that came into force, revisions, or a note that nothing has changed."""
    address = site("example").address
    reader.goto(f"{address}latest/")
    box = reader.locator(".cb-since")
    expect(box).to_be_hidden()
    revision = box.get_attribute("data-revision") or ""
    version = box.get_attribute("data-version") or ""
    for last, said in (
        (
            {"day": "2026-10-03", "version": "2026-Q2", "revision": "x"},
            f"on 3 October 2026, {version} has come into force.",
        ),
        (
            {"day": "2026-10-03", "version": version, "revision": "x"},
            f"{version} has been revised. All revisions",
        ),
        (
            {"day": "2026-10-03", "version": version, "revision": revision},
            "Nothing has changed since your last visit on 3 October 2026.",
        ),
    ):
        visited(reader, address, **last)
        reader.goto(f"{address}latest/")
        expect(box).to_contain_text(said)
    visited(reader, address, day="2026-10-03", version="2026-Q2", revision="x")
    reader.goto(f"{address}latest/audiences/presales/")
    expect(box).to_contain_text(f"on 3 October 2026, {version} has come into force.")
    box.get_by_role("link", name="What has changed since 2026-Q2").click()
    reader.wait_for_url("**/latest/compare/2026-Q2/?audience=presales")
    reader.goto(f"{address}2025-Q1/")
    assert box.count() == 0


#: Values that another site of the host can have stored under the same name.
FOREIGN = [
    "",
    "[]",
    "null",
    '{"last": 1}',
    '{"last": {"day": "<b>", "version": "../../evil"}}',
    '{"last": {"day": "2026-01-01", "version": "//evil.example"}}',
]


def test_nothing_stored_breaks_a_page(reader: Page, site: Sites) -> None:
    """The storage can contain anything."""
    errors: list[str] = []
    reader.on("pageerror", lambda error: errors.append(error.message))
    address = site("example").address
    reader.goto(f"{address}latest/mission/")
    for stored in FOREIGN:
        reader.evaluate(
            "([key, text]) => localStorage.setItem(key, text)", ["charterbook-visit /team/charter/", stored]
        )
        reader.goto(f"{address}latest/")
        assert (stored, errors) == (stored, [])
        assert reader.locator("a[href*=evil]").count() == 0


def test_links_of_headings(reader: Page, site: Sites) -> None:
    """A link is named after its heading, appears with the focus, and is copied."""
    reader.goto(f"{site('example').address}latest/funding/")
    link = reader.locator("h2 > .headerlink").first
    heading = reader.locator("h2").first.evaluate("one => one.firstChild.textContent.trim()")
    expect(link).to_have_accessible_name(f"Copy a link to “{heading}”")
    expect(link).to_have_css("opacity", "0")
    link.focus()
    expect(link).to_have_css("opacity", "1")
    reader.keyboard.press("Enter")
    expect(reader.locator(".md-dialog")).to_contain_text("The link is copied.")
    assert reader.evaluate("navigator.clipboard.readText()") == reader.url
    assert reader.url.endswith(f"#{reader.locator('h2').first.get_attribute('id')}")


def test_colours_are_chosen_by_keyboard(reader: Page, site: Sites) -> None:
    """Like the system, light, dark; the choice stays on the next page."""
    address = site("example").address
    reader.goto(f"{address}latest/")
    body = reader.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    choice = reader.locator("input[name=__palette]:checked")
    expect(choice).to_have_accessible_name("Colours: like the system")
    choice.focus()
    reader.keyboard.press("ArrowRight")
    expect(reader.locator("input[name=__palette]:checked")).to_have_accessible_name("Colours: light")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    reader.goto(f"{address}latest/mission/")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    assert reader.locator("meta[name=theme-color]").count() == 1


def test_compare_and_print(reader: Page, site: Sites) -> None:
    """The list of versions closes with Escape; the button prints."""
    address = site("example").address
    reader.goto(f"{address}latest/services/onboarding/")
    listed = reader.locator(".cb-with")
    listed.locator("summary").focus()
    reader.keyboard.press("Enter")
    expect(listed.get_by_role("link", name="2026-Q1")).to_be_visible()
    reader.keyboard.press("Escape")
    expect(listed.get_by_role("link", name="2026-Q1")).to_be_hidden()
    expect(listed.locator("summary")).to_be_focused()
    reader.evaluate("window.print = () => { window.printed = true }")
    reader.get_by_role("button", name="Print or save as PDF").click()
    assert reader.evaluate("window.printed")
    reader.keyboard.press("Tab")
    listed.locator("summary").click()
    listed.get_by_role("link", name="2026-Q1").click()
    reader.wait_for_url("**/latest/compare/2026-Q1/?item=services/onboarding")


def test_without_javascript(context_without_js: BrowserContext, site: Sites) -> None:
    """Parts that need it are absent; the list of versions needs none."""
    page = open_page(context_without_js, f"{site('example').address}latest/").page
    for part in (".cb-print", ".cb-since", ".headerlink"):
        assert not page.locator(part).first.is_visible()
    assert page.locator(".md-option:visible").count() == 0
    page.locator(".cb-with summary").click()
    assert page.locator(".cb-with").get_by_role("link").first.is_visible()


@pytest.mark.parametrize(("name", "address"), [("russian", "draft/"), ("example", "2026-Q3/")])
def test_the_notice_is_as_wide_as_the_page(
    context_without_js: BrowserContext, site: Sites, name: str, address: str
) -> None:
    """Its colour reaches both edges of the window."""
    page = open_page(context_without_js, f"{site(name).address}{address}", 1280).page
    colour = "e => getComputedStyle(e).backgroundColor"
    assert page.locator(".md-banner").evaluate(colour) == page.locator(".cb-notice").evaluate(colour)
    assert page.locator(".md-banner").evaluate("e => e.clientWidth") == 1280


def test_no_empty_footer(context_without_js: BrowserContext, site: Sites) -> None:
    """Without a copyright and links to other pages, Material's footer is a black band."""
    page = open_page(context_without_js, f"{site('example').address}latest/").page
    expect(page.locator(".md-footer")).to_be_hidden()
    page.locator(".md-copyright").evaluate("e => e.append(document.createElement('div'))")
    assert page.locator(".md-footer").evaluate("e => e.checkVisibility()")


def test_a_notice_stays_when_an_announcement_is_dismissed(context: BrowserContext, site: Sites) -> None:
    """A superseded version is named on each of its pages, also if readers can dismiss announcements for good."""
    page = open_page(context, f"{site('additions').address}2026-Q3/").page
    announcement, notice = page.get_by_text("We move on Friday."), page.locator(".cb-notice--old")
    expect(notice).to_have_count(1)
    page.get_by_role("button", name="Don't show this again").click()
    expect(announcement).to_be_hidden()
    expect(notice).to_be_visible()
    page.reload()
    expect(announcement).to_be_hidden()
    expect(notice).to_be_visible()
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize(
    ("name", "address"), [("example", "latest/metrics/ramp/"), ("russian", "latest/metrics/churn/")]
)
def test_the_links_are_in_one_row(context: BrowserContext, site: Sites, name: str, address: str) -> None:
    """On a laptop, also beside a table of contents."""
    page = open_page(context, f"{site(name).address}{address}", 1280).page
    expect(page.locator(".md-sidebar--secondary .md-nav__item").first).to_be_visible()
    links = page.locator(".cb-time > *")
    assert links.count() == 4
    tops = [box["y"] for link in links.all() if (box := link.bounding_box())]
    assert max(tops) - min(tops) < 12


@pytest.mark.parametrize(
    ("name", "address"), [("example", "latest/metrics/ramp/"), ("russian", "latest/metrics/churn/")]
)
def test_the_links_are_in_one_row_on_a_phone(
    context: BrowserContext, site: Sites, name: str, address: str
) -> None:
    """With 44 px each; the title begins in the first sixth of the screen, and the list of versions is within the page."""
    page = open_page(context, f"{site(name).address}{address}", 390).page
    boxes = [box for link in page.locator(".cb-time > *").all() if (box := link.bounding_box())]
    assert len(boxes) == 4
    assert len({box["y"] for box in boxes}) == 1
    assert min(min(box["height"], box["width"]) for box in boxes) >= 44
    title = page.locator("h1").bounding_box()
    assert title is not None
    assert title["y"] < 844 / 6
    listed = page.locator(".cb-with")
    listed.locator("summary").click()
    place = listed.locator("ul").bounding_box()
    assert place is not None
    assert (place["x"] >= 0, place["x"] + place["width"] <= 390) == (True, True)


def test_names_of_the_links_contain_their_words(context: BrowserContext, site: Sites) -> None:
    """Of all words that a reader sees, on a phone and on a laptop, so that they can be spoken to a browser."""
    for name, address in (("example", "latest/metrics/ramp/"), ("russian", "latest/metrics/churn/")):
        for width in (390, 1280):
            page = open_page(context, f"{site(name).address}{address}", width).page
            for link in page.locator(".cb-time > a").all():
                words = link.inner_text().removeprefix("←").strip()
                assert words in (link.get_attribute("aria-label") or "")


_NARROW_LOGO = """logo => logo.replaceChildren(Object.assign(document.createElement("span"), {
  style: "display: inline-block; height: 24px; width: 6px" }))"""


def test_a_narrow_logo_is_a_target(context: BrowserContext, site: Sites) -> None:
    """An image of 80 x 300 pixels is six pixels wide in the header; its link has the 24 of all targets."""
    page = open_page(context, f"{site('example').address}latest/", 1280).page
    logo = page.locator(".md-header .md-logo")
    logo.evaluate(_NARROW_LOGO)
    assert small_targets(page, 24, ".md-header .md-logo") == []
