"""A handbook with a charter that is agreed but not yet in force."""

from __future__ import annotations

import json
from datetime import date

import pytest

from charterbook.site.edition import Edition
from charterbook.site.edition_builder import editions
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.site.conftest import ONBOARDING
from tests.site.handbooks import Built, Handbook
from tests.site.shared_sites import build_once

#: 31 March 2027 at noon, in seconds.
BEFORE = "1806494400"


@pytest.fixture(scope="module")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """In force since October; agreed on 26 March for 1 April."""

    def build(folder: object) -> Built:
        book = Handbook(folder)  # type: ignore[arg-type]
        book.replace(
            "mkdocs.yml",
            "# site_url: https://handbook.example.com/charter/",
            "site_url: https://example.com/c/",
        )
        book.replace(
            "mkdocs.yml", "  - charterbook\n", "  - charterbook: {period: half, fiscal_year_start: 4}\n"
        )
        book.commit("2026-10-05", "Begin", title="Old", services=[ONBOARDING])
        book.commit("2027-03-26", "Agree", title="New", services=[ONBOARDING], effective=date(2027, 4, 1))
        return book.build(SOURCE_DATE_EPOCH=BEFORE)

    return build_once(tmp_path_factory, "agreed", build)


def read(built: Built, path: str) -> str:
    """A file of the site."""
    return (built.site / path).read_text(encoding="utf-8")


def test_latest_stays_with_the_one_in_force(agreed: Built) -> None:
    """The selector announces the upcoming one."""
    assert json.loads(read(agreed, "versions.json")) == [
        {"version": "FY28-H1", "title": "FY28-H1, from 1 April 2027", "aliases": []},
        {"version": "FY27-H2", "title": "FY27-H2", "aliases": ["latest"]},
    ]
    index = agreed.json("pages.json")
    assert index["latest"] == "FY27-H2"
    assert index["days"]["FY27-H2"] == "5 October 2026 – 31 March 2027"
    assert "<title>Old" in read(agreed, "latest/index.html")


def test_pages_name_the_version_in_force_and_the_upcoming_one(agreed: Built) -> None:
    """The text is true on every day; a script does the rest."""
    home, coming = read(agreed, "latest/index.html"), read(agreed, "FY28-H1/services/onboarding/index.html")
    assert "Next version" in home
    assert 'data-charterbook-from="2027-04-01T00:00:00+00:00" hidden' in home
    assert "superseded" not in home
    assert "5 October 2026 – 31 March 2027" in agreed.text("latest")
    assert "In force from 1 April 2027; until then FY27-H2 is in force." in coming
    assert 'data-charterbook-until="2027-04-01T00:00:00+00:00"' in coming
    assert '<link rel="canonical" href="https://example.com/c/latest/services/onboarding/">' in coming
    assert "FY28-H1" not in read(agreed, "sitemap.xml")
    assert "from 1 April 2027 until the next version" in agreed.text("FY28-H1/history")


def test_feeds_announce_it(agreed: Built) -> None:
    """With the day, said once in the summary, and with its own address."""
    feed = read(agreed, "feed.xml")
    summary = feed.partition("<summary>")[2].partition("</summary>")[0]
    assert summary.count("In force from 1 April 2027") == 1
    assert "FY28-H1/changes/" in feed


def states(found: list[Edition]) -> list[tuple[str, str, str | None, str | None]]:
    """Each edition with its state, its successor, and the version in force until then."""
    return [
        (one.name, one.state, one.successor.name if one.successor else None, one.version_in_force)
        for one in found
    ]


def test_states_change_on_the_day(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The older version is superseded, and its pages change, on that day."""
    repo.commit({"charter.yml": minimal_charter(version="2026-Q4")}, date="2026-10-01")
    repo.commit({"charter.yml": minimal_charter(version="2027-Q1", title="New")}, date="2026-11-20")
    seen = []
    for day, epoch in ((date(2026, 11, 28), "1795867200"), (date(2027, 1, 1), "1798804800")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        seen.append(editions(repo.history(), (), day))
    assert states(seen[0]) == [("2026-Q4", "current", None, None), ("2027-Q1", "upcoming", None, "2026-Q4")]
    assert states(seen[1]) == [("2026-Q4", "superseded", "2027-Q1", None), ("2027-Q1", "current", None, None)]
    assert [one.is_latest for one in seen[0]] == [True, False]
    assert all(before.cache_identity() != after.cache_identity() for before, after in zip(*seen, strict=True))
