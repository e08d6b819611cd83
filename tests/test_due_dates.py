"""The due dates of a charter, and `charterbook due`."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from charterbook.charter import Charter
from charterbook.charter.base import Date
from charterbook.charter.model_shape import shapes
from charterbook.cli import main
from charterbook.due_dates import days_in, due_dates, has_due_day, while_later
from charterbook.versions import FiscalYear
from tests.charters import minimal_charter
from tests.site.editions import charter

#: Due dates by kind: the item, its day, and the roles and audiences concerned.
FULL: dict[str, Any] = {
    "audiences": [{"id": "sellers", "name": "Sellers"}, {"id": "partners", "name": "Partners"}],
    "roles": [{"id": "lead", "name": "Enablement lead"}, {"id": "cfo", "name": "Finance"}],
    "services": [
        {
            "id": "onboarding",
            "name": "Onboarding",
            "summary": "Four weeks.",
            "audiences": ["sellers"],
            "owner": "lead",
            "until": datetime.date(2026, 12, 31),
            "platforms": ["wiki"],
            "metrics": ["win-rate"],
            "reviewed": datetime.date(2026, 8, 31),
            "review_in": "quarter",
        }
    ],
    "metrics": [
        {"id": "win-rate", "name": "Win rate", "kind": "lagging", "owner": "lead", "review_in": "year"}
    ],
    "funding": {"owner": "cfo", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales"}]},
    "platforms": [
        {"id": "wiki", "name": "Wiki", "admin": "lead", "contract_end": datetime.date(2027, 3, 31)}
    ],
    "roadmap": [
        {"id": "coach", "name": "Coach", "due": datetime.date(2026, 11, 15), "services": ["onboarding"]},
        {"id": "old", "name": "Old", "due": datetime.date(2026, 1, 1), "status": "done"},
    ],
    "scope": {
        "out": [{"id": "resellers", "name": "Resellers", "revisit": "FY27-Q3"}],
        "later": [{"id": "users", "name": "Users", "revisit": "when there is time"}],
        "shared": [{"id": "events", "name": "Events", "revisit": "2026-12-01"}],
    },
    "review": {
        "next": datetime.date(2026, 10, 1),
        "participants": ["lead", "sellers"],
        "sign_offs": [
            {
                "role": "cfo",
                "decision": "approved_with_condition",
                "date": datetime.date(2026, 9, 1),
                "condition": "Seen on 2026-08-01. 90 % by\n31 January 2027; else it ends on 1 July 2027.",
            }
        ],
        "actions": [
            {"id": "find", "what": "Find a coach", "owner": "lead", "due": datetime.date(2026, 9, 10)},
            {
                "id": "done",
                "what": "Done",
                "owner": "lead",
                "due": datetime.date(2026, 9, 9),
                "state": "done",
            },
            {"id": "some-day", "what": "Some day", "owner": "cfo"},
        ],
    },
}


def test_everything_that_falls_due() -> None:
    """By day, with the roles and audiences concerned; dates without a readable day come last."""
    found = due_dates(charter(**FULL), FiscalYear(7, "end"))
    assert [
        (str(due.day or ""), due.kind, due.item and due.item[1], due.roles, due.audiences) for due in found
    ] == [
        ("2026-09-10", "action", "find", ("lead",), ()),
        ("2026-10-01", "review", None, ("lead", "cfo"), ("sellers", "partners")),
        ("2026-11-15", "step", "coach", (), ("sellers",)),
        ("2026-11-30", "check", "onboarding", ("lead",), ("sellers",)),
        ("2026-12-01", "revisit", "events", (), ()),
        ("2026-12-31", "end", "onboarding", ("lead",), ("sellers",)),
        ("2027-01-01", "revisit", "resellers", (), ()),
        ("2027-01-31", "condition", "cfo", ("cfo",), ()),
        ("2027-03-31", "contract", "wiki", ("lead",), ("sellers",)),
        ("", "check", "win-rate", ("lead",), ("sellers",)),
        ("", "action", "some-day", ("cfo",), ()),
        ("", "revisit", "users", (), ()),
    ]


#: Days of the model on which nothing is due: past events and measurements.
_PAST = {
    "Charter.effective", "Review.last", "SignOff.date", "Meeting.date", "Decision.date", "Service.since", "Step.start",
    "Role.vacant_since", "Kept.date", "Figure.date", "DatedFigure.date", "Rate.date", "Item.reviewed",
}  # fmt: skip
_DUE = {"Review.next", "Action.due", "Service.until", "Platform.contract_end", "Step.due"}


def test_every_day_of_the_model_is_due_or_past() -> None:
    """A new date field must be one or the other."""
    found, seen, todo = set(), set(), [Charter]
    while todo:
        part = todo.pop()
        if part in seen:
            continue
        seen.add(part)
        for key, shape in shapes(part).items():
            if shape.kind == "date":
                found.add(f"{'Item' if key == 'reviewed' else part.__name__}.{key}")
            if shape.part:
                todo.append(shape.part)  # type: ignore[arg-type]
    unknown = {name for name in found if not name.startswith(("Calendar.", "Holiday"))} - _PAST - _DUE
    assert unknown == set()
    assert found >= _DUE
    assert Date is datetime.date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by 2027-01-31", ["2027-01-31"]),
        ("от 1 июля 2027 г.", ["2027-07-01"]),
        ("July 1, 2027 or 2 Aug 2027", ["2027-07-01", "2027-08-02"]),
        ("31 February 2027, 12027-01-01, 2027-01-011, 2027-13-01", []),
        ("in 2026-Q4 and 2027-Q1", []),
    ],
)
def test_days_in_a_text(text: str, expected: list[str]) -> None:
    """Only those named in full, and only days that exist."""
    assert [str(day) for day in days_in(text)] == expected


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"review": FULL["review"]},
        {"review": {"cadence": "year", "actions": FULL["review"]["actions"][2:]}},
        {key: FULL[key] for key in ("roadmap", "services", "audiences", "platforms")},
        {"scope": FULL["scope"]},
    ],
)
def test_whether_there_is_a_day(changes: dict[str, Any]) -> None:
    """The fast check agrees with the list."""
    found = charter(**changes)
    assert has_due_day(found) == any(due.day for due in due_dates(found))


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, on 20 September 2026."""
    monkeypatch.chdir(tmp_path)
    moment = datetime.datetime(2026, 9, 20, 12, tzinfo=datetime.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
    (tmp_path / "charter.yml").write_text(minimal_charter(**FULL), encoding="utf-8")
    return tmp_path


def said(*arguments: str) -> str:
    """The output of `charterbook due` if something is due."""
    result = CliRunner().invoke(main, ["due", *arguments])
    assert result.exit_code == 1, result.output
    return result.stdout


def test_text(book: Path) -> None:
    """The review first, then the rest by day."""
    lines = said("--within", "60").splitlines()
    assert lines[0] == "The review of the charter is due in 11 days, on 1 October 2026."
    assert lines[-7:] == [
        "Also due:",
        "- 10 September 2026, 10 days overdue: Action: Find a coach (Roles: Enablement lead)",
        "- 15 November 2026, in 56 days: Step of the roadmap: Coach",
        "Without a date:",
        "- Check whether this still holds: Win rate (Roles: Enablement lead)",
        "- Action: Some day (Roles: Finance)",
        "- Question of scope to revisit: Users – when there is time",
    ]


def test_json(book: Path) -> None:
    """Every date, with whether it is near."""
    found = json.loads(said("--format", "json", "--days", "5"))
    assert (found["due"], found["day"], found["title"]) == (
        True,
        "2026-10-01",
        "Due under the charter by 10 September 2026",
    )
    first = found["dates"][0]
    assert first == {
        "kind": "action",
        "item": {"kind": "actions", "id": "find"},
        "title": "Action: Find a coach",
        "words": None,
        "day": "2026-09-10",
        "days_left": -10,
        "due": True,
        "roles": [{"id": "lead", "label": "Enablement lead"}],
        "audiences": [],
    }
    assert [one["due"] for one in found["dates"]] == [True] + [False] * 11


def test_a_title_is_new_when_something_else_falls_due(book: Path) -> None:
    """And an earlier one once that is done: each reminder is opened once."""
    titles = [json.loads(said("--format", "json", "--days", days))["title"] for days in ("5", "14", "60")]
    assert titles == [
        "Due under the charter by 10 September 2026",
        "Review of the charter: 1 October 2026",
        "Due under the charter by 15 November 2026",
    ]


def test_hostile_names_are_inert(book: Path) -> None:
    """In Markdown and in the outputs of a step."""
    actions = [
        {"id": "x", "what": "@all <b>[a](b)\0 ::error::", "due": datetime.date(2026, 9, 1)},
        {"id": "y", "what": "Y", "owner": "@team"},
    ]
    text = minimal_charter(review={"next": datetime.date(2026, 12, 1), "actions": actions})
    (book / "charter.yml").write_text(text.replace("\\0", ""), encoding="utf-8")
    for style in ("markdown", "github"):
        found = said("--format", style)
        assert "@all" not in found
        assert "@team" not in found
        assert "<b>" not in found
        assert "\n- 1 September 2026" in found


def test_while_a_later_charter_is_agreed() -> None:
    """Its actions count at once; everything else is of the charter in force until its first day."""
    action = FULL["review"]["actions"][0]
    now = due_dates(charter(**FULL))
    done = {
        "next": datetime.date(2027, 1, 1),
        "actions": [{**action, "state": "done"}, {"id": "x", "what": "X"}],
    }
    later = due_dates(charter(review=done))
    found = while_later(now, later, datetime.date(2026, 10, 1))
    assert [due.item and due.item[1] for due in found if due.kind in ("action", "review")] == [None, "x"]
    assert [due for due in found if due.kind not in ("action", "review")] == [
        due for due in now if due.kind not in ("action", "review")
    ]


@pytest.mark.parametrize("text", ["9999-Q4", "9999", "FY99-Q4", "0001-Q1", "9999-12-31", "0000-01-01"])
def test_extreme_periods(text: str) -> None:
    """Each is a day or none."""
    scope = {"out": [{"id": "x", "name": "X", "revisit": text}]}
    for fiscal_year in (FiscalYear(), FiscalYear(2, "start"), FiscalYear(12, "end")):
        assert len(due_dates(charter(scope=scope), fiscal_year)) == 1
