"""Shared sites."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.site.handbooks import Built, Handbook
from tests.site.shared_sites import build_once

#: A day on which the review of the newest version of `quarters` is overdue: 2 March 2026, in seconds.
OVERDUE = "1772409600"

ONBOARDING = {"id": "onboarding", "name": "Onboarding", "summary": "Four weeks that end in a first deal."}
RAMP = {
    "id": "ramp",
    "was": ["onboarding"],
    "name": "Ramp-up",
    "summary": "Five weeks that end in a first deal.",
}
WEBINARS = {"id": "webinars", "name": "Webinars", "summary": "One hour a month."}


@pytest.fixture
def book(tmp_path: Path) -> Handbook:
    """A new handbook without a revision."""
    return Handbook(tmp_path / "book")


@pytest.fixture
def small_book(tmp_path: Path) -> Handbook:
    """The same with two pages, for builds whose pages do not matter."""
    return Handbook(tmp_path / "book", pages=("index", "mission"))


@pytest.fixture(scope="session")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Three readable versions and an unreadable one, with a draft: services come, go and are renamed."""
    return build_once(tmp_path_factory, "quarters", _quarters)


def _quarters(folder: Path) -> Built:
    book = Handbook(folder)
    book.replace(
        "mkdocs.yml", "# site_url: https://handbook.example.com/charter/", "site_url: https://example.com/c/"
    )
    book.write("docs/CNAME", "handbook.example.com\n")
    book.write("docs/robots.txt", "User-agent: *\n")
    book.write("docs/faq.md", "# Questions\n\nHow long is onboarding?\n")
    review = {"next": date(2025, 6, 30)}
    book.commit("2025-02-03", "Begin", services=[ONBOARDING, WEBINARS], review=review)
    book.commit(
        "2025-05-05",
        "Say what is out",
        services=[RAMP, WEBINARS],
        scope={"out": [{"id": "x", "name": "Events"}]},
    )
    book.repo.commit({"charter.yml": "title: [\n"}, "Break it", "2025-05-20")
    book.repo.commit({"charter.yml": "title: Only this\n"}, "Break all of it", "2025-08-01")
    book.commit("2025-11-03", "End webinars", services=[RAMP], review={"next": date(2026, 3, 1)})
    book.write("charter.yml", (book.folder / "charter.yml").read_text().replace("Ramp-up", "Ramp-up camp"))
    return book.build(SOURCE_DATE_EPOCH=OVERDUE)


@pytest.fixture(scope="session")
def another(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A team with other sections, audiences and periods, that went from Russian to English; no draft, no address."""
    return build_once(tmp_path_factory, "another", _another)


def _another(folder: Path) -> Built:
    book = Handbook(folder)
    book.replace(
        "mkdocs.yml", "  - charterbook\n", "  - charterbook: {period: month, fiscal_year_start: 4}\n"
    )
    partners = [{"id": "resellers", "name": "Реселлеры", "kind": "customer_facing"}]
    book.commit("2026-03-10", title="Устав", language="ru", audiences=partners)
    book.commit(
        "2026-04-10",
        title="Partner charter",
        audiences=[{"id": "resellers", "name": "Resellers"}, {"id": "support", "name": "Support"}],
        sections=[{"id": "how-we-write", "title": "How we write", "text": "Short."}],
        glossary=[{"id": "ramp", "term": "Ramp", "meaning": "The time until a first deal."}],
    )
    return book.build()
