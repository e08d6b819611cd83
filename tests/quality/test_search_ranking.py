"""What search puts first: the page that a reader means, for lists of realistic queries in two languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.quality.search_queries import (
    ENGLISH,
    ENGLISH_NEWCOMERS,
    ENGLISH_SLIPS,
    ENGLISH_STRANGERS,
    RUSSIAN,
    RUSSIAN_NEWCOMERS,
    RUSSIAN_SLIPS,
    RUSSIAN_STRANGERS,
    listed,
)
from tests.quality.sites import Site
from tests.site.handbooks import visible

#: Words of so many letters may have an error.
LONG = 7

Sites = Callable[[str], Site]
Hit = dict[str, Any]

#: Starts the search worker of a page, and gives it the index.
START = """async () => {
  const { search } = JSON.parse(document.getElementById("__config").textContent);
  const worker = new Worker(new URL(search, location));
  window.answer = (message) => new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message);
  });
  const index = await (await fetch(new URL("search/search_index.json", location))).json();
  await answer({ type: 0, data: { ...index, options: { suggest: false } } });
}"""

#: Runs queries in this worker: for each, the best result of each page found.
ASK = """async ({ queries }) => {
  const found = {};
  for (const query of queries) {
    const { data } = await answer({ type: 2, data: query });
    found[query] = data.items.map(([{ location, title, text }]) => ({ location, title, text }));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile with a tab for each searched version: its index takes ten times as long as a query."""
    context = chromium.new_context(service_workers="block")
    yield context
    context.close()


def searched_page(context: BrowserContext, address: str) -> Page:
    """The tab with the search worker of a version, by the address of its first page."""
    page = next((page for page in context.pages if page.url == address), None)
    if page is None:
        page = context.new_page()
        page.goto(address)
        page.evaluate(START)
    return page


def ask(context: BrowserContext, address: str, *queries: str) -> dict[str, list[Hit]]:
    """The results for each query, best first."""
    page = searched_page(context, address)
    found: dict[str, list[Hit]] = page.evaluate(ASK, {"queries": list(queries)})
    return found


@pytest.mark.parametrize(
    ("name", "expected", "most"),
    [
        ("example", ENGLISH, 0),
        ("russian", RUSSIAN, 1),
        ("example", ENGLISH_STRANGERS, 1),
        ("russian", RUSSIAN_STRANGERS, 1),
        pytest.param("example", ENGLISH_NEWCOMERS, 9, marks=pytest.mark.slow),
        pytest.param("russian", RUSSIAN_NEWCOMERS, 8, marks=pytest.mark.slow),
        ("example", ENGLISH_SLIPS, 0),
        ("russian", RUSSIAN_SLIPS, 0),
        pytest.param("example", listed("english_colleagues"), 3, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_colleagues"), 9, marks=pytest.mark.slow),
        ("medical devices", listed("medical_devices"), 4),
        pytest.param("insurance", listed("insurance"), 4, marks=pytest.mark.slow),
        pytest.param("medical devices", listed("medical_devices_2"), 10, marks=pytest.mark.slow),
        pytest.param("insurance", listed("insurance_2"), 9, marks=pytest.mark.slow),
        pytest.param("example", listed("english_readers"), 1, marks=pytest.mark.slow),
        pytest.param("example", listed("english_readers_2"), 0, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_readers"), 1, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_readers_2"), 1, marks=pytest.mark.slow),
        pytest.param("example", listed("english_trade_words"), 18, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_trade_words"), 5, marks=pytest.mark.slow),
        pytest.param("example", listed("english_others"), 1, marks=pytest.mark.slow),
        pytest.param("example", listed("english_evaluators"), 2, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_evaluators"), 4, marks=pytest.mark.slow),
        pytest.param("example", listed("english_first_look"), 0, marks=pytest.mark.slow),
        pytest.param("example", listed("english_second_look"), 1, marks=pytest.mark.slow),
        pytest.param("example", listed("english_third_look"), 4, marks=pytest.mark.slow),
        pytest.param("example", listed("english_fourth_look"), 6, marks=pytest.mark.slow),
        pytest.param("example", listed("english_fifth_look"), 16, marks=pytest.mark.slow),
        pytest.param("example", listed("english_sixth_look"), 2, marks=pytest.mark.slow),
        pytest.param("example", listed("english_seventh_look"), 10, marks=pytest.mark.slow),
        pytest.param("example", listed("english_eighth_look"), 11, marks=pytest.mark.slow),
        pytest.param("example", listed("english_ninth_look"), 6, marks=pytest.mark.slow),
        pytest.param("example", listed("english_tenth_look"), 3, marks=pytest.mark.slow),
        pytest.param("example", listed("english_eleventh_look"), 16, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_first_look"), 0, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_second_look"), 1, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_third_look"), 2, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_fourth_look"), 6, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_fifth_look"), 13, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_sixth_look"), 8, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_seventh_look"), 9, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_eighth_look"), 27, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_ninth_look"), 10, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_tenth_look"), 4, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_eleventh_look"), 0, marks=pytest.mark.slow),
        pytest.param("IT support", listed("it_support"), 9, marks=pytest.mark.slow),
        pytest.param("example", listed("english_mixed"), 10, marks=pytest.mark.slow),
        pytest.param("russian", listed("russian_mixed"), 10, marks=pytest.mark.slow),
    ],
)
def test_the_page_that_is_meant_comes_first(
    context: BrowserContext, site: Sites, name: str, expected: dict[str, str], most: int
) -> None:
    """All queries but one lead to their page at once; of those that strangers wrote, most do."""
    wrong = misses(context, site(name), expected)
    assert len(wrong) <= most, wrong


def misses(context: BrowserContext, site: Site, expected: dict[str, str]) -> dict[str, list[str]]:
    """The queries for which none of their pages comes first, with the one that does, if any. "./" is the first page."""
    found = ask(context, f"{site.address}latest/", *expected)
    first = {
        query: [hit["location"].partition("#")[0] or "./" for hit in hits[:1]]
        for query, hits in found.items()
    }
    return {
        query: first[query] for query, pages in expected.items() if not {*first[query]} & {*pages.split()}
    }


@pytest.mark.parametrize(
    ("name", "query", "page"),
    [
        ("russian", "что дальше", "roadmap/"),
        ("russian", "зачем нужна служба", "mission/"),
        ("example", "our values", "mission/"),
        ("example", "who decides what", "review/"),
        ("example", "who may change targets", "review/"),
        ("example", "how often are reps coached", "metrics/coaching-rate/"),
    ],
)
def test_words_that_ask_count(context: BrowserContext, site: Sites, name: str, query: str, page: str) -> None:
    """A query of words that Material's search ignores finds its page; a question for a number finds its metric."""
    (hits,) = ask(context, f"{site(name).address}latest/", query).values()
    assert hits[0]["location"].partition("#")[0] == page


@pytest.mark.parametrize(
    ("name", "query", "page"),
    [
        ("example", "hours-budget", "health/"),
        ("russian", "mission-why", "health/"),
        ("example", "what does service-metric mean", "health/"),
        ("example", "#deal-help", "services/battle-cards/"),
        ("example", "deal-help", "services/battle-cards/"),
    ],
)
def test_codes(context: BrowserContext, site: Sites, name: str, query: str, page: str) -> None:
    """The name of a rule or of a channel finds the page that has it, not pages about its words."""
    assert misses(context, site(name), {query: page}) == {}


@pytest.mark.parametrize(
    ("name", "query", "page"),
    [
        ("russian", "продакты", "audiences/product/"),
        ("example", "hr", "partners/"),
        ("example", "too many launches at once", "risks/"),
        ("example", "why 80% of quota", "decisions/"),
        ("russian", "почему бюджет у службы", "decisions/"),
        ("russian", "почему закрываем вебинары", "decisions/"),
        ("russian", "бюджэт", "funding/"),
        ("russian", "коучинг для customer success", "scope/"),
        ("russian", "отчёт задержали, кому жаловаться", "services/tools/"),
        ("russian", "почему новый материал теперь семь дней", "history/"),
        ("russian", "чем закончился пилот коучинга", "roadmap/"),
        ("russian", "за сколько присылать медиаплан", "audiences/marketing/"),
        ("russian", "звонок по средам", "intake/"),
        ("russian", "регистрация сделак", "audiences/partners/"),
        ("russian", "устав", "./"),
        ("example", "onboarding for account executives", "services/onboarding/"),
        ("example", "pmm hours per quarter", "audiences/product-marketing/"),
        ("example", "outdated one-pager fix", "services/content-library/"),
        ("russian", "кто задаёт правила скидок", "audiences/finance/"),
        ("russian", "численность отдела продаж", "audiences/sales/"),
        ("russian", "бюджет отдела", "funding/"),
        ("russian", "что такое 13 недель", "services/onboarding/"),
        ("russian", "выезды к клиентам", "changes/"),
        ("russian", "как быстро дадут первую встречу с коучем", "services/coaching/"),
        ("russian", "KAMы", "audiences/sales/"),
        ("russian", "KPIев", "metrics/"),
        ("russian", "аудиторы", "health/"),
        ("russian", "спрос создаёт кто", "scope/"),
        ("russian", "хочу поменять SLA", "propose/"),
        ("russian", "кгда следующий пересмотр", "review/"),
        ("russian", "воронка продаж отчт", "services/tools/"),
        ("russian", "скдику", "metrics/average-discount/"),
        ("russian", "песочница", "partners/"),
        ("russian", "что маркетинг должен продажам", "audiences/marketing/"),
        ("example", 'who is a "seller" exactly', "glossary/"),
        ("example", "two demo certs", "roadmap/"),
        ("example", "who sends the digest", "field-communication/"),
        ("example", "past webinars", "services/webinars/"),
        ("example", "chair of advisory board", "roles/"),
        ("example", "why is the churn target 9% and not 6%", "metrics/churn/ history/ glossary/"),
        ("russian", "регистрация сделки", "audiences/partners/"),
        ("example", "CSM time commitment", "audiences/customer-success/"),
        ("example", "weeks to onboard new hires", "metrics/onboarding-time/"),
        ("example", "which services are in pilot", "services/"),
        ("example", "which department paid the largest part", "funding/"),
        ("example", "budget 2025", "sponsor/"),
        ("example", "ramp 2025", "metrics/ramp/"),
        ("example", "looked at again: resellers", "scope/"),
        ("example", "training %", "metrics/training-attendance/"),
        ("russian", "кто вносил правки в устав", "history/"),
    ],
)
def test_what_is_meant(context: BrowserContext, site: Sites, name: str, query: str, page: str) -> None:
    """A word of the vocabulary is not one that begins alike; ignored words count in names; reasons are decisions.

    What an audience gets comes before the audience. Another word for an item is like its name. A related verb is one of the vocabulary, and a wrong letter is not the other keyboard layout.
    A common word that happens to be on a single page does not outweigh the subject. Phrases are said in any case;
    words that say nothing beside a name change nothing. What is gone is a change; how long something takes, a service says.
    A foreign word may have a Russian ending; nouns that end like a verb, and verbs that begin like a noun, have their own stem.
    Words that ask may be mistyped, a short word may lack a letter, and stems that end alike may differ by an error. What
    somebody must do, an audience says rather than a service that has all other words in its name. Quotes around a part of a
    query are no operators. Words that a page's general names have only in different names are no name of it. What another
    version says comes after this version. Names of pages count less if another page is likely to answer such a question.
    """
    assert misses(context, site(name), {query: page}) == {}


@pytest.mark.parametrize(
    ("name", "query", "page"),
    [
        ("russian", "признаки ухода клиента", "audiences/customer-success/"),
        ("example", "finance condition of approval", "review/"),
        ("example", "quarter's notice by funders", "review/"),
        ("example", "one certificate instead of two", "roadmap/"),
        ("example", "expert for each deal clinic", "audiences/presales/"),
    ],
)
def test_neighbouring_words(context: BrowserContext, site: Sites, name: str, query: str, page: str) -> None:
    """Words of a long query that are together in a section count more than a name of another page, which lacks some of them."""
    assert misses(context, site(name), {query: page}) == {}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "most"), [("example", 15), ("russian", 9)])
def test_names_of_pages(context: BrowserContext, site: Sites, name: str, most: int) -> None:
    """What readers call a single page leads to it, unless items or several words of other pages are called so."""
    index = json.loads((site(name).folder / "latest" / "search" / "search_index.json").read_bytes())
    terms = index["config"]["charterbook"]
    pages: dict[str, set[str]] = {}
    names = {
        address: found.split(",") if isinstance(found, str) else found
        for address, found in terms["names"].items()
    }
    for address, phrases in names.items():
        for phrase in phrases:
            pages.setdefault(phrase.lower(), set()).add(address.partition("#")[0])
    expected = {
        phrase.lower(): address or "./"
        for address in terms["general"]
        for phrase in names[address]
        if pages[phrase.lower()] == {address}
    }
    wrong = misses(context, site(name), expected)
    assert len(wrong) <= most, wrong


@pytest.mark.parametrize("name", ["example", "russian"])
def test_a_typing_error_in_a_title(context: BrowserContext, site: Sites, name: str) -> None:
    """A title without a letter of its longest word finds its page."""
    titles = _titles_of_items(site(name))
    mistyped = {" ".join(_without_a_letter(title.lower().split())): page for page, title in titles.items()}
    found = ask(context, f"{site(name).address}latest/", *mistyped)
    first = {query: hits[0]["location"].partition("#")[0] for query, hits in found.items()}
    assert first == mistyped


def _titles_of_items(site: Site) -> dict[str, str]:
    index = json.loads((site.folder / "latest" / "search" / "search_index.json").read_bytes())
    return {
        entry["location"]: entry["title"]
        for entry in index["docs"]
        if re.fullmatch("(services|metrics|audiences)/[^/#]+/", entry["location"])
        and max(map(len, entry["title"].split())) >= LONG
    }


def _without_a_letter(words: list[str]) -> list[str]:
    longest = max(words, key=len)
    middle = len(longest) // 2
    return [word[:middle] + word[middle + 1 :] if word == longest else word for word in words]


def test_texts_of_results_are_short(context: BrowserContext, site: Sites) -> None:
    """A table of a hundred lines is shown by the words beside those that are asked for."""
    (hits,) = ask(context, f"{site('example').address}latest/", "how fast is a battle card").values()
    shown = {hit["location"]: visible(hit["text"]) for hit in hits}
    assert max(map(len, shown.values())) < 600
    assert "battle card" in shown["promises/"]


def test_pages_that_repeat_others_come_last(context: BrowserContext, site: Sites) -> None:
    """History and comparisons come after the pages of the items that they name."""
    (hits,) = ask(context, f"{site('example').address}latest/", "deal clinics").values()
    pages = [hit["location"].partition("#")[0] for hit in hits if not hit["location"].startswith("..")]
    assert pages[0] == "services/deal-clinics/"
    assert "history/" not in pages[:3]


@pytest.mark.parametrize(
    ("version", "query", "title", "page", "place"),
    [
        ("latest", "when did we last promise 3 days", "Battle cards", "services/battle-cards/", 1),
        ("latest", "marketing budget", "Marketing budget", "funding/", 4),
        ("2025-Q1", "renewal playbooks", "Renewal playbooks", "services/renewal-playbooks/", 1),
    ],
)
def test_other_versions(
    context: BrowserContext, site: Sites, version: str, query: str, title: str, page: str, place: int
) -> None:
    """What only other versions say is offered near the top, below a page of this version, with these versions, and a page that exists."""
    root = site("example").address
    (hits,) = ask(context, f"{root}{version}/", query).values()
    assert not hits[0]["location"].startswith("../")
    others = [hit for hit in hits if hit["location"].startswith("../")]
    said = [hit["title"].startswith(f"{title} (") and page in hit["location"] for hit in hits]
    assert True in said[: place + 1], hits[: place + 1]
    for hit in others:
        path = hit["location"].removeprefix("../").partition("#")[0]
        assert (site("example").folder / path / "index.html").is_file(), hit


@pytest.mark.parametrize("query", ["Выезды к клиентам", "выезд к клиенту", "trips"])
def test_an_item_of_another_version_by_its_name(context: BrowserContext, site: Sites, query: str) -> None:
    """Or by its id: pages that only mention it come later."""
    (hits,) = ask(context, f"{site('russian').address}latest/", query).values()
    places = [hit["location"] for hit in hits].index("../2026-Q3/services/trips/")
    assert places <= 1
    assert [hit["location"] for hit in hits[:places] if hit["location"].startswith("../")] == []


VERSIONS = [f"{year}-Q{quarter}" for year in (2025, 2026) for quarter in (1, 2, 3, 4)]


def test_two_versions_are_compared(context: BrowserContext, site: Sites) -> None:
    """A query that names two versions, in any order and spelling, finds their comparison."""
    expected = {}
    for older, newer in combinations(VERSIONS, 2):
        way = "" if newer == VERSIONS[-1] else f"../{newer}/"
        page = "changes/" if VERSIONS.index(newer) == VERSIONS.index(older) + 1 else f"compare/{older}/"
        year, quarter = newer.split("-")
        expected[f"{older} vs {newer}"] = expected[f"difference between {quarter} {year} and {older}"] = (
            way + page
        )
        assert (site("example").folder / newer / page / "index.html").is_file()
    assert misses(context, site("example"), expected) == {}


@pytest.mark.parametrize(
    ("name", "version", "query", "page"),
    [
        ("example", "latest", "everything that changed since 2025-q4", "compare/2025-Q4/"),
        ("example", "latest", "what is different from the third quarter of 2025", "compare/2025-Q3/"),
        ("example", "latest", "what changed in Q3 2025", "../2025-Q3/changes/"),
        ("example", "latest", "compared to last quarter", "changes/"),
        ("example", "latest", "changes 2026-Q4", "changes/"),
        ("example", "2025-Q3", "compare with 2026-Q1", "../2026-Q1/compare/2025-Q3/"),
        ("example", "latest", "2025-Q2", "history/"),
        ("example", "latest", "changes since 2019-Q1", "changes/"),
        ("example", "latest", "difference between the very first charter and today", "compare/2025-Q1/"),
        ("russian", "latest", "чем отличается от прошлой версии", "changes/"),
        ("russian", "latest", "изменения с третьего квартала 2026", "changes/"),
    ],
)
def test_changes_since_a_version(
    context: BrowserContext, site: Sites, name: str, version: str, query: str, page: str
) -> None:
    """A query for what changed since or in a version finds that comparison; a version that does not exist has none."""
    (hits,) = ask(context, f"{site(name).address}{version}/", query).values()
    assert hits[0]["location"].partition("#")[0] == page


@pytest.mark.parametrize(
    ("name", "query", "first", "second"),
    [
        ("example", "budget in Q3 2025", "funding/", "../2025-Q3/funding/"),
        ("example", "2025-q2 content library", "services/content-library/", "../2025-Q2/services/content/"),
        ("example", "charter budget 2026-Q4", "funding/", None),
        ("russian", "бюджет в 3 квартале 2026", "funding/", "../2026-Q3/funding/"),
    ],
)
def test_a_page_in_a_version(
    context: BrowserContext, site: Sites, name: str, query: str, first: str, second: str | None
) -> None:
    """A query about something in a version finds its page, and then the same page in that version, also if it has moved."""
    (hits,) = ask(context, f"{site(name).address}latest/", query).values()
    found = list(dict.fromkeys(hit["location"].partition("#")[0] for hit in hits))
    assert found[0] == first
    if second:
        assert found[1] == second
        assert re.search(r"\(.*2\d{3}-Q\d\)$", hits[[hit["location"] for hit in hits].index(second)]["title"])
    else:
        assert not found[1].startswith("../2026-Q4")


def test_operators_are_left_to_the_search(context: BrowserContext, site: Sites) -> None:
    """A query with operators is asked as it is; a colon between numbers is none."""
    address = f"{site('example').address}latest/"
    (hits,) = ask(context, address, "+onboarding -ramp").values()
    assert hits
    (hits,) = ask(context, address, "1:1 with my boss").values()
    assert hits[0]["location"].partition("#")[0] == "services/manager-coaching/"
