"""Pages of changes: addresses, content, and search."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.site.conftest import ONBOARDING, RAMP, WEBINARS
from tests.site.handbooks import Built, Handbook, visible

#: Hostile names, and the effects that they must not have.
EVIL = '<img src=x onerror="attacked()">{{ 7 * 191 }}'


def comparisons(built: Built, version: str) -> set[str]:
    """The older versions for which a version has pages of changes."""
    return {page.split("/")[1] for page in built.pages(version) if re.fullmatch(r"compare/[^/]+/", page)}


def test_every_version_is_compared_with_every_older_one(quarters: Built) -> None:
    """Every readable one, and the draft. Each has a page of changes, and one to choose two versions."""
    assert {
        version: comparisons(quarters, version) for version in ("2025-Q1", "2025-Q2", "2025-Q4", "draft")
    } == {
        "2025-Q1": set(),
        "2025-Q2": {"2025-Q1"},
        "2025-Q4": {"2025-Q1", "2025-Q2"},
        "draft": {"2025-Q1", "2025-Q2", "2025-Q4"},
    }
    assert comparisons(quarters, "latest") == {"2025-Q1", "2025-Q2"}
    for version in ("2025-Q1", "2025-Q2", "2025-Q4", "draft"):
        assert {"changes/", "compare/"} <= quarters.pages(version)


def test_the_version_before(quarters: Built) -> None:
    """An unreadable version is skipped; the draft is compared with the charter in force."""
    titles = {
        version: visible(f"<h1{quarters.part(f'{version}/changes', '<h1', '</h1>')}")
        for version in ("2025-Q2", "2025-Q4", "draft")
    }
    assert titles == {
        "2025-Q2": "What changed from 2025-Q1 to 2025-Q2",
        "2025-Q4": "What changed from 2025-Q2 to 2025-Q4",
        "draft": "What the draft changes since 2025-Q4",
    }


def test_an_item_that_was_renamed_twice(tmp_path: Path) -> None:
    """It is the same item between any two versions, with its old page, and there is no guess.

    Reasons of all versions in between are quoted with their names, newest first, collapsed if they are long.
    """
    book = Handbook(tmp_path / "book")
    for month, id_, was in ((1, "first", []), (4, "second", ["first"]), (7, "third", ["second"])):
        service = {"id": id_, "was": was, "name": id_.title(), "summary": "What it does."}
        book.commit(f"2025-{month:02}-15", services=[service], change_note=f"Why {id_}. " * month * 10)
    built = book.build("--strict")
    assert built.code == 0, built.output
    reasons = built.part("2025-Q3/compare/2025-Q1", "<h2>Why these versions", "<h2>Most")
    named = [
        reasons.index(words) for words in ("2025-Q3", "Why third", "earlier version", "2025-Q2", "Why second")
    ]
    assert (named, "Why first" in reasons) == (sorted(named), False)
    assert "Why second" not in built.part("2025-Q3/compare/2025-Q2", "<h2>Why this version", "<h2>Most")
    text = built.text("2025-Q3/compare/2025-Q1")
    assert "“First” is now called “Third”" in text
    assert "First, as it was in 2025-Q1" in text
    assert not re.search("Service removed|New service|Perhaps renamed", text)


def test_the_first_version(quarters: Built) -> None:
    """It has no predecessor, and the page says so."""
    assert "2025-Q1 is the first version of the charter" in quarters.text("2025-Q1/changes")
    assert "There is only one version so far" in quarters.text("2025-Q1/compare")


def test_only_pages_that_exist_are_linked(quarters: Built) -> None:
    """The page to choose two versions names each pair once, this version first; the names of links have both versions."""
    page = quarters.part("2025-Q4/compare", "cb-print", 'class="cb-foot"')
    found = re.findall(r'<li><a href="([^"]+)" aria-label="([^"]+)">', page)
    assert found == [
        ("2025-Q2/", "What changed from 2025-Q2 to 2025-Q4"),
        ("2025-Q1/", "What changed from 2025-Q1 to 2025-Q4"),
        ("../../2025-Q2/compare/2025-Q1/", "What changed from 2025-Q1 to 2025-Q2"),
    ]
    assert 'aria-label="What the draft changes since 2025-Q4"' in quarters.html("draft/compare")


def test_a_summary_comes_first(quarters: Built) -> None:
    """The number of changes by severity, the most important ones, and the number of unchanged items."""
    text = quarters.text("2025-Q2/changes")
    assert re.search(r"4 changes\. 4 items are unchanged\. commitment 3 Promises, money", text)
    page = quarters.html("2025-Q2/changes")
    links = re.findall(r'<li><a href="#(change-[0-9a-f]{16})">', page)
    assert 0 < len(links) <= 3
    for link in links:
        assert page.count(f'id="{link}"') == 1


def test_a_renamed_item(quarters: Built) -> None:
    """It is listed under its new name, with a link to its former page."""
    page = quarters.part("2025-Q2/compare/2025-Q1", 'id="services-ramp"', "</ul>")
    assert 'data-i="services/ramp services/onboarding"' in page
    assert '<h3><a href="../../services/ramp/">Ramp-up</a></h3>' in page
    old = '<a href="../../../2025-Q1/services/onboarding/">Onboarding, as it was in <span class="cb-figure">2025-Q1</span></a>'
    assert old in page
    assert "Was called “Onboarding”" in quarters.html("2025-Q2/compare/2025-Q1")


def test_changed_words(quarters: Built) -> None:
    """They are marked in both texts, with words that are heard; signs are in the margin, and in no word."""
    page = quarters.part("2025-Q2/compare/2025-Q1", 'id="services-ramp"', "</ul>")
    assert "<del><i>removed: </i>Four</del><ins><i>added: </i>Five</ins> weeks that end" in page
    assert "<p><ins><i>added: </i>Five</ins> weeks that end" in page


def test_removed_and_added_items(quarters: Built) -> None:
    """They have a description; a removed one links to its old page only."""
    page = quarters.part("2025-Q4/changes", 'id="services-webinars"', "</ul>")
    assert "<h3>Webinars</h3>" in page
    assert (
        'services/webinars/" aria-label="Webinars, as it was in 2025-Q2">as it was in <span class="cb-figure">2025-Q2</span></a>'
        in page
    )
    assert '<div class="cb-said cb-said--gone"><del><i>removed: </i>One hour a month.</del></div>' in page
    text = quarters.text("draft/changes")
    assert "“Ramp-up” is now called “Ramp-up camp”" in text


@pytest.fixture
def changes(tmp_path: Path) -> Handbook:
    """A new handbook with pages of changes, and those of audiences, to which they link."""
    return Handbook(tmp_path / "book", pages=("index", "changes", "audiences/each"))


def test_values_before_and_after(changes: Handbook) -> None:
    """In words with their units; and the affected audiences, with links."""
    level = {"request": "New deck", "within": 3, "unit": "working_days"}
    service = ONBOARDING | {"audiences": ["sellers"], "service_levels": [level]}
    later = service | {"service_levels": [level | {"within": 5}]}
    changes.commit(
        "2026-01-05", services=[service], roadmap=[{"id": "a", "name": "First", "status": "planned"}]
    )
    changes.commit("2026-04-05", services=[later], roadmap=[{"id": "a", "name": "First", "status": "doing"}])
    page = changes.build().html("2026-Q2/changes")
    assert "“New deck” now takes up to 5 working days, was 3</a>" in page
    assert "Status is now under way, was planned" in page
    assert "→" not in page.partition('class="cb-list"')[2]
    assert '<p>Affects: <a href="../audiences/sellers/">Sellers</a></p>' in page


def test_nothing_changed(changes: Handbook) -> None:
    """Then the page says so."""
    changes.commit("2026-01-05")
    text = (changes.folder / "charter.yml").read_text(encoding="utf-8")
    changes.repo.commit({"charter.yml": f"# A remark.\n{text}"}, "Remark", "2026-04-05")
    built = changes.build()
    assert "No changes." in built.text("2026-Q2/changes")
    assert "cb-filter" not in built.html("2026-Q2/changes")


def test_likely_renames_are_marked_as_guesses(changes: Handbook) -> None:
    """A rename that nobody declared is no fact."""
    changes.commit("2026-01-05", services=[ONBOARDING, WEBINARS])
    changes.commit(
        "2026-04-05", services=[ONBOARDING, WEBINARS | {"id": "online", "name": "Webinars online"}]
    )
    text = changes.build().text("2026-Q2/changes")
    assert "A guess: these look alike" in text
    assert "Services: Webinars → Webinars online" in text
    assert "New service: Webinars online" in text


def test_hostile_words(changes: Handbook) -> None:
    """Names and texts of both charters stay text."""
    section = {"id": "x", "title": EVIL, "text": f"{EVIL} one"}
    changes.commit("2026-01-05", services=[ONBOARDING | {"summary": EVIL}, WEBINARS | {"name": EVIL}])
    changes.commit(
        "2026-04-05",
        services=[ONBOARDING | {"summary": f"New {EVIL}"}],
        audiences=[{"id": "sellers", "name": EVIL}],
        sections=[section],
        change_note=EVIL,
    )
    page = changes.build().html("2026-Q2/changes")
    assert "<img" not in page
    assert "1337" not in page
    assert page.count("&lt;img src=x") > 5


def test_a_handbook_without_these_pages(book: Handbook) -> None:
    """It builds, without links to them."""
    (book.folder / "docs" / "changes.md").unlink()
    shutil.rmtree(book.folder / "docs" / "compare")
    book.commit("2026-01-05")
    book.commit("2026-04-05", services=[RAMP])
    built = book.build("--strict")
    assert (built.code, built.log) == (0, [])
    assert not any(page.startswith(("changes", "compare")) for page in built.pages("2026-Q2"))
    assert "changes/" not in built.part("2026-Q2", "<article", "</article>")


def test_a_handbook_with_comparisons_alone(book: Handbook) -> None:
    """A page of changes has no link to a missing page."""
    (book.folder / "docs" / "changes.md").unlink()
    (book.folder / "docs" / "compare" / "index.md").unlink()
    book.commit("2026-01-05")
    book.commit("2026-04-05", services=[RAMP])
    built = book.build("--strict")
    assert (built.code, built.log) == (0, [])
    assert "Compare other versions" not in built.text("2026-Q2/compare/2026-Q1")


def test_home_page(quarters: Built) -> None:
    """New items link to all changes."""
    assert '<a href="changes/">All changes since 2025-Q2</a>' in quarters.html("2025-Q4")
    assert "All changes since" not in quarters.html("2025-Q1")


def test_comparisons_are_not_searched(quarters: Built) -> None:
    """Search finds present pages; of the latest changes, only the summary."""
    entries = quarters.json("2025-Q4/search/search_index.json")["docs"]
    found = [entry for entry in entries if entry["location"].startswith(("changes/", "compare/2"))]
    assert [entry["location"] for entry in found] == ["changes/"]
    assert "Service removed: Webinars" in found[0]["text"]
    assert "One hour a month." not in found[0]["text"]
    assert "What happened" not in found[0]["text"]


@pytest.mark.parametrize("mark", ['data-k="added"', 'data-k="renamed"', 'data-s="commitment"'])
def test_changes_have_marks(quarters: Built, mark: str) -> None:
    """Each change has data attributes for its kind and severity; defaults are omitted."""
    source = quarters.html("2025-Q2/changes")
    assert re.search(f'<li id="change-[0-9a-f]+"[^>]* {mark}', source)
    assert not re.search('data-k="changed"|data-s="meaning"', source.partition('class="cb-list"')[2])


def test_russian(tmp_path: Path) -> None:
    """In the charter's language, with its plural forms."""
    book = Handbook(tmp_path / "book", "ru", pages=("index", "changes", "services/each"))
    book.commit("2026-01-05", language="ru", services=[ONBOARDING, WEBINARS])
    book.commit("2026-04-05", language="ru", services=[RAMP])
    text = book.build().text("2026-Q2/changes")
    assert "Что изменилось: 2026-Q1 → 2026-Q2" in text
    assert re.search(r"[234] изменения\.", text)
    assert "обязательство 2" in text
    assert "как было в 2026-Q1" in text
    assert "Важность" in text
