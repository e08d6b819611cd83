"""Facts of the past for the search: former values and items, with the versions that had them."""

from __future__ import annotations

import datetime
import json
import logging
from typing import Any

import pytest

from charterbook.pages import DocsPage
from charterbook.site.edition_builder import editions
from charterbook.site.feeds import search_history
from charterbook.site.feeds.feed_events import FeedEvents
from charterbook.site.feeds.search_history import past_facts
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.site.handbooks import Built

DOCS = (
    DocsPage("services/index.md", section="services"),
    DocsPage("services/each.md", for_each="services"),
    DocsPage("audiences/index.md", section="audiences"),
)
SELLERS = {"id": "sellers", "name": "Sellers"}
PARTNERS = {"id": "partners", "name": "Partners <i>&"}


def service(within: int) -> dict[str, Any]:
    """A service with one promise."""
    level = {"request": "New card", "within": within}
    return {
        "id": "cards",
        "name": "Cards",
        "summary": "Cards.",
        "audiences": ["sellers"],
        "service_levels": [level],
    }


@pytest.fixture
def repo_of_four(repo: Repo) -> Repo:
    """Four quarters: a promise of 3, 3, 5 and 8 days; partners are an audience in the second and third only."""
    for month, within, audiences in (
        ("01", 3, [SELLERS]),
        ("04", 3, [SELLERS, PARTNERS]),
        ("07", 5, [SELLERS, PARTNERS]),
        ("10", 8, [SELLERS]),
    ):
        charter = minimal_charter(services=[service(within)], audiences=audiences)
        repo.commit({"charter.yml": charter}, "Quarter", f"2026-{month}-10")
    return repo


def written(repo: Repo) -> str:
    """The file for the search."""
    published = [
        one for one in editions(repo.history(), DOCS, datetime.date(2027, 12, 31)) if one.state != "draft"
    ]
    return past_facts(FeedEvents(published[-1], {}))


def facts(repo: Repo) -> list[tuple[str, str, str, str, str]]:
    """Each fact with the names of its versions: first, last, label, text and address."""
    data = json.loads(written(repo))
    names, places = data["versions"], data["places"]
    return [
        (names[first], names[last], places[place][0], text, places[place][1])
        for first, last, place, text in data["facts"]
    ]


def test_former_values(repo_of_four: Repo) -> None:
    """Each former value of a promise, from its first to its last version, at the page of that version."""
    said = [fact for fact in facts(repo_of_four) if fact[2] == "Cards"]
    assert [(first, last, address) for first, last, _, _, address in said] == [
        ("2026-Q3", "2026-Q3", "services/cards/"),
        ("2026-Q1", "2026-Q2", "services/cards/"),
    ]
    assert ["was 5" in said[0][3], "was 3" in said[1][3]] == [True, True]


def test_items_that_some_versions_lack(repo_of_four: Repo) -> None:
    """With the versions that have them; names are HTML. Items of all versions are left out."""
    items = [fact for fact in facts(repo_of_four) if fact[3] == "Audiences"]
    assert items == [
        ("2026-Q2", "2026-Q3", "Partners &lt;i&gt;&amp;", "Audiences", "audiences/#audiences-partners")
    ]


def test_renamed_items(repo: Repo) -> None:
    """Former values lead to the item under the id that it had, with the name and since the change that it had then."""
    for month, name, former, within in (
        ("01", "cards", [], 3),
        ("04", "cards", [], 5),
        ("07", "maps", ["cards"], 8),
        ("10", "maps", ["cards"], 9),
    ):
        one = service(within) | {"id": name, "name": name.title(), "was": former}
        repo.commit({"charter.yml": minimal_charter(services=[one])}, "Quarter", f"2026-{month}-10")
    found = [fact for fact in facts(repo) if "was" in fact[3]]
    assert [(first, last, label, address) for first, last, label, _, address in found] == [
        ("2026-Q3", "2026-Q3", "Maps", "services/maps/"),
        ("2026-Q2", "2026-Q2", "Cards", "services/cards/"),
        ("2026-Q1", "2026-Q1", "Cards", "services/cards/"),
    ]


def test_promises_of_a_retired_service(repo: Repo) -> None:
    """They end with the last version that offers it, even if they change later, and begin again with it."""
    for number, (status, within) in enumerate(
        (("live", 3), ("sunset", 3), ("retired", 3), ("retired", 9), ("live", 9), ("live", 5))
    ):
        charter = minimal_charter(services=[service(within) | {"status": status}])
        repo.commit({"charter.yml": charter}, "Quarter", f"{2026 + number // 4}-{number % 4 * 3 + 1:02}-10")
    found = facts(repo)
    assert [(first, last, text) for first, last, _, text, _ in found if "New card" in text] == [
        ("2027-Q1", "2027-Q1", "“New card” now takes up to 5 working days, was 9 (stronger)"),
        ("2026-Q1", "2026-Q2", "promise removed: “New card” within 3 working days"),
    ]


def test_the_oldest_are_left_out_beyond_the_limit(
    repo_of_four: Repo, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """And the log tells which."""
    before = facts(repo_of_four)
    monkeypatch.setattr(search_history, "LIMIT", len(written(repo_of_four).encode()) - 1)
    with caplog.at_level(logging.INFO):
        after = facts(repo_of_four)
    assert after == before[: len(after)]
    assert 0 < len(after) < len(before)
    assert "partly missing from the search" in caplog.text


def test_facts_lead_to_places_of_their_version(quarters: Built) -> None:
    """To pages that its version has, and to anchors on them."""
    data = quarters.json("search/past.json")
    places = {(data["versions"][last], *data["places"][place]) for _, last, place, _ in data["facts"]}
    assert len(places) > 3
    for version, _, address in places:
        page, _, anchor = address.partition("#")
        assert not anchor or f'id="{anchor}"' in quarters.html(f"{version}/{page}")
        assert (quarters.site / version / page / "index.html").is_file()
