"""The changes for each audience as JSON: by its schema, with every change of the history, and under former names."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from charterbook.compare import compare
from charterbook.export import audience_changes
from charterbook.export.audience_changes import AudienceStep, as_audience_changes
from charterbook.export.audience_changes_schema import audience_schema_text
from charterbook.load import load
from charterbook.pages import DocsPage
from charterbook.site.edition_builder import editions
from charterbook.site.feeds import audience_files
from charterbook.site.feeds.feed_events import FeedEvents
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.site.attacks import LINES

_SELLERS, _MANAGERS = {"id": "sellers", "name": "Sellers"}, {"id": "managers", "name": "Managers"}


def _service(summary: str, *audiences: str) -> dict[str, Any]:
    return {"id": "onboarding", "name": "Onboarding", "summary": summary, "audiences": list(audiences)}


_STEPS: tuple[dict[str, Any], ...] = (
    {"services": [_service("Four weeks.", "sellers")], "audiences": [_SELLERS]},
    {"services": [_service("Three weeks.", "sellers")], "audiences": [_SELLERS, _MANAGERS]},
    {"services": [_service("Two weeks.", "sellers", "managers")], "audiences": [_SELLERS, _MANAGERS]},
    {"services": [_service("Two weeks.", "managers")], "audiences": [_MANAGERS]},
)


def files(repo: Repo) -> dict[str, dict[str, Any]]:
    """The files of a repository's charter by address, each valid by the schema."""
    found = editions(repo.history(), (DocsPage("index.md"),), datetime.date(2026, 12, 31))
    made = {
        address: json.loads(text)
        for address, text in audience_files(
            FeedEvents([one for one in found if one.state != "draft"][-1], {})
        )
    }
    for data in made.values():
        jsonschema.validate(data, json.loads(audience_schema_text()))
    return made


@pytest.fixture
def quarterly(repo: Repo) -> Repo:
    """A quarter for each step."""
    for number, changes in enumerate(_STEPS):
        repo.commit({"charter.yml": minimal_charter(**changes)}, "A change", f"2026-{number * 3 + 1:02}-10")
    return repo


def test_each_change_is_in_the_version_that_made_it(quarterly: Repo) -> None:
    """The same changes as a comparison of neighbouring versions finds; versions without changes are also listed."""
    charters = [load(minimal_charter(**changes).encode()).charter for changes in _STEPS]
    for audience in ("sellers", "managers"):
        found = files(quarterly)[f"feeds/audiences/{audience}.json"]
        names = [one["version"] for one in found["versions"]]
        assert names == ["2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1"]
        for place, step in enumerate(reversed(found["versions"])):
            old, new = charters[max(place - 1, 0)], charters[place]
            assert old is not None
            assert new is not None
            expected = [one.fingerprint for one in compare(old, new).statements if audience in one.audiences]
            assert [one["fingerprint"] for one in step["changes"]] == expected
        assert found["complete"]


def test_a_removed_audience_has_its_file(quarterly: Repo) -> None:
    """With its last name; and a renamed one goes on under both names."""
    assert files(quarterly)["feeds/audiences/sellers.json"]["name"] == "Sellers"
    people = {"id": "people", "name": "People", "was": ["managers"]}
    renamed = {"services": [_service("One week.", "people")], "audiences": [people]}
    quarterly.commit({"charter.yml": minimal_charter(**renamed)}, "Rename", "2027-01-10")
    found = files(quarterly)
    old, new = found["feeds/audiences/managers.json"], found["feeds/audiences/people.json"]
    assert old["versions"] == new["versions"]
    assert (old["name"], new["name"]) == ("People", "People")


def test_old_versions_are_left_out_as_a_whole() -> None:
    """If there are too many changes, the document says so."""
    old = load(minimal_charter().encode()).charter
    new = load(minimal_charter(title="Another").encode()).charter
    assert old is not None
    assert new is not None
    change = (datetime.date(2026, 1, 1), compare(old, new).statements[0])
    steps = [AudienceStep(f"v{number}", [change] * (audience_changes.MOST // 2)) for number in range(3)]
    found = json.loads(as_audience_changes("a", "A", "en", steps))
    assert [one["version"] for one in found["versions"]] == ["v0", "v1"]
    assert not found["complete"]


def test_the_schema_is_published() -> None:
    """The file in the package is generated."""
    kept = Path(audience_changes.__file__).with_name("audience_changes.schema.json")
    assert kept.read_text(encoding="utf-8") == audience_schema_text()


def test_hostile_names_are_data(repo: Repo) -> None:
    """No character that controls a terminal or the direction of text is in a file."""
    attack = next(one for one in LINES.values() if "<script" in one)[:150]
    for day, summary in ((10, "x"), (20, f"y {attack}")):
        service = {"id": "a", "name": attack, "summary": summary, "audiences": ["sellers"]}
        text = minimal_charter(services=[service], audiences=[{"id": "sellers", "name": attack}])
        repo.commit({"charter.yml": text}, "A change", f"2026-01-{day}")
    found = files(repo)["feeds/audiences/sellers.json"]
    assert found["name"] == attack
    assert len(found["versions"][0]["changes"]) == 1
