"""Search terms: names by which pages and items are searched, and where they are written."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from charterbook.charter import ITEM_LISTS, LANGUAGES
from charterbook.i18n import translator
from charterbook.pages import DocsPage
from charterbook.site.edition import Edition
from charterbook.site.edition_builder import editions
from charterbook.site.search_cues import CUES
from charterbook.site.search_terms import INDEX, add_search_terms, search_terms
from charterbook.site.search_vocabulary import PAGE_PHRASES, SECTION_PHRASES
from tests.charters import minimal_charter
from tests.histories import Repo

DOCS = (
    DocsPage("funding.md", section="funding"),
    DocsPage("roles.md", section="roles"),
    DocsPage("services/index.md", section="services"),
    DocsPage("services/each.md", for_each="services"),
    DocsPage("history.md"),
)
CARDS = {
    "id": "battle-cards",
    "was": ["cards"],
    "name": "Battle cards",
    "summary": "One page for each competitor.",
    "audiences": ["sellers"],
    "also_called": ["Competitor sheets"],
}
CRO = {"id": "cro-office", "name": "Chief Revenue Officer", "does": "Decides."}
FUNDING = {"owner": "cro-office", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales"}]}


@pytest.fixture
def edition(repo: Repo) -> Edition:
    """The version of a charter with a service and a role."""
    charter = minimal_charter(services=[CARDS], roles=[CRO], funding=FUNDING)
    repo.commit({"charter.yml": charter}, "Begin", "2026-01-10")
    return editions(repo.history(), DOCS, datetime.date(2026, 2, 1))[-1]


def test_names(edition: Edition) -> None:
    """Ids, former ids, other names, initials and joined words; the label if an item has no page of its own."""
    names = search_terms(edition)["names"]
    assert {"battle cards", "cards", "Competitor sheets", "Battlecards"} <= set(
        names["services/battle-cards/"]
    )
    assert {"Chief Revenue Officer", "cro office", "CRO"} <= set(names["roles/#roles-cro-office"])
    assert "budget" in names["funding/"].split(",")


def test_pages_of_sections_and_of_items(edition: Edition) -> None:
    """Names of a page of a section are general ones; those of an item's page are not."""
    general = search_terms(edition)["general"]
    assert {"funding/", "roles/", "services/"} <= set(general)
    assert "services/battle-cards/" not in general


def test_cues_of_pages_and_of_items(edition: Edition) -> None:
    """Words speak for pages that the version has, and for pages of items if their section has a page."""
    cues = {address: (page, items) for address, page, items in search_terms(edition)["cues"]}
    assert {"funding/", "roles/", "services/"} <= set(cues)
    assert not {"risks/", "metrics/"} & set(cues)
    assert all(_weights(page) or _weights(items) for page, items in cues.values())
    assert _weights(cues["services/"][1])["my"] > 0
    assert not _weights(cues["funding/"][1])


def _weights(words: str) -> dict[str, int]:
    """The weight of each word."""
    lists = [part.split() for part in words.split(", ") if part]
    return {word: int(weight) for weight, *found in lists for word in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_cue_is_read(language: str) -> None:
    """Lines name a section or page of the vocabulary once; each word has one weight there, which is not 0."""
    pages = {*SECTION_PHRASES, *PAGE_PHRASES, *(f"{section}/*" for section in ITEM_LISTS), ""}
    lines = [line.split(": ", 1) for line in translator(language).gettext(CUES).splitlines()]
    names = [name for name, _ in lines]
    assert len({*names}) == len(names)
    assert {*names} <= pages
    for name, words in lines:
        weights = _weights(words)
        assert 0 not in weights.values(), name
        assert len(weights) == len(words.replace(",", "").split()) - words.count(",") - 1, name


def test_english_names_in_other_languages(repo: Repo) -> None:
    """Pages are found by their English names, too; two Russian initials are none."""
    support = {"id": "support", "name": "Клиентская поддержка", "does": "Отвечает."}
    charter = minimal_charter(language="ru", roles=[CRO, support], funding=FUNDING)
    repo.commit({"charter.yml": charter}, "Begin", "2026-01-10")
    names = search_terms(editions(repo.history(), DOCS, datetime.date(2026, 2, 1))[-1])["names"]
    assert {"бюджет", "budget"} <= set(names["funding/"].split(","))
    assert "CRO" in names["roles/#roles-cro-office"]
    assert "Кп" not in names["roles/#roles-support"]


def test_names_of_versions(repo: Repo) -> None:
    """Each version is named at its place in the history."""
    for version, date in (("2025-Q4", "2025-10-10"), ("2026-Q1", "2026-01-10")):
        repo.commit({"charter.yml": minimal_charter(version=version)}, "Begin", date)
    names = search_terms(editions(repo.history(), DOCS, datetime.date(2026, 2, 1))[-1])["names"]
    assert names["history/#version-2025-Q4"] == ["2025-Q4"]
    assert names["history/#version-2026-Q1"] == ["2026-Q1"]


def test_names_of_removed_items(repo: Repo) -> None:
    """What the previous version had is found at the changes, if it is gone and not only renamed."""
    trips = {"id": "trips", "name": "Trips to customers", "summary": "Visits.", "audiences": ["sellers"]}
    old = CARDS | {"id": "cards", "was": [], "name": "Cards"}
    repo.commit(
        {"charter.yml": minimal_charter(version="2025-Q4", services=[old, trips])}, "Begin", "2025-10-10"
    )
    repo.commit({"charter.yml": minimal_charter(version="2026-Q1", services=[CARDS])}, "Change", "2026-01-10")
    docs = (*DOCS, DocsPage("changes.md"))
    former, current = editions(repo.history(), docs, datetime.date(2026, 2, 1))
    gone = search_terms(current)["names"]["changes/"].split(",")
    assert "Trips to customers" in gone
    assert "Cards" not in gone
    assert "Trips to customers" not in search_terms(former)["names"].get("changes/", "").split(",")


def test_promises_without_a_page(edition: Edition) -> None:
    """Phrases of a page that a version lacks lead to the page that says most about it."""
    terms = search_terms(edition)
    assert "promises/" not in terms["names"]
    assert "SLA" in terms["names"]["services/"].split(",")
    assert terms["last"] == ["history/"]


def test_questions(edition: Edition) -> None:
    """How a question begins leads to the page that answers it, or to none if the version has none."""
    pages = {phrase: pages for phrases, pages in search_terms(edition)["intents"] for phrase in phrases}
    assert pages["who"] == ["roles/"]
    assert pages["how long"] == ["services/"]
    assert pages["what is"] == []


def test_how_long_something_takes(repo: Repo) -> None:
    """Without a page of promises, the services say it rather than the ways to ask."""
    routes = [{"id": "form", "name": "Form", "how": "Fill it in."}]
    charter = minimal_charter(services=[CARDS], intake={"routes": routes})
    repo.commit({"charter.yml": charter}, "Begin", "2026-01-10")
    docs = (*DOCS, DocsPage("intake.md", section="intake"))
    terms = search_terms(editions(repo.history(), docs, datetime.date(2026, 2, 1))[-1])
    pages = {phrase: pages for phrases, pages in terms["intents"] for phrase in phrases}
    assert pages["how long"] == ["services/"]
    assert "SLA" in terms["names"]["intake/"].split(",")


def test_reasons(repo: Repo) -> None:
    """The page of decisions, in a version that has one, and the history answer questions for a reason."""
    charter = minimal_charter(
        services=[CARDS], decisions=[{"id": "one", "name": "One team", "why": "It helps."}]
    )
    repo.commit({"charter.yml": charter}, "Begin", "2026-01-10")
    docs = (*DOCS, DocsPage("decisions.md", section="decisions"))
    terms = search_terms(editions(repo.history(), docs, datetime.date(2026, 2, 1))[-1])
    assert terms["reasons"] == ["decisions/", "history/"]
    assert {phrase: pages for phrases, pages in terms["intents"] for phrase in phrases}["why did"] == [
        "decisions/"
    ]


def test_the_index(edition: Edition, tmp_path: Path) -> None:
    """They are added to the configuration of Material's index, and everything else stays."""
    index: dict[str, Any] = {"config": {"lang": ["en"]}, "docs": [{"location": "", "title": "Cards ü"}]}
    file = tmp_path / INDEX
    file.parent.mkdir()
    file.write_text(json.dumps(index, separators=(",", ":")))
    add_search_terms(tmp_path, edition, {})
    found = json.loads(file.read_text("utf-8"))
    assert found["config"].pop("charterbook") == json.loads(json.dumps(search_terms(edition)))
    assert found == index


def test_without_an_index(edition: Edition, tmp_path: Path) -> None:
    """A handbook without search has nothing to add to."""
    add_search_terms(tmp_path, edition, {})
    assert not (tmp_path / INDEX).exists()
