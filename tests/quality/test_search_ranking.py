"""What search puts first: the page that a reader means, for lists of realistic queries in two languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.quality.sites import Site
from tests.site_checks.browser import open_page

Sites = Callable[[str], Site]
Hit = dict[str, Any]

#: Runs queries in the search worker of a page: for each, the best result of each page found.
ASK = """async ({ queries }) => {
  const { search } = JSON.parse(document.getElementById("__config").textContent);
  const worker = new Worker(new URL(search, location));
  const answer = (message) => new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message);
  });
  const index = await (await fetch(new URL("search/search_index.json", location))).json();
  await answer({ type: 0, data: { ...index, options: { suggest: false } } });
  const found = {};
  for (const query of queries) {
    const { data } = await answer({ type: 2, data: query });
    found[query] = data.items.map(([{ location, title, text }]) => ({ location, title, text }));
  }
  worker.terminate();
  return found;
}"""

#: Queries for the example, with the page that answers each.
ENGLISH = {
    "budget": "funding/",
    "cost": "funding/",
    "who pays for this": "funding/",
    "CRO": "roles/",
    "vp sales": "roles/",
    "raci": "roles/",
    "who is accountable": "roles/",
    "battlecards": "services/battle-cards/",
    "competitor": "services/battle-cards/",
    "sla": "promises/",
    "response time": "promises/",
    "how fast do you answer": "promises/",
    "how do I request a mentor": "intake/",
    "how to ask for help": "intake/",
    "mission": "mission/",
    "why do we exist": "mission/",
    "onboarding": "services/onboarding/",
    "new hire training": "services/onboarding/",
    "who owns onboarding": "services/onboarding/",
    "call coaching": "services/manager-coaching/",
    "playbook": "services/renewal-playbooks/",
    "win rate": "metrics/win-rate/",
    "win-rate": "metrics/win-rate/",
    "churn": "metrics/churn/",
    "ramp": "metrics/ramp/",
    "kpi": "metrics/",
    "account executives": "audiences/account-executives/",
    "SDR": "audiences/sales-development/",
    "what do we get as presales": "audiences/presales/",
    "what do you not do": "scope/",
    "what is planned": "roadmap/",
    "tools": "platforms/",
    "lms": "platforms/",
    "next review": "review/",
    "who signed": "review/",
    "holidays": "calendar/",
    "headcount": "capacity/",
    "changes since last quarter": "changes/",
    "old versions": "history/",
    "open actions": "pre-read/",
    "mentor": "services/onboarding/",
    "one-pager": "services/content-library/",
    "customer story": "services/content-library/",
    "sales engineer": "audiences/presales/",
    "goals 2027": "objectives/",
    "newsletter": "services/field-updates/",
    "vacancy": "roles/",
}

#: The same in Russian.
RUSSIAN = {
    "бюджет": "funding/",
    "кто платит": "funding/",
    "сколько это стоит": "funding/",
    "коммерческий директор": "roles/",
    "кто отвечает": "roles/",
    "raci": "roles/",
    "SLA": "intake/",
    "время ответа": "intake/",
    "как попросить наставника": "intake/",
    "как подать заявку": "intake/",
    "миссия": "mission/",
    "зачем мы нужны": "mission/",
    "адаптация": "services/onboarding/",
    "онбординг новых сотрудников": "services/onboarding/",
    "коучинг": "services/coaching/",
    "наставничество": "services/coaching/",
    "вебинары": "services/partner-webinars/",
    "инструменты продаж": "services/tools/",
    "доля выигранных сделок": "metrics/win-rate/",
    "win-rate": "metrics/win-rate/",
    "отток": "metrics/churn/",
    "скидка": "metrics/average-discount/",
    "KPI": "metrics/",
    "показатели": "metrics/",
    "продавцы": "audiences/sales/",
    "что получают пресейлы": "audiences/presales/",
    "партнеры": "partners/",
    "чего вы не делаете": "scope/",
    "подбор сотрудников": "scope/",
    "план": "roadmap/",
    "что запланировано": "roadmap/",
    "риски": "risks/",
    "lms": "platforms/",
    "CRM": "platforms/",
    "следующий пересмотр": "review/",
    "кто согласовал": "review/",
    "словарь": "glossary/",
    "что изменилось": "changes/",
    "предложить изменение": "propose/",
    "журнал решений": "decisions/",
    "вакансия": "roles/",
    "лиды": "scope/",
    "срок нового материала": "services/content/",
}


def ask(context: BrowserContext, address: str, *queries: str) -> dict[str, list[Hit]]:
    """The results for each query, best first."""
    page = open_page(context, address).page
    found: dict[str, list[Hit]] = page.evaluate(ASK, {"queries": list(queries)})
    return found


@pytest.mark.parametrize(("name", "expected"), [("example", ENGLISH), ("russian", RUSSIAN)])
def test_the_page_that_is_meant_comes_first(
    context: BrowserContext, site: Sites, name: str, expected: dict[str, str]
) -> None:
    """All queries but one lead to their page at once."""
    found = ask(context, f"{site(name).address}latest/", *expected)
    first = {query: [hit["location"].partition("#")[0] for hit in hits[:1]] for query, hits in found.items()}
    wrong = {query: first[query] for query, page in expected.items() if first[query] != [page]}
    assert len(wrong) <= 1, wrong


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
        ("latest", "marketing budget", "Marketing budget", "funding/", 3),
        ("2025-Q1", "renewal playbooks", "Renewal playbooks", "services/renewal-playbooks/", 1),
    ],
)
def test_other_versions(
    context: BrowserContext, site: Sites, version: str, query: str, title: str, page: str, place: int
) -> None:
    """What only other versions say is offered near the top, with these versions, and a page that exists."""
    root = site("example").address
    (hits,) = ask(context, f"{root}{version}/", query).values()
    others = [hit for hit in hits if hit["location"].startswith("../")]
    said = [hit["title"].startswith(f"{title} (") and page in hit["location"] for hit in hits]
    assert True in said[: place + 1], hits[: place + 1]
    for hit in others:
        path = hit["location"].removeprefix("../").partition("#")[0]
        assert (site("example").folder / path / "index.html").is_file(), hit


def test_operators_are_left_to_the_search(context: BrowserContext, site: Sites) -> None:
    """A query with operators is asked as it is."""
    (hits,) = ask(context, f"{site('example').address}latest/", "+onboarding -ramp").values()
    assert hits
