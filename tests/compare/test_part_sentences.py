"""Comparisons of the parts of items from format 2: by day, by promise, by label."""

from __future__ import annotations

import pytest

from charterbook.compare import compare
from tests.load.sample import SMALL, funded, loaded, small

Said = list[tuple[str, str, str | None]]


def said(old: str, new: str) -> Said:
    """Severity, sentence and direction of each change."""
    found = compare(loaded(old), loaded(new), language="en").statements
    return [(each.severity, each.sentence, each.direction) for each in found]


def service(text: str) -> str:
    """The small charter with additions to its service."""
    return small("    audiences: [sales]\n", f"    audiences: [sales]\n    {text}\n")


def promise(text: str = "") -> str:
    """The small charter with a promise."""
    return service(f"service_levels: [{{request: Cards, within: 5{text}}}]")


def metric(text: str) -> str:
    """The small charter with additions to its metric."""
    return f"{SMALL}    {text}\n"


def test_a_weakened_promise_differs_from_a_missed_one() -> None:
    """In the data, for badges and counts."""
    old, new = (
        promise(f", target_share: {share}, kept: {{share: {kept}}}") for share, kept in ((95, 96), (90, 80))
    )
    found = compare(loaded(old), loaded(new)).statements
    assert {one.path[-1]: one.verdict or one.direction for one in found} == {
        "target_share": "weaker",
        "kept": "missed",
    }


ACTUAL = "actual: {value: 9}\n    "
CASES: dict[str, tuple[str, str, Said]] = {
    "a promise that was kept": (
        promise(),
        promise(", kept: {share: 91, requests: 64, date: 2026-09-30}"),
        [
            (
                "meaning",
                "Onboarding: “Cards”: on time for 91% of 64 requests on 30 September 2026",
                None,
            )
        ],
    ),
    "a promise that was kept less often": (
        promise(", kept: {share: 96, requests: 58}"),
        promise(", kept: {share: 91, requests: 1}"),
        [
            (
                "meaning",
                "Onboarding: “Cards”: on time for 91% of 1 request; before: 96% of 58 requests (worse)",
                "worse",
            )
        ],
    ),
    "a missed promise": (
        promise(", target_share: 95, kept: {share: 96, requests: 58}"),
        promise(", target_share: 95, kept: {share: 91, requests: 64}"),
        [
            (
                "meaning",
                "Onboarding: “Cards”: promise missed: 91% of 64 requests, promised for 95%; before: 96% of 58 requests (worse)",
                "worse",
            )
        ],
    ),
    "a promise that was kept exactly": (
        promise(", target_share: 95"),
        promise(", target_share: 95, kept: {share: 95}"),
        [("meaning", "Onboarding: “Cards”: promise kept: 95%, promised for 95%", None)],
    ),
    "a promise without requests": (
        promise(", target_share: 95"),
        promise(", target_share: 95, kept: {share: 0, requests: 0}"),
        [("meaning", "Onboarding: “Cards”: on time for no requests", None)],
    ),
    "a promise that is no longer counted": (
        promise(", kept: {share: 96, requests: 58}"),
        promise(),
        [
            (
                "meaning",
                "Onboarding: “Cards”: no longer says how often it was kept, was 96% of 58 requests",
                None,
            )
        ],
    ),
    "a promise that was weakened and missed": (
        promise(", target_share: 95"),
        promise(", target_share: 90, kept: {share: 80}"),
        [
            (
                "commitment",
                "Onboarding: “Cards”: on-time target now 90% of requests, was 95% (weaker)",
                "weaker",
            ),
            ("meaning", "Onboarding: “Cards”: promise missed: 80%, promised for 90%", None),
        ],
    ),
    "a detail that is called kept": (
        SMALL,
        service("details: [{label: kept, text: Well}]"),
        [("meaning", "Onboarding: further details: added “kept”: “Well”", None)],
    ),
    "what happens when it is broken": (
        promise(),
        promise(", if_broken: The CRO decides."),
        [
            (
                "commitment",
                "Onboarding: “Cards”: “what happens when the promise is missed” added (stronger)",
                "stronger",
            )
        ],
    ),
    "something else happens when it is broken": (
        promise(", if_broken: The CRO decides."),
        promise(", if_broken: Nobody decides."),
        [("commitment", "Onboarding: “Cards”: “what happens when the promise is missed” changed", None)],
    ),
    "nothing happens any more when it is broken": (
        promise(", if_broken: The CRO decides."),
        promise(),
        [
            (
                "commitment",
                "Onboarding: “Cards”: “what happens when the promise is missed” removed (weaker)",
                "weaker",
            )
        ],
    ),
    "hours that are asked once": (
        service("hours_once: 16"),
        service("hours_once: 32"),
        [("commitment", "Onboarding: asks each person for 32 hours once, was 16 (more)", "more")],
    ),
    "a contact with another address": (
        service("contacts: [{label: Ask, address: a@example.org}, {label: Tell, channel: Desk}]"),
        service("contacts: [{label: Ask, address: b@example.org}, {label: Tell, channel: Desk}]"),
        [
            (
                "meaning",
                "Onboarding: contacts: now “Ask” (b@example.org), was “Ask” (a@example.org)",
                None,
            )
        ],
    ),
    "a contact in other capitals": (
        service("contacts: [{label: Ask, channel: Desk}]"),
        service("contacts: [{label: ASK, channel: Desk}]"),
        [("wording", "Onboarding: contacts: now “ASK” (Desk), was “Ask” (Desk)", None)],
    ),
    "a link": (
        SMALL,
        service("links: [{label: Guide, address: https://example.org}]"),
        [("wording", "Onboarding: links: added “Guide” (https://example.org)", None)],
    ),
    "a detail": (
        SMALL,
        service("details: [{label: Cost centre, text: 'No. 4711'}]"),
        [("meaning", "Onboarding: further details: added “Cost centre”: “No. 4711”", None)],
    ),
    "tags and checks": (
        service("tags: [a]"),
        service("tags: [a, b]\n    reviewed: 2026-10-01\n    review_in: half_year"),
        [
            ("wording", "Onboarding: tags: added b", None),
            ("wording", "Onboarding: last checked added: 1 October 2026", None),
            ("meaning", "Onboarding: check interval added: every half-year", None),
        ],
    ),
    "a value within the period": (
        metric(ACTUAL + "values: [{date: 2026-07-31, value: 8}]"),
        metric(ACTUAL + "values: [{date: 2026-07-31, value: 8}, {date: 2026-08-31, value: 9, note: Late}]"),
        [("meaning", "Win rate: values: added 9% on 31 August 2026: “Late”", None)],
    ),
    "the last value": (
        metric("values: [{date: 2026-07-31, value: 8}]"),
        metric("values: [{date: 2026-07-31, value: 9}]"),
        [("meaning", "Win rate: now 9%, was 8% (better)", "better")],
    ),
    "a target on the way": (
        metric("target: {value: 30}\n    targets: [{date: 2026-12-31, value: 20}]"),
        metric("target: {value: 30}\n    targets: [{date: 2026-12-31, value: 25}]"),
        [
            (
                "commitment",
                "Win rate: targets: now 25% by 31 December 2026, was 20% by 31 December 2026 (harder)",
                "harder",
            )
        ],
    ),
    "an action": (
        f"{SMALL}review:\n  actions: [{{id: a, what: Tell all, due: 2026-11-30}}]\n",
        f"{SMALL}review:\n  actions: [{{id: a, what: Tell all, due: 2026-12-31, state: done}}]\n",
        [
            ("commitment", "Tell all: due is now 31 December 2026, was 30 November 2026", None),
            ("meaning", "Tell all: state is now done, was open", None),
        ],
    ),
    "a decision of a review": (
        f"{SMALL}review:\n  meetings: [{{id: q3, date: 2026-10-14}}]\n",
        f"{SMALL}review:\n  meetings: [{{id: q3, date: 2026-10-14, decisions: [{{id: a, text: Stop.}}]}}]\n",
        [("meaning", "Review of 14 October 2026: decisions: added “Stop.”", None)],
    ),
    "another review": (
        f"{SMALL}review:\n  meetings: [{{id: q3, date: 2026-10-14}}]\n",
        f"{SMALL}review:\n  meetings: [{{id: q3, date: 2026-10-14}}, {{id: q4, date: 2027-01-13}}]\n",
        [("meaning", "A review was held on 13 January 2027", None)],
    ),
    "a calendar": (
        f"{SMALL}calendar: {{days: [monday], holidays: [2026-12-25]}}\n",
        f"{SMALL}calendar: {{days: [monday, friday], holidays: [{{date: 2026-12-25, name: Christmas}}]}}\n",
        [
            ("commitment", "Working calendar: working days: added Friday (stronger)", "stronger"),
            (
                "meaning",
                "Working calendar: holidays: now 25 December 2026 (Christmas), was 25 December 2026",
                None,
            ),
        ],
    ),
    "a holiday, on which no working day is counted": (
        f"{SMALL}calendar: {{days: [monday], holidays: [2026-12-25]}}\n",
        f"{SMALL}calendar: {{days: [monday], holidays: [2026-12-25, 2026-12-28]}}\n",
        [("commitment", "Working calendar: holidays: added 28 December 2026 (weaker)", "weaker")],
    ),
    "an objective": (
        SMALL,
        f"{SMALL}objectives: [{{id: grow, name: Grow, services: [onboarding]}}]\n",
        [("commitment", "New section: Objectives (Grow)", None)],
    ),
    "a total in two currencies": (
        funded(
            "{id: a, name: A, funder: S, amount: 100}, {id: b, name: B, funder: T, amount: 10, currency: USD}",
            "  rates: [{currency: USD, rate: 0.9}]\n",
        ),
        funded(
            "{id: a, name: A, funder: S, amount: 100}, {id: b, name: B, funder: T, amount: 20, currency: USD}",
            "  rates: [{currency: USD, rate: 0.9}]\n",
        ),
        [
            ("commitment", "The whole budget is now €118, was €109 (+8.3%)", "more"),
            ("commitment", "B: amount is now $20, was $10 (more)", "more"),
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_part_sentences(name: str) -> None:
    """One sentence for each change."""
    old, new, expected = CASES[name]
    assert said(old, new) == expected


def test_a_decision_that_looks_like_another() -> None:
    """A likely rename among the decisions of a meeting."""
    text = "Every manager is coached from October on."
    old, new = (
        loaded(
            f"{SMALL}review:\n  meetings: [{{id: q3, date: 2026-10-14, decisions: [{{id: {name}, text: {text}}}]}}]\n"
        )
        for name in ("coach", "coaching")
    )
    (guess,) = compare(old, new, language="en").likely
    assert (guess.old[-1], guess.new[-1]) == ("coach", "coaching")
