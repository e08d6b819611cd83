"""The pre-read of a review, from a charter and its history."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from charterbook.charter import Charter
from charterbook.charter.review_section import SignOff
from charterbook.export.review_parts import promise_words, signer_changes, unchanged_words
from charterbook.i18n import translator
from charterbook.load import load
from charterbook.log import Snapshot
from charterbook.review import PreRead, ReviewInput, Signer, pre_read
from charterbook.signing import SignOffState
from charterbook.signing.sign_off_state import Agreement
from tests.charters import minimal_charter

DAY = datetime.date(2026, 4, 1)
LEVEL = {"request": "A place", "within": 5, "target_share": 95}
METRIC = {"id": "win-rate", "name": "Win rate", "kind": "lagging", "target": {"value": 30}}


def charter(**changes: Any) -> Charter:
    """The minimal charter with changes."""
    found = load(minimal_charter(**changes).encode())
    assert found.charter is not None, found.problems
    return found.charter


def read(past: list[Charter] | None = None, **changes: Any) -> PreRead:
    """The pre-read of 2026-Q2, after these charters of 2026-Q1."""
    earlier = None if past is None else [Snapshot("2026-Q1", None, one) for one in past]
    return pre_read(ReviewInput(charter(**changes), "2026-Q2", DAY, earlier))


def action(name: str, **more: Any) -> dict[str, Any]:
    """An action of a review."""
    return {"id": name, "what": name.title()} | more


def test_open_actions() -> None:
    """Earliest first; done and dropped ones are left out. An action is not overdue on its day."""
    actions = [
        action("later"),
        action("today", due=DAY),
        action("done", state="done", due=datetime.date(2026, 1, 1)),
        action("late", due=datetime.date(2026, 3, 31)),
    ]
    found = read(review={"actions": actions}).actions
    assert [(one.action.id, one.is_overdue) for one in found] == [
        ("late", True),
        ("today", False),
        ("later", False),
    ]


@pytest.mark.parametrize(("share", "broken"), [(94.9, True), (95, False), (None, False)])
def test_promises(share: float | None, broken: bool) -> None:
    """Promises kept less often than agreed; one without facts does not count as broken."""
    kept = {"kept": {"share": share}} if share else {}
    service = {"id": "onboarding", "name": "Onboarding", "summary": "x", "service_levels": [LEVEL | kept]}
    assert bool(read(services=[service]).promises) == broken


def test_promises_without_requests() -> None:
    """Without requests nothing was missed, as on the page of promises and in comparisons."""
    level = LEVEL | {"kept": {"share": 0, "requests": 0}}
    service = {"id": "onboarding", "name": "Onboarding", "summary": "x", "service_levels": [level]}
    assert not read(services=[service]).promises


@pytest.mark.parametrize("count", [{"share": 90, "date": datetime.date(2026, 1, 10)}, {"share": 90}])
def test_a_promise_that_changed_after_its_count(count: dict[str, Any]) -> None:
    """The target of that day was missed, not the one promised since. Without a day it is the present one."""

    def with_promise(within: int, kept: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
        level = LEVEL | {"within": within} | ({"kept": kept} if kept else {})
        service = {"id": "onboarding", "name": "Onboarding", "summary": "x", "service_levels": [level]}
        return {"services": [service | more]}

    now = with_promise(3, count, id="starting", was=["onboarding"])
    past = [with_promise(9, None), with_promise(7, count), with_promise(4, count)]
    (found,) = read([charter(**one) for one in past], **now).promises
    assert found.level.within == (7 if "date" in count else 3)
    words = promise_words(found, translator("en"))
    within = 7 if "date" in count else 3
    assert words.startswith(f"Onboarding, A place: promised 95% within {within} ")
    assert words.endswith("90% on time (10 January 2026)" if "date" in count else "90% on time")


@pytest.mark.parametrize(("before", "now", "state"), [(25, 26, None), (25, 25, "not_moving"), (25, 31, None)])
def test_metrics(before: int, now: int, state: str | None) -> None:
    """Metrics that have not moved towards their target since the previous version."""
    past = charter(metrics=[METRIC | {"actual": {"value": before}}])
    found = read([past], metrics=[METRIC | {"actual": {"value": now}}]).metrics
    assert [one.status.state for one in found] == ([state] if state else [])


def test_decisions() -> None:
    """Scope to revisit by then, risks without mitigation, and conditions."""
    out = [
        {"id": name, "name": name.title(), "revisit": when}
        for name, when in (("now", "2026-Q2"), ("next", "2026-Q3"), ("some", "after the launch"))
    ]
    risks = [
        {"id": "open", "name": "Open"},
        {"id": "high", "name": "High", "likelihood": "medium", "impact": "high", "mitigation": "x"},
        {"id": "low", "name": "Low", "likelihood": "low", "impact": "high", "mitigation": "x"},
    ]
    signs = [{"role": "CFO", "decision": "approved_with_condition", "condition": "If it works."}]
    review = {"next": DAY, "sign_offs": signs}
    found = read(scope={"out": out}, risks=risks, review=review).decisions
    others = [(one.cause, one.item) for one in found if one.cause != "rule"]
    assert others == [
        ("condition", None),
        ("scope", ("out", "now")),
        ("scope", ("out", "some")),
        ("risk", ("risks", "open")),
        ("risk", ("risks", "high")),
    ]
    assert {one.severity for one in read().findings or ()} >= {"warning"}
    assert len([one for one in found if one.cause == "rule"]) > 0


def test_the_sheet() -> None:
    """Roles that have signed come first, then roles that must sign."""
    signs = [{"role": "CRO", "decision": "approved", "date": datetime.date(2026, 1, 5)}]
    found = read([charter(review={"sign_offs": signs})], review={"sign_offs": signs}).signers
    assert [(one.role, one.state and one.state.agreement) for one in found] == [
        ("CRO", "this"),
        ("Head of sales", None),
    ]


def test_a_charter_without_a_review() -> None:
    """It has a pre-read for one hour."""
    found = read(None)
    assert (found.day, found.minutes, sum(part.minutes for part in found.agenda)) == (None, 60, 60)
    assert read(None, review={"minutes": 90}).minutes == 90


def test_findings_say_where_they_are() -> None:
    """With the item and its name; without one they concern a whole section."""
    found = read(services=[{"id": "onboarding", "name": "Onboarding", "summary": "x"}]).findings or ()
    of_items = [one for one in found if one.path[:1] == ("services",) and len(one.path) > 1]
    assert of_items
    assert {(one.item, one.label) for one in of_items} == {(("services", "onboarding"), "Onboarding")}
    assert {one.label for one in found if len(one.path) < 2} == {None}


def test_signers_with_the_same_changes() -> None:
    """They are named together, in the order of their sign-offs."""
    states: list[tuple[str, Agreement]] = [("CRO", "unmatched"), ("CFO", "unverified"), ("CMO", "unmatched")]
    signers = [
        Signer(name, name, SignOffState(0, SignOff(role=name, decision="approved"), name, state), None)
        for name, state in states
    ]
    entries = signer_changes(signers, translator("en"))
    assert [one.text.partition(":")[0] for one in entries] == ["CRO, CMO", "CFO"]


def test_changes_need_a_sign_off() -> None:
    """Nothing has changed since the sign-offs of a charter that nobody has signed."""
    pending = SignOffState(0, SignOff(role="CRO", decision="pending"), "CRO", "pending")
    done = SignOffState(0, SignOff(role="CRO", decision="approved"), "CRO", "this")
    said = [
        unchanged_words([Signer("CRO", "CRO", state, None)], translator("en"))
        for state in (None, pending, done)
    ]
    assert said == [
        "The charter has no sign-offs.",
        "The charter has no sign-offs.",
        "No commitments have changed since the sign-offs.",
    ]
