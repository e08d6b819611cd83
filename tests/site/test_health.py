"""The health page of a charter."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pytest

from charterbook.rules import RULES
from charterbook.settings import Settings
from charterbook.site.edition import Edition
from charterbook.site.edition_builder import editions
from charterbook.site.render.views import build_pre_read
from tests.charters import charter_file
from tests.histories import Repo
from tests.site.editions import block, edition, words
from tests.site.handbooks import Built, Handbook

#: 20 May 2025, in seconds.
IN_MAY = "1747699200"

SERVICE = {
    "id": "onboarding",
    "name": "Onboarding",
    "summary": "Four weeks.",
    "audiences": ["sellers"],
    "metrics": ["win-rate"],
    "hours_per_quarter": 4,
}
SELLERS = {"id": "sellers", "name": "Sellers", "hours_per_quarter": 10}
SIGNED = {
    "last": date(2025, 2, 1),
    "next": date(2025, 5, 1),
    "sign_offs": [{"role": "CRO", "decision": "approved"}],
}
PAGES = ("index", "health")
OFF = "  - charterbook:\n      rules: {metric-kinds: off, metric-complete: warning, mission-why: hint}\n"


def commit(book: Handbook, day: str, **changes: Any) -> None:
    """Commit a charter that was signed."""
    book.commit(day, services=[SERVICE | changes], audiences=[SELLERS], review=SIGNED)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A charter that is signed in one quarter and weakened in the next; its review is overdue."""
    book = Handbook(tmp_path_factory.mktemp("health") / "book")
    book.replace("mkdocs.yml", "  - charterbook\n", OFF)
    commit(book, "2025-02-03")
    commit(book, "2025-04-03", status="sunset")
    built = book.build("--strict", SOURCE_DATE_EPOCH=IN_MAY)
    assert built.code == 0, built.output
    return built


def many() -> Edition:
    """A charter with more than a hundred findings, most of them of a few rules."""
    services = [{"id": f"s{n}", "name": f"Service <{n}>", "summary": "X."} for n in range(30)]
    metrics = [{"id": f"m{n}", "name": f"Metric {n}", "kind": "leading"} for n in range(12)]
    return edition({"services": services, "metrics": metrics, "review": {"next": date(2027, 2, 1)}})


@pytest.mark.parametrize("name", ["health", "review_pack"])
def test_many_findings_of_a_rule_are_folded(name: str) -> None:
    """Below the rule, with their number and the first few; each is on the page once."""
    shown = many()
    found = build_pre_read(shown, Settings()).findings
    assert found is not None
    assert len(found) > 100
    page = block(shown, name)
    assert {words(page).count(words(escape(one.text[1:]))) for one in found} == {1}
    open_parts = words(re.sub("<details.*?</details>", "", page, flags=re.DOTALL))
    for rule_name, count in Counter(one.rule for one in found).items():
        texts = [words(escape(one.text[1:])) for one in found if one.rule == rule_name]
        assert sum(text in open_parts for text in texts) <= 4
        assert count == 1 or f"{RULES[rule_name].title}: {count} to fix" in open_parts
    folded = re.findall("<summary>(.*?) more</summary>", page)
    assert sum(map(int, folded)) + len(re.findall("<li", page)) > 100


def test_rules_without_findings_are_folded() -> None:
    """The others are open, so that "Why this rule" leads to what can be seen."""
    page = block(many(), "health")
    rest = page.partition("rules without findings")[2]
    named = set(re.findall('href="#rule-(.*?)"', page))
    assert named.isdisjoint(re.findall('<li id="rule-(.*?)"', rest))
    assert set(re.findall('<li id="rule-(.*?)"', page)) == set(RULES)


def rule(built: Built, version: str, name: str) -> str:
    """Row of a rule on the page."""
    return " ".join(built.part(f"{version}/health", f'<li id="rule-{name}"', "</li>").split())


def test_the_counts_come_first(built: Built) -> None:
    """How many problems of each severity; a strict build is not stopped by them."""
    assert "a good charter. 3 warnings 3 hints To fix" in built.text("latest/health")
    assert built.log == []


def test_problems_to_fix(built: Built) -> None:
    """By section, with the advice, the item's page and the rule."""
    text = built.text("latest/health")
    assert "Hint No participants are named for the review. Name participants of the review" in text
    assert "Warning The review was due on 1 May 2025. Hold the review if it is due." in text
    listed = built.part("latest/health", '<h3 id="mend-services"', "</ul>")
    assert 'See <a href="../services/onboarding/">Onboarding</a>' in listed
    assert '<a href="#rule-service-balance" aria-label="Why this rule: Every service says' in listed


def test_changes_since_they_were_signed(built: Built) -> None:
    """Only in the version that made them."""
    said = "1 commitment has changed since the last sign-off: Onboarding: status is now ending, was live (weaker)."
    assert said in built.text("latest/health")
    assert "Passed" in rule(built, "2025-Q1", "signed-changes")


def test_an_old_version_is_judged_by_its_own_day(built: Built) -> None:
    """Its review was not overdue while it was the newest one."""
    assert "Checked as of 3 February 2025." in built.text("2025-Q1/health")
    assert "Passed" in rule(built, "2025-Q1", "review-dates")
    assert "judged as of" not in built.text("latest/health")


def test_rules_have_the_configured_severity(built: Built) -> None:
    """In all versions; a disabled rule is marked."""
    for version in ("latest", "2025-Q1"):
        assert ">Off</span>" in rule(built, version, "metric-kinds")
        assert "1 to fix" in rule(built, version, "metric-complete")
        assert "Warning" in rule(built, version, "metric-complete")
        assert "Hint" in rule(built, version, "mission-why")


def test_hours_asked_of_audiences(built: Built) -> None:
    """They are beside the agreed hours, and on the service's page."""
    assert "At most 10 hours a quarter per person. Services use 4 hours of these 10." in built.text(
        "latest/audiences/sellers"
    )
    assert "It takes 4 hours a quarter per person." in built.text("latest/services/onboarding")


def test_the_page_is_in_the_navigation(built: Built) -> None:
    """Under Reference."""
    link = built.part("latest", '<a href="health/" class="md-nav__link">', "</a>")
    assert "Health of this charter" in link
    assert "Reference" in built.html("latest").partition('<a href="health/"')[0]


@pytest.fixture
def health(tmp_path: Path) -> Handbook:
    """A new handbook with the home page and the health page alone."""
    return Handbook(tmp_path / "book", pages=PAGES)


def test_without_a_history(health: Handbook) -> None:
    """Rules that need earlier revisions are marked; nothing else is missing."""
    health.write("charter.yml", charter_file("A")["charter.yml"])  # type: ignore[arg-type]
    built = health.build()
    assert built.code == 0, built.output
    (version,) = [entry["version"] for entry in built.json("versions.json")]
    assert "Not checked" in rule(built, version, "id-reuse")
    assert "Passed" in rule(built, version, "funding-shares")


def test_an_error_stops_the_build_of_today_only(health: Handbook) -> None:
    """Problems of the charter on disk fail the build; problems of committed charters do not."""
    health.replace("mkdocs.yml", "  - charterbook\n", "  - charterbook: {rules: {mission-why: error}}\n")
    commit(health, "2025-02-03")
    stopped = health.build()
    assert stopped.code == 1
    (line,) = [line for line in stopped.log if "mission-why" in line]
    assert line.startswith("charter.yml:2:1: error mission-why: the mission does not say why")
    mission = {"statement": "We help.", "why": "Ramp takes nine months."}
    health.commit("2025-05-03", services=[SERVICE], mission=mission)
    mended = health.build("--strict", SOURCE_DATE_EPOCH=IN_MAY)
    assert mended.code == 0, mended.output
    assert ">1 error<" in mended.html("2025-Q1/health")


@pytest.mark.parametrize(
    ("days", "same"),
    [((date(2025, 4, 20), date(2025, 4, 25)), True), ((date(2025, 4, 20), date(2025, 5, 5)), False)],
)
def test_the_day_matters_only_where_a_rule_finds_more(
    repo: Repo, days: tuple[date, date], same: bool
) -> None:
    """A version that would be the same is not rebuilt."""
    vacant = [{"id": "cro", "name": "CRO", "vacant_since": date(2025, 5, 1), "accountable": ["onboarding"]}]
    funding = {"owner": "cro", "sources": [{"id": "s", "name": "S", "funder": "Sales"}]}
    repo.commit(charter_file("A", roles=vacant, funding=funding), date="2025-04-03")
    first, second = ([e.cache_identity() for e in editions(repo.history(), (), day)] for day in days)
    assert (first == second) is same


def test_in_russian(tmp_path: Path) -> None:
    """All of the page's own words."""
    book = Handbook(tmp_path / "book", "ru", pages=PAGES)
    book.commit("2025-02-03", language="ru")
    text = book.build(SOURCE_DATE_EPOCH=IN_MAY).text("latest/health")
    assert "6 предупреждений 3 подсказки Что исправить" in text
    assert "Предупреждение В миссии не сказано, почему компания вкладывается." in text
