"""The page for the next review: its content, its links, and its inputs."""

from __future__ import annotations

import datetime
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from charterbook.export.review_parts import review_parts
from charterbook.settings import Settings
from charterbook.site.edition import Edition
from charterbook.site.render.views import build_pre_read
from tests.site.editions import block, edition, words

HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }}"
LEVEL = {"request": "A place", "within": 5, "target_share": 95, "kept": {"share": 91, "requests": 64}}


def full(text: str = "Words", **more: Any) -> dict[str, Any]:
    """A charter with content in every part of the page."""
    service = {"id": "onboarding", "name": text, "summary": "x", "service_levels": [LEVEL]}
    target = {"value": 30, "date": datetime.date(2027, 3, 31)}
    base = {"value": 10, "date": datetime.date(2026, 1, 1)}
    actual = {"value": 12, "date": datetime.date(2026, 12, 31)}
    metric = {"id": "win-rate", "name": text, "kind": "lagging"}
    condition = {"role": "CFO", "decision": "approved_with_condition", "condition": f"If Win rate. {text}"}
    actions = [{"id": "act", "what": text, "due": datetime.date(2026, 12, 1)}]
    review = {"next": datetime.date(2027, 1, 14), "sign_offs": [condition], "actions": actions, **more}
    return {
        "services": [service],
        "metrics": [metric | {"baseline": base, "target": target, "actual": actual}],
        "risks": [{"id": "gone", "name": text}],
        "scope": {"out": [{"id": "slides", "name": text, "revisit": "2027-Q1", "why": text}]},
        "review": review,
    }


@pytest.fixture(scope="module")
def shown() -> Edition:
    """An edition of that charter."""
    return edition(full())


def test_the_page_agrees_with_the_command(shown: Edition) -> None:
    """Every entry of every part, in the same words."""
    page = words(block(shown, "review_pack"))
    for part in review_parts(build_pre_read(shown, Settings())):
        assert part.title in page
        for entry in part.entries if part.key != "health" else ():
            assert words(entry.text) in page
            assert all(words(line) in page for line in entry.below)


def test_each_finding_is_on_the_page_once(shown: Edition) -> None:
    """A warning among the decisions that are needed, a hint below the health of the charter."""
    page = words(block(shown, "review_pack"))
    found = build_pre_read(shown, Settings()).findings
    assert found is not None
    assert {one.severity for one in found} == {"warning", "hint"}
    assert {page.count(words(one.text[:1].upper() + one.text[1:])) for one in found} == {1}
    count = sum(one.severity == "warning" for one in found)
    assert f"Health {count} findings need a decision" in page


def _addresses(page: str) -> list[str]:
    return [unescape(part.split('"', 1)[0]) for part in page.split('href="')[1:]]


def test_a_decision_and_an_action_open_as_proposals(shown: Edition) -> None:
    """The form is filled in with the question and the day of the review; an action opens as itself, or as new."""
    forms = [
        parse_qs(urlsplit(one).query) for one in _addresses(block(shown, "review_pack")) if "propose/" in one
    ]
    assert {"item": ["actions/act"]} in forms
    assert {"item": ["actions/"]} in forms
    decisions = [one for one in forms if one.get("item") == ["decisions/"]]
    needed = build_pre_read(shown, Settings()).decisions
    assert [one["name"] for one in decisions] == [[one.question] for one in needed]
    assert {tuple(one["date"]) for one in decisions} == {("2027-01-14",)}


def test_hostile_texts() -> None:
    """No text of the charter is markup."""
    page = block(edition(full(HOSTILE)), "review_pack")
    assert "<script" not in page


def test_the_page_stays_the_same_from_day_to_day(shown: Edition) -> None:
    """Unless a rule finds something else: then the version is rebuilt."""
    for days in (1, 20, 400):
        later = replace(shown, today=shown.today + datetime.timedelta(days=days))
        if later.cache_identity() == shown.cache_identity():
            assert block(later, "review_pack") == block(shown, "review_pack")


def test_a_charter_without_content_for_a_review() -> None:
    """Each part says so."""
    page = words(block(edition({}), "review_pack"))
    assert "No action is open." in page
    assert "No metric is known to be off track." in page


@pytest.mark.long
def test_the_sponsor_sees_whether_a_condition_is_met() -> None:
    """Beside the sign-off."""
    metric = {"id": "win-rate", "name": "Win rate", "kind": "lagging", "target": {"value": 30}}
    page = words(
        block(edition(full() | {"metrics": [metric | {"actual": {"value": 12}}]}), "sponsor_summary")
    )
    assert "not met: Win rate is 12%, target 30%" in page
