"""Instant navigation: Material replaces the page without loading it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.site.handbooks import Handbook
from tests.site_checks.browser import Visit, open_page, settle, wait_for_next_frame
from tests.site_checks.server import serve

FEATURES = ["instant", "instant.prefetch", "instant.preview", "instant.progress", "tracking"]
SETTINGS = "".join(f"\n    - navigation.{name}" for name in FEATURES)

SERVICES = [
    {"id": name, "name": name.title(), "summary": f"All about {name}."} for name in ("onboarding", "clinics")
]

#: Material aborts its prefetches when the reader leaves a page.
PREFETCH = re.compile(r"^failed request: .*net::ERR_ABORTED")

#: The visible changes, and the focused one among them.
SHOWN = "() => [...document.querySelectorAll('.cb-about li[id]')].filter(li => !li.closest('.cb-off'))"
COUNT = f"() => ({SHOWN})().length"
FOCUS = f"() => ({SHOWN})().indexOf(document.activeElement)"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A handbook of three versions, served at its `site_url`. Only the last two have clinics."""
    book = Handbook(tmp_path_factory.mktemp("instant") / "book")
    site = book.folder / "site"
    site.mkdir()
    with serve(site) as served:
        book.replace("mkdocs.yml", "# site_url: https://handbook.example.com/charter/", f"site_url: {served}")
        book.replace("mkdocs.yml", "  name: material\n", f"  name: material\n  features:{SETTINGS}\n")
        book.commit("2025-01-06", services=SERVICES[:1])
        book.commit("2025-04-07", services=SERVICES, scope={"out": [{"id": "events", "name": "Events"}]})
        ended = [{"id": "sales", "name": "Sales", "funder": "Sales", "share": 100}]
        mission = {"statement": "Every seller holds the conversation that the buyer needs."}
        book.commit(
            "2025-07-07", services=SERVICES, mission=mission, funding={"owner": "Board", "sources": ended}
        )
        built = book.build("--strict")
        assert built.code == 0, built.output
        yield served


@pytest.fixture
def visit(context: BrowserContext, address: str) -> Iterator[Visit]:
    """A reader at the home page, without errors; only the first page may be loaded."""
    visit = open_page(context, f"{address}latest/")
    visit.page.evaluate("window.first = true")
    yield visit
    assert visit.page.evaluate("window.first"), "a page was loaded in the ordinary way"
    settle(visit)
    assert [problem for problem in visit.problems() if not PREFETCH.search(problem)] == []


def go(page: Page, url: str) -> None:
    """Follow a link within the version, and wait for the page."""
    title = page.title()
    page.evaluate(
        "url => document.querySelector('article').prepend(Object.assign(document.createElement('a'), "
        "{ href: url, textContent: 'go', id: 'go' }))",
        url,
    )
    page.locator("#go").click()
    page.wait_for_url(url)
    expect(page.locator("#go")).to_have_count(0)
    page.wait_for_function("title => document.title !== title", arg=title)


def versions(page: Page, address: str) -> dict[str, str]:
    """Link of the selector for each version, relative to the site's root; a star marks absent pages."""
    found = "links => links.map(a => [a.firstChild.textContent.trim(), a.href, Boolean(a.querySelector('.cb-missing'))])"
    listed = page.locator(".md-version__link").evaluate_all(found)
    return {name: url.removeprefix(address) + ("*" if absent else "") for name, url, absent in listed}


def test_the_selector_is_about_the_page_that_is_shown(visit: Visit, address: str) -> None:
    """Including notes on versions without the page, and the position on the page."""
    page = visit.page
    go(page, f"{address}latest/services/clinics/")
    expect(page.locator(".cb-missing")).to_have_count(1)
    expected = {
        "2025-Q3": "2025-Q3/services/clinics/",
        "2025-Q2": "2025-Q2/services/clinics/",
        "2025-Q1": "2025-Q1/*",
    }
    assert versions(page, address) == expected
    go(page, f"{address}latest/metrics/")
    expect(page.locator(".cb-missing")).to_have_count(0)
    assert versions(page, address) == {name: f"{name}/metrics/" for name in expected}
    page.go_back()
    expect(page.locator(".cb-missing")).to_have_count(1)
    assert versions(page, address) == expected


def test_choosing_a_version_leads_to_the_page_that_is_shown(context: BrowserContext, address: str) -> None:
    """Not to the page that was opened first."""
    page = open_page(context, f"{address}latest/compare/2025-Q1/").page
    go(page, f"{address}latest/services/")
    page.locator(".md-version__current").focus()
    page.locator(".md-version__link", has_text="2025-Q1").click()
    page.wait_for_url(f"{address}2025-Q1/services/")


def test_the_notice_leads_to_the_same_page(context: BrowserContext, address: str) -> None:
    """In the charter in force."""
    page = open_page(context, f"{address}2025-Q1/").page
    go(page, f"{address}2025-Q1/metrics/")
    page.get_by_role("link", name="Go to the charter in force").click()
    page.wait_for_url(f"{address}latest/metrics/")


def key_listeners(page: Page) -> int:
    """Number of key listeners of the document."""
    session = page.context.new_cdp_session(page)
    document = session.send("Runtime.evaluate", {"expression": "document"})["result"]["objectId"]
    found = session.send("DOMDebugger.getEventListeners", {"objectId": document})["listeners"]
    session.detach()
    return [listener["type"] for listener in found].count("keydown")


def test_filters_and_keys_work_on_each_page_of_changes(visit: Visit, address: str) -> None:
    """A key moves one step, and one page listens to it, after any number of pages."""
    page = visit.page
    before = key_listeners(page)
    for url in (
        "latest/compare/2025-Q1/",
        "latest/",
        "latest/changes/",
        "latest/",
        "latest/compare/2025-Q1/",
    ):
        go(page, address + url)
    expect(page.locator(".cb-filter")).to_be_visible()
    everything = page.evaluate(COUNT)
    assert everything > 2
    page.locator("body").press("j")
    assert key_listeners(page) == before + 1
    focus = page.evaluate(FOCUS)
    page.locator("body").press("j")
    assert page.evaluate(FOCUS) == focus + 1
    page.locator(".cb-filter [name=severity][value=commitment]").check()
    assert page.url.endswith("?severity=commitment")
    wait_for_next_frame(page)
    assert 0 < page.evaluate(COUNT) < everything
    go(page, f"{address}latest/")
    page.locator("body").press("j")
    page.go_back()
    expect(page.locator(".cb-filter [name=severity][value=commitment]")).to_be_checked()


def test_the_form_opens_each_time(visit: Visit, address: str) -> None:
    """With the values that the address names."""
    page = visit.page
    for service in SERVICES:
        go(page, f"{address}latest/propose/?item=services/{service['id']}")
        expect(page.locator("#propose")).to_be_visible()
        expect(page.locator("#propose-fields input").first).to_have_value(service["name"])
        assert page.locator("#propose-subject option:checked").count() == 1
        go(page, f"{address}latest/")


def test_search_goes_on(visit: Visit, address: str) -> None:
    """A search result also opens without loading."""
    page = visit.page
    go(page, f"{address}latest/metrics/")
    page.wait_for_timeout(300)  # Material closes search a moment after a new page is there
    page.keyboard.press("/")
    page.keyboard.insert_text("clinics")
    page.keyboard.press("End")
    page.locator(".md-search-result__link").first.click()
    expect(page.get_by_role("heading", name="Clinics", level=1)).to_be_visible()


def test_readers_go_on_at_the_beginning_of_the_new_page(visit: Visit, address: str) -> None:
    """The link that had the focus is gone: the title has it, as screen readers then say which page this is."""
    page = visit.page
    go(page, f"{address}latest/metrics/")
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("article :focus")).to_have_count(1)


def test_the_first_page_leaves_the_focus(context: BrowserContext, address: str) -> None:
    """As every page does that is loaded."""
    page = open_page(context, f"{address}latest/").page
    assert page.evaluate("document.activeElement === document.body")
