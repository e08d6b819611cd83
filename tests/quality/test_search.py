from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.quality.sites import Site
from tests.site_checks.browser import axe_violations, open_page, settle

Sites = Callable[[str], Site]

#: Material's text for results, which is missing while it loads the index.
ANSWERED = re.compile("matching document|[Сс]овпаден")


def search(context: BrowserContext, address: str, words: str) -> Page:
    """Open a page, search there, and wait for the results."""
    visit = open_page(context, address)
    page = visit.page
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.insert_text(words)
    page.keyboard.press("End")
    expect(page.locator(".md-search-result__meta")).to_have_text(ANSWERED)
    settle(visit)
    assert visit.problems() == []
    return page


def results(page: Page) -> list[str]:
    """The addresses that are found in the version of the page, best first."""
    hrefs: list[str] = page.locator(".md-search-result__link").evaluate_all(
        "found => found.map(link => link.href)"
    )
    version = page.url.rsplit("/", 1)[0]
    return [href for href in hrefs if href.startswith(version)]


def marked(page: Page) -> set[str]:
    """Highlighted words of the results."""
    words = page.locator(".md-search-result mark").all_text_contents()
    return {word.strip(".,:;").lower() for word in words if word}


@pytest.mark.parametrize(
    ("version", "words", "found"),
    [
        ("2025-Q1", "licences", True),
        ("latest", "adherence", True),
        ("2025-Q1", "adherence", False),
    ],
)
def test_open_version(context: BrowserContext, site: Sites, version: str, words: str, found: bool) -> None:
    """What search finds in the version that is open comes first; what only others say is named with them."""
    address = f"{site('example').address}{version}/"
    page = search(context, address, words)
    assert bool(results(page)) == found
    everything = page.locator(".md-search-result__link").evaluate_all("found => found.map(link => link.href)")
    assert everything[: len(results(page))] == results(page)


@pytest.mark.parametrize("words", ["coach", "Coaching", "coached", "coaches"])
def test_english_word_forms(context: BrowserContext, site: Sites, words: str) -> None:
    """Any form of a word finds all its forms."""
    page = search(context, f"{site('example').address}latest/", words)
    assert marked(page) >= {"coaching", "coached"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("продавцам", {"продавцы", "продавцов"}),
        ("обучением", {"обучение", "обучения"}),
        ("Услугами", {"услуги", "услуга"}),
    ],
)
def test_russian_word_forms(context: BrowserContext, site: Sites, words: str, expected: set[str]) -> None:
    """The same in Russian."""
    page = search(context, f"{site('russian').address}latest/", words)
    assert marked(page) >= expected


def test_beginning_of_a_word(context: BrowserContext, site: Sites) -> None:
    """Results appear while typing, and two words stay separate."""
    page = search(context, f"{site('example').address}latest/", "coachi")
    assert marked(page) == {"coaching"}
    page = search(context, f"{site('example').address}latest/", "stand-in accountab")
    assert marked(page) >= {"stand", "accountable"}


def test_words_stay_apart(site: Sites) -> None:
    """Words of neighbouring table cells and terms are not joined in the index."""
    index = (site("example").folder / "latest" / "search" / "search_index.json").read_text("utf-8")
    assert "Request Within On-time target How it went Escalate to Place on the path" in index


class _Texts(HTMLParser):
    """The words of each text of a page by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.words |= set(re.findall(r"\w+", data))


@pytest.mark.parametrize("name", ["example", "russian"])
def test_words_of_the_index_are_words_of_the_page(site: Sites, name: str) -> None:
    """No element's text is joined with the next one's: whoever looks for one of them would not find it."""
    version = site(name).folder / "latest"
    joined = {}
    for entry in json.loads((version / "search" / "search_index.json").read_text("utf-8"))["docs"]:
        address = entry["location"].split("#")[0]
        page, indexed = _Texts(), _Texts()
        page.feed((version / address / "index.html").read_text("utf-8"))
        indexed.feed(entry["text"])
        joined[entry["location"]] = sorted(indexed.words - page.words)
    assert {location: words for location, words in joined.items() if words} == {}


def test_results_are_accessible(context: BrowserContext, site: Sites) -> None:
    """Nothing is wrong with the list of results."""
    page = search(context, f"{site('russian').address}latest/", "продавцам")
    assert axe_violations(page) == []


def test_going_there(context: BrowserContext, site: Sites) -> None:
    """The first result for an item's name is its page, in the same version."""
    address = site("example").address
    page = search(context, f"{address}2026-Q1/review/", "deal clinics")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(f"{address}2026-Q1/services/deal-clinics/**")
    assert page.locator("h1").inner_text() == "Deal clinics"


def test_the_index_is_loaded_when_search_is_opened(context: BrowserContext, site: Sites) -> None:
    """A page without a search loads neither the index nor what other versions say."""
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url.rsplit("/", 1)[1]))
    page = open_page(context, f"{site('example').address}latest/").page
    page.wait_for_load_state("networkidle")
    assert not {"search_index.json", "past.json"} & set(requests)
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.insert_text("onboarding")
    page.keyboard.press("End")
    expect(page.locator(".md-search-result__meta")).to_have_text(ANSWERED)
    assert requests.count("search_index.json") == requests.count("past.json") == 1


def test_a_shared_search(context: BrowserContext, site: Sites) -> None:
    """An address with a query shows its results at once."""
    page = open_page(context, f"{site('example').address}latest/?q=onboarding").page
    expect(page.locator(".md-search-result__meta")).to_have_text(ANSWERED)


def test_teasers(context: BrowserContext, site: Sites) -> None:
    """Each result has at most two lines of text, and at least one word that is marked is in them if the text has one."""
    for name, words in (("example", "win rate"), ("russian", "скидка")):
        page = search(context, f"{site(name).address}latest/", words)
        found = page.locator(".md-search-result__article > p").evaluate_all(
            """found => found.filter(one => one.checkVisibility()).map(one => [
              Math.round(one.clientHeight / parseFloat(getComputedStyle(one).lineHeight)),
              [...one.querySelectorAll("mark")].every(mark => mark.offsetTop >= one.offsetTop + one.clientHeight)
                && one.querySelector("mark") !== null])"""
        )
        assert len(found) > 5
        assert [one for one in found if one[0] > 2 or one[1]] == []


def test_a_metric_among_the_results(context: BrowserContext, site: Sites) -> None:
    """Its figures are in one line, each with its name."""
    page = search(context, f"{site('example').address}latest/", "win rate")
    teaser = page.locator(".md-search-result__article p").first.inner_text()
    assert teaser.startswith("Lagging · Higher is better · Level 4: Business result · Baseline 21% ")
    assert "Actual 25% 27 Nov 2026" in teaser


def test_a_word_that_is_pasted(context: BrowserContext, site: Sites) -> None:
    """Text that arrives without a key is searched for: pasted, dictated, or chosen on a touch screen."""
    page = search(context, f"{site('example').address}latest/", "coaching")
    page.locator(".md-search__input").select_text()
    page.keyboard.insert_text("onboarding")
    expect(page.locator(".md-search-result__article h1").first).to_have_text("Onboarding")


def test_search_on_a_phone(context: BrowserContext, site: Sites) -> None:
    """The version in the header does not cover what is typed."""
    page = open_page(context, f"{site('example').address}latest/", 390).page
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".md-search__input")).to_be_focused()
    assert not page.locator(".cb-version").is_visible()


@pytest.mark.parametrize(
    ("name", "query", "advice", "page"),
    [
        ("example", "xyzzyplugh", "Check the spelling, or use fewer or more general words.", "services/"),
        (
            "russian",
            "ъхзщшгн",
            "Проверьте, нет ли опечатки, или введите более короткий или общий запрос.",
            "intake/",
        ),
    ],
)
def test_nothing_is_found(
    context: BrowserContext, site: Sites, name: str, query: str, advice: str, page: str
) -> None:
    """A reader sees how to search in another way, and where to go; both are gone with the next results."""
    address = f"{site(name).address}latest/metrics/"
    found = search(context, address, query)
    hint = found.locator(".cb-no-results")
    expect(hint).to_contain_text(advice)
    expect(hint).to_have_attribute("role", "status")
    link = hint.locator(f"a[href$='latest/{page}']")
    found.keyboard.press("ArrowDown")
    expect(hint.locator("a").first).to_be_focused()
    assert axe_violations(found) == []
    found.locator(".md-search__input").fill("")
    found.locator(".md-search__input").press_sequentially("CRO")
    expect(hint).to_be_empty()
    found.locator(".md-search__input").press_sequentially(query)
    link.click()
    expect(found).to_have_url(f"{site(name).address}latest/{page}")
