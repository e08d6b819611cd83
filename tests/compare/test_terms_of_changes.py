"""What sentences say beyond the two values: terms of whole items, notes, values in force, and what is not in force."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.compare.small_charters import compared, figure, level, metric, money
from tests.test_diff import service

SAME = {"summary": "Help."}
PEOPLE = {"audiences": [{"id": id_, "name": id_.upper()} for id_ in "xyz"]}
URGENT = {"id": "p", "name": "Urgent", "meaning": "Today.", "within": 1}
NORMAL = {"id": "q", "name": "Normal", "meaning": "Soon."}
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday"]


def offered(**more: Any) -> dict[str, Any]:
    """A single service."""
    return {"services": [service("a", **SAME, **more)]}


def kept_metric(**more: Any) -> list[dict[str, Any]]:
    """A metric beside one that comes or goes."""
    return [{"id": "n", "name": "Churn", "kind": "lagging"} | more]


def signed(*roles: str) -> dict[str, Any]:
    """Sign-offs in an order."""
    names = {"cro": "Chief of sales", "cfo": "Chief of money"}
    return {
        "roles": [{"id": id_, "name": name} for id_, name in names.items()],
        "review": {"sign_offs": [{"role": role, "decision": "approved"} for role in roles]},
    }


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "the terms of a removed metric": (
        {"metrics": metric(target=figure(30, "2026-06-30")) + kept_metric()},
        {"metrics": kept_metric()},
        ["commitment: Metric removed: Win rate, target 30% by 30 June 2026 (weaker)"],
    ),
    "the terms of a new funding source": (
        {"funding": money(100, period="2026")},
        {
            "funding": {
                "owner": "CRO",
                "currency": "USD",
                "period": "2026",
                "sources": [
                    *money(100)["sources"],
                    {
                        "id": "t",
                        "name": "Tools",
                        "funder": "IT",
                        "share": 5,
                        "amount": 90,
                        "currency": "EUR",
                        "period": "2027",
                    },
                ],
            }
        },
        ["commitment: New funding source: Tools, €90 (2027) and 5% of the budget"],
    ),
    "the terms of a removed priority": (
        {"intake": {"priorities": [URGENT, NORMAL]}},
        {"intake": {"priorities": [NORMAL]}},
        ["commitment: Priority removed: Urgent, first response within 1 working day (weaker)"],
    ),
    "the terms of a removed service": (
        {"services": [service("a", **SAME), service("b", **SAME, service_levels=level())]},
        {"services": [service("a", **SAME)]},
        ["commitment: Service removed: B, with 1 promise (weaker)"],
    ),
    "the last of several targets": (
        {"metrics": metric(targets=[figure(30, "2026-06-30"), figure(35, "2026-12-31")])},
        {"metrics": metric(targets=[figure(29, "2026-06-30"), figure(33, "2026-12-31")])},
        [
            "commitment: Win rate: the target is now 33% by 31 December 2026, was 35% by 31 December 2026 (easier)",
            "commitment: Win rate: targets: now 29% by 30 June 2026, was 30% by 30 June 2026 (easier)",
        ],
    ),
    "a target without its date": (
        {"metrics": metric(target=figure(30, "2026-06-30"))},
        {"metrics": metric(target=figure(30))},
        ["commitment: Win rate: the target is now 30%, was 30% by 30 June 2026 (easier)"],
    ),
    "a note on a target": (
        {"metrics": metric(target=figure(30))},
        {"metrics": metric(target=figure(35) | {"note": "If two people join"})},
        ["commitment: Win rate: the target is now 35% (“If two people join”), was 30% (harder)"],
    ),
    "a service that is not offered": (
        offered(status="retired", service_levels=level(3)),
        offered(status="retired", service_levels=level(5)),
        ["commitment: A: “New card” now takes up to 5 working days, was 3"],
    ),
    "a service that ends": (
        offered(service_levels=level(3), audiences=["x", "y"]) | PEOPLE,
        offered(status="retired", audiences=["x"], until=datetime.date(2026, 6, 30)) | PEOPLE,
        [
            "commitment: A: status is now retired, was live (weaker)",
            "commitment: A: no longer for Y",
            "commitment: A: end date added: 30 June 2026",
            "commitment: A: promise removed: “New card” within 3 working days",
        ],
    ),
    "other audiences of a service": (
        offered(audiences=["x", "y"]) | PEOPLE,
        offered(audiences=["y", "z"]) | PEOPLE,
        ["commitment: A: no longer for X (weaker)", "commitment: A: now also for Z (stronger)"],
    ),
    "a currency that is written out": (
        {"funding": money(100)},
        {"funding": money(100) | {"sources": [money(100)["sources"][0] | {"currency": "USD"}]}},
        ["wording: Sales: currency: still USD, now written out"],
    ),
    "a currency that is no longer the default": (
        {"funding": money(100)},
        {"funding": money(100) | {"sources": [money(100)["sources"][0] | {"currency": "EUR"}]}},
        ["commitment: Sales: currency: now EUR, was USD", "commitment: Sales: amount is now €100, was $100"],
    ),
    "a currency of all amounts, rates and figures": (
        {
            "funding": money(100, rates=[{"currency": "CHF", "rate": 1.1}]),
            "metrics": metric(unit="currency", target=figure(5), actual=figure(4)),
        },
        {
            "funding": money(100, currency="EUR", rates=[{"currency": "CHF", "rate": 1.1}]),
            "metrics": metric(unit="currency", target=figure(5), actual=figure(4)),
        },
        [
            "commitment: The whole budget is now €100, was $100; not compared: another currency",
            "commitment: Funding: currency is now EUR, was USD",
            "meaning: Funding: exchange rates: now CHF\N{NO-BREAK SPACE}1 = €1.10, was CHF\N{NO-BREAK SPACE}1 = $1.10",
            "commitment: Sales: amount is now €100, was $100",
            "commitment: Win rate: the target is now €5, was $5 (cannot be compared)",
            "meaning: Win rate: now €4, was $4 (cannot be compared)",
        ],
    ),
    "targets by day in another unit": (
        {
            "metrics": metric(
                unit="days", direction="down", targets=[figure(4, "2026-06-30"), figure(3, "2026-12-31")]
            )
        },
        {
            "metrics": metric(
                unit="weeks", direction="down", targets=[figure(4, "2026-06-30"), figure(3, "2026-12-31")]
            )
        },
        [
            "commitment: Win rate: unit is now weeks, was days",
            "commitment: Win rate: the target is now 3 weeks by 31 December 2026, was 3 days by 31 December 2026 (easier)",
            "commitment: Win rate: targets: now 4 weeks by 30 June 2026, was 4 days by 30 June 2026 (easier)",
        ],
    ),
    "the working days of a calendar": (
        {},
        {"calendar": {"days": WEEK[:2]}},
        ["commitment: New section: Working calendar (working days: Monday, Tuesday) (weaker)"],
    ),
    "working days that are written out": (
        {"calendar": {"hours": ["09:00-17:00"]}},
        {"calendar": {"hours": ["09:00-17:00"], "days": WEEK}},
        [
            "wording: Working calendar: working days: still Monday, Tuesday, Wednesday, Thursday, Friday, now written out"
        ],
    ),
    "fewer working days than by default": (
        {"calendar": {"hours": ["09:00-17:00"]}},
        {"calendar": {"hours": ["10:00-12:00", "13:00-17:00"], "days": WEEK[:2]}},
        [
            "commitment: Working calendar: working days: now Monday, Tuesday, was Monday, Tuesday, Wednesday, Thursday, Friday (weaker)",
            "commitment: Working calendar: working hours: added 10:00-12:00, 13:00-17:00; removed 09:00-17:00 (weaker)",
        ],
    ),
    "a group that sees more": (
        {"groups": [{"id": "p", "name": "Partners"}, {"id": "h"}]},
        {"groups": [{"id": "p", "name": "Partners", "sees": ["h"]}, {"id": "h"}]},
        ["meaning: Group of readers “Partners”: also sees: added h"],
    ),
    "a sign-off that others see": (
        {"review": {"sign_offs": [{"role": "CRO", "decision": "approved"}]}},
        {"review": {"sign_offs": [{"role": "CRO", "decision": "approved", "visible_to": ["board"]}]}},
        ["meaning: Review and sign-off: CRO: now visible only to board; was to all readers"],
    ),
    "a section with promises": (
        {
            "intake": {
                "routes": [{"id": "form", "name": "Form", "how": "Fill it in."}],
                "priorities": [URGENT],
            }
        },
        {},
        ["commitment: Section removed: How to ask (Form, Urgent) (weaker)"],
    ),
    "what the team has, in a removed section": (
        {"capacity": {"posts": 3, "hours_per_quarter": 900, "note": "Two of them part-time."}},
        {},
        [
            "commitment: Section removed: Capacity (number of posts: 3; team's hours a quarter: 900 hours)",
        ],
    ),
    "a target stage in a removed section": (
        {"maturity": {"today": "emerging", "aim": "formal", "by": "2026-Q4"}},
        {},
        [
            "commitment: Section removed: Maturity (target stage: formal; target date: 2026-Q4) (weaker)",
        ],
    ),
    "how often a review is held, in a removed section": (
        {"review": {"cadence": "month", "actions": [{"id": "a", "what": "Write it"}]}},
        {},
        ["commitment: Section removed: Review and sign-off (cadence: every month; Write it) (weaker)"],
    ),
    "working days in the order of a week": (
        {},
        {"calendar": {"days": ["saturday", "friday", "monday"], "hours": ["09:00-12:00"]}},
        [
            "commitment: New section: Working calendar (working days: Monday, Friday, Saturday; working hours: 09:00-12:00) (weaker)",
        ],
    ),
    "a removed promise with a share": (
        offered(service_levels=level(3, target_share=90)),
        offered(),
        ["commitment: A: promise removed: “New card” within 3 working days, for 90% of requests (weaker)"],
    ),
    "another order of sign-offs": (
        signed("cro", "cfo"),
        signed("cfo", "cro"),
        ["order: Sign-offs: reordered (moved: Chief of money)"],
    ),
    "another order of promises": (
        offered(service_levels=[*level(), {"request": "New deck", "within": 5}]),
        offered(service_levels=[{"request": "New deck", "within": 5}, *level()]),
        ["order: A: promises: reordered (moved: “New deck”)"],
    ),
    "a role that is vacant since another day": (
        {"roles": [{"id": "a", "name": "Curator", "vacant_since": datetime.date(2026, 7, 1)}]},
        {"roles": [{"id": "a", "name": "Curator", "vacant_since": datetime.date(2026, 7, 2)}]},
        ["meaning: Curator: vacant since 2 July 2026, was 1 July 2026"],
    ),
    "another note on an equal target": (
        {"metrics": metric(target=figure(30) | {"note": "Agreed"})},
        {"metrics": metric(target=figure(30) | {"note": "Proposed"})},
        ["commitment: Win rate: note on target is now “Proposed”, was “Agreed”"],
    ),
    "a postponed charter": (
        {"effective": datetime.date(2026, 7, 1)},
        {"effective": datetime.date(2026, 10, 1)},
        ["meaning: In force from 1 October 2026, was 1 July 2026"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_terms(old: dict[str, Any], new: dict[str, Any], expected: list[str]) -> None:
    """With the severity of each statement."""
    assert [f"{each.severity}: {each.sentence}" for each in compared(old, new).statements] == expected


RUSSIAN: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"title": "Старый"}, {"title": "Новый"}, "Устав теперь называется «Новый», раньше — «Старый»"),
    (
        {"metrics": metric(unit="percent")},
        {"metrics": metric(unit="клиенты")},
        "Win rate: единица — теперь клиенты, было проценты",
    ),
    (
        {"metrics": metric(target=figure(30)) + kept_metric()},
        {"metrics": kept_metric()},
        "Удалён показатель: «Win rate», цель 30\xa0% (обязательство ослаблено)",
    ),
    (
        offered(asks="Время."),
        offered(),
        "A: удалено — что требуется от пользователей",
    ),
]


@pytest.mark.parametrize(("old", "new", "sentence"), RUSSIAN)
def test_russian_sentences(old: dict[str, Any], new: dict[str, Any], sentence: str) -> None:
    """Quotation marks, units and clauses."""
    assert [each.sentence for each in compared(old, new, "ru").statements] == [sentence]


def test_lost_and_gained_audiences_are_told_apart() -> None:
    """Each audience is affected by its own statement."""
    lost, gained = compared(
        offered(audiences=["x", "y"]) | PEOPLE, offered(audiences=["y", "z"]) | PEOPLE
    ).statements
    assert (lost.audiences, gained.audiences) == (("x",), ("z",))


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ([], ["p"], ("now visible only to Partners; was to all readers", "все читатели", "Partners")),
        (["p"], [], ("now visible to all readers; was only to Partners", "Partners", "все читатели")),
        (["p"], ["h"], ("now visible only to h; was only to Partners", "Partners", "h")),
    ],
)
def test_who_sees_a_part(old: list[str], new: list[str], said: tuple[str, ...], language: str) -> None:
    """Without a mark, all readers see it: to lose the last mark is not to be seen by nobody."""

    def marked(mark: list[str]) -> dict[str, Any]:
        sign_off = {"role": "CFO", "decision": "approved", "visible_to": mark}
        return {
            "groups": [{"id": "p", "name": "Partners"}, {"id": "h"}],
            "services": [service("a", visible_to=mark, service_levels=level(3, visible_to=mark))],
            "calendar": {"visible_to": mark},
            "review": {"sign_offs": [sign_off]},
        }

    found = compared(marked(old), marked(new), language).statements
    named = {one.sentence.partition(": now ")[0] for one in found} if language == "en" else set()
    assert named <= {"A", "A: “New card”", "Working calendar", "Review and sign-off: CFO"}
    if language == "en":
        assert len(named) == len(found) == 4
        assert all(one.sentence.endswith(said[0]) for one in found)
    else:
        assert {(one.before, one.after) for one in found} == {said[1:]}
