"""Brute force: what a charter promises less than another one, read from its data, is what statements call weaker or easier.

The reckoning here knows neither severities nor the way in which changes are found. Whatever it cannot decide, such as
lengths of time in different kinds of units, can have any direction.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from charterbook.compare import compare
from charterbook.diff import plain
from tests import edits
from tests.compare.small_charters import compared, only
from tests.edits import Data
from tests.generated import CHANCE, examples
from tests.test_diff import service

_MINUTES = {"minutes": 1, "hours": 60, "days": 1440, "weeks": 10080}
_STATUS = ["retired", "sunset", "pilot", "live"]
_STAGES = ["absent", "ad_hoc", "emerging", "formal", "optimised", "transformational"]
_CADENCE = ["year", "half_year", "quarter", "month"]
_WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday"]
_NEVER = datetime.date(9999, 12, 31)

Where = tuple[str, ...]

#: The path of a commitment, and whether it is weaker; None if that cannot be told.
Finding = tuple[Where, bool | None]


def reckoned(old: Data, new: Data) -> Iterator[Finding]:
    """All commitments that both charters have, or only the older one."""
    for name, read in _SECTIONS.items():
        before, after = old.get(name) or {}, new.get(name) or {}
        if before and after:
            yield from read(before, after, old, new)
        elif name == "calendar" and after:
            yield from read({}, after, old, new)
        elif before:
            yield (name,), any(weak for _, weak in read(before, type(before)(), old, new))


def _services(old: list[Data], new: list[Data], _: Data, charter: Data) -> Iterator[Finding]:
    for id_, before, after in _pairs(old, new):
        path = ("services", id_)
        if after is None:
            yield path, before["status"] != "retired"
            continue
        yield (*path, "status"), _STATUS.index(after["status"]) < _STATUS.index(before["status"])
        if "retired" in (before["status"], after["status"]):
            continue
        yield (*path, "audiences"), not {*before["audiences"]} <= {*after["audiences"]}
        yield (*path, "until"), after.get("until", _NEVER) < before.get("until", _NEVER)
        yield (*path, "since"), _starts_later(before.get("since"), after.get("since"), charter)
        yield from _levels((*path, "service_levels"), before["service_levels"], after["service_levels"])


def _starts_later(old: datetime.date | None, new: datetime.date | None, charter: Data) -> bool:
    """Whether a service begins later, on a day after the first day of the newer charter if that is known."""
    first = charter.get("effective")
    if new is None or (first and new <= first):
        return False
    return bool(new > old if old else first)


def _levels(path: Where, old: list[Data], new: list[Data]) -> Iterator[Finding]:
    sides = [{one["request"].casefold(): one for one in side} for side in (old, new)]
    if len(sides[0]) < len(old) or len(sides[1]) < len(new):
        yield path, None
        return
    for request, before in sides[0].items():
        after = sides[1].get(request)
        if after is None:
            yield (*path, before["request"]), True
            continue
        inside = (*path, after["request"])
        yield (*inside, "within"), _longer(before, after)
        yield (*inside, "target_share"), after.get("target_share", -1) < before.get("target_share", -1)
        for key in ("escalation", "if_broken"):
            yield (*inside, key), key in before and key not in after


def _longer(old: Data, new: Data) -> bool | None:
    """Whether a length of time is longer; None for units that have no common smaller one."""
    sizes = [_MINUTES.get(one["unit"]) for one in (old, new)]
    if old["unit"] == new["unit"]:
        return bool(new["within"] > old["within"])
    if None in sizes:
        return None
    return Fraction(new["within"]) * (sizes[1] or 0) > Fraction(old["within"]) * (sizes[0] or 0)


def _audiences(old: list[Data], new: list[Data], *_: Data) -> Iterator[Finding]:
    for id_, before, after in _pairs(old, new):
        path, used = ("audiences", id_), before["part"] != "contributes"
        if after is None:
            yield path, used
        else:
            yield (*path, "part"), used and after["part"] == "contributes"
            yield (*path, "expects"), "expects" in before and "expects" not in after


def _partners(old: list[Data], new: list[Data], *_: Data) -> Iterator[Finding]:
    for id_, before, after in _pairs(old, new):
        yield ("partners", id_, "gets"), after is not None and "gets" in before and "gets" not in after


def _metrics(old: list[Data], new: list[Data], before: Data, after: Data) -> Iterator[Finding]:
    for id_, one, other in _pairs(old, new):
        path = ("metrics", id_)
        if other is None:
            yield path, "target" in one
            continue
        if "target" not in one:
            continue
        if "target" not in other:
            yield (*path, "target"), True
        elif _counted(one, before) == _counted(other, after):
            sign = 1 if one["direction"] == "up" else -1
            sides = _in_base_units(one), _in_base_units(other)
            yield (*path, "target"), _easier(sides[0]["target"], sides[1]["target"], sign)
            yield from _targets(path, *sides, sign)


def _counted(metric: Data, charter: Data) -> tuple[Any, ...]:
    """How a metric is counted. Minutes, hours, days and weeks are counted alike, and so are months and years."""
    currency = (
        metric.get("currency", charter["funding"].get("currency")) if metric["unit"] == "currency" else ""
    )
    return metric["definition_version"], metric["direction"], _base(metric["unit"])[0], currency


def _base(unit: str) -> tuple[str, int]:
    """The smallest unit of the same kind of time, and how many of it a unit has."""
    if unit in _MINUTES:
        return "minutes", _MINUTES[unit]
    return {"months": ("months", 1), "years": ("months", 12)}.get(unit, (unit, 1))


def _in_base_units(metric: Data) -> Data:
    """The targets of a metric in the smallest unit of their kind."""
    factor = _base(metric["unit"])[1]

    def converted(figure: Data) -> Data:
        return figure | {"value": Fraction(figure["value"]) * factor}

    return {"target": converted(metric["target"]), "targets": [converted(one) for one in metric["targets"]]}


def _easier(old: Data, new: Data, sign: int) -> bool:
    if old["value"] != new["value"]:
        return bool((new["value"] - old["value"]) * sign < 0)
    return bool(new.get("date", _NEVER) > old.get("date", _NEVER))


def _targets(path: Where, old: Data, new: Data, sign: int) -> Iterator[Finding]:
    """Targets of a day that both have, unless they are the target itself."""
    sides = [{one["date"]: one for one in side["targets"]} for side in (old, new)]
    if len(sides[0]) < len(old["targets"]) or len(sides[1]) < len(new["targets"]):
        yield (*path, "targets"), None
        return
    for day, before in sides[0].items():
        after = sides[1].get(day)
        if after and (before, after) != (old["target"], new["target"]):
            yield (*path, "targets", str(day)), _easier(before, after, sign)


def _intake(old: Data, new: Data, *_: Data) -> Iterator[Finding]:
    for id_, _before, after in _pairs(old.get("routes", []), new.get("routes", [])):
        yield ("intake", "routes", id_), after is None
    for id_, before, after in _pairs(old.get("priorities", []), new.get("priorities", [])):
        path = ("intake", "priorities", id_)
        if "within" not in before:
            continue
        if after is None:
            yield path, True
        else:
            yield (*path, "within"), _longer(before, after) if "within" in after else True


def _maturity(old: Data, new: Data, *_: Data) -> Iterator[Finding]:
    if "aim" in old:
        lower = "aim" not in new or _STAGES.index(new["aim"]) < _STAGES.index(old["aim"])
        yield ("maturity", "aim"), lower
    yield (
        ("maturity", "by"),
        "aim" in old and "aim" in new and old["aim"] == new["aim"] and "by" in old and "by" not in new,
    )


def _calendar(old: Data, new: Data, *_: Data) -> Iterator[Finding]:
    days = [{*(side.get("days") or _WEEK)} for side in (old, new)]
    minutes = [sum(map(_length, {*(side.get("hours") or ["00:00-24:00"])})) for side in (old, new)]
    if not (old and new):
        yield ("calendar",), len(days[1]) < len(days[0])
        return
    yield ("calendar", "days"), len(days[1]) < len(days[0])
    yield ("calendar", "hours"), minutes[1] < minutes[0]
    holidays = [{one["date"] for one in side["holidays"]} for side in (old, new)]
    if any(len(found) < len(side["holidays"]) for found, side in zip(holidays, (old, new), strict=True)):
        yield ("calendar", "holidays"), None
        return
    for year in {day.year for day in holidays[1]}:
        if all(not side or year in {day.year for day in side} for side in holidays):
            taken = [
                {day for day in side if day.year == year and f"{day:%A}".lower() in week}
                for side, week in zip(holidays, days, strict=True)
            ]
            more = len(taken[1]) > len(taken[0])
            yield from ((("calendar", "holidays", str(day)), more) for day in taken[1] - holidays[0])


def _length(hours: str) -> int:
    """The minutes of hours of work. Those of random charters do not overlap."""
    begin, end = (60 * int(time[:2]) + int(time[3:]) for time in hours.split("-"))
    return end - begin


def _scope(old: Data, new: Data, *_: Data) -> Iterator[Finding]:
    if new:
        later, out, others = (
            {one["id"] for one in old["later"]},
            *({o["id"] for o in new[k]} for k in ("out", "later")),
        )
        known = {one["id"] for one in old["out"]}
        for id_ in (later & out) - others - known:
            yield ("scope", "out", id_), True


def _review(old: Data, new: Data, *_: Data) -> Iterator[Finding]:
    yield (
        ("review", "cadence"),
        not new or _CADENCE.index(new["cadence"]) < _CADENCE.index(old["cadence"]),
    )
    for id_, before, after in _pairs(old["actions"], new.get("actions", [])):
        if after and before["state"] == after["state"] == "open":
            yield ("review", "actions", id_, "due"), after.get("due", _NEVER) > before.get("due", _NEVER)


_SECTIONS: dict[str, Callable[..., Iterator[Finding]]] = {
    "services": _services,
    "audiences": _audiences,
    "partners": _partners,
    "metrics": _metrics,
    "intake": _intake,
    "maturity": _maturity,
    "calendar": _calendar,
    "scope": _scope,
    "review": _review,
}


def _pairs(old: Sequence[Data], new: Sequence[Data]) -> Iterator[tuple[str, Data, Data | None]]:
    """Items of the older list by id, with those of the newer one."""
    known = {one["id"]: one for one in new}
    yield from ((one["id"], one, known.get(one["id"])) for one in old)


def _check(data: Data, other: Data) -> None:
    """Each weakened commitment has one statement, and no other statement says that something is weaker."""
    sides = edits.charter(data), edits.charter(other)
    findings = list(reckoned(*map(plain, sides)))
    said = [
        one.path
        for one in compare(*sides, language="en").statements
        if one.is_weakened and one.path[-1] != "today"
    ]
    open_ = [path for path, weak in findings if weak is None]
    certain = [path for path in said if not any(path[: len(one)] == one for one in open_)]
    assert sorted(certain) == sorted(path for path, weak in findings if weak)


@given(CHANCE)
@settings(max_examples=examples(40), deadline=None)
def test_many_edits_at_once(chance: Random) -> None:
    """Of values anywhere."""
    data = edits.made(chance)
    new = copy.deepcopy(data)
    for _ in range(30):
        edits.change_value(chance, new)
    _check(data, new)


#: Keys of ordered values, and of optional ones that promise something.
_ORDERED = (
    "status", "audiences", "until", "within", "unit", "target_share", "escalation", "if_broken", "part", "expects",
    "gets", "target", "direction", "aim", "by", "days", "hours", "holidays", "cadence", "due", "value", "date",
)  # fmt: skip


@given(CHANCE)
@settings(max_examples=examples(30), deadline=None)
def test_half_of_all_ordered_values(chance: Random) -> None:
    """Lists can lose their last value, and an entry of the scope moves."""
    data = edits.made(chance)
    new = copy.deepcopy(data)
    for place in edits.places(new):
        if place.key not in _ORDERED or place.shape.part or chance.random() < 0.5:
            continue
        if place.shape.is_list and chance.random() < 0.5:
            del place.holder[place.key][-1:]
        else:
            edits.change_place(chance, place)
    scope = new.get("scope", {})
    if scope.get("later") and chance.random() < 0.5:
        moved = scope["later"].pop()
        if moved["id"] not in [one["id"] for one in (*scope["out"], *data["scope"]["out"])]:
            scope["out"].append(moved)
    _check(data, new)


@given(CHANCE)
@settings(max_examples=examples(20), deadline=None)
def test_other_units_and_currencies(chance: Random) -> None:
    """Of metrics, with the same numbers."""
    data = edits.made(chance)
    for one in data["metrics"]:
        one["unit"] = chance.choice(["hours", "days", "currency"])
    new = copy.deepcopy(data)
    for one in new["metrics"]:
        one["unit"] = chance.choice(["hours", "days", "weeks", "months", "currency"])
    new["funding"]["currency"] = chance.choice(["EUR", "USD"])
    _check(data, new)


@given(CHANCE)
@settings(max_examples=examples(20), deadline=None)
def test_items_and_sections_that_come_and_go(chance: Random) -> None:
    """In two charters with some ids in common."""
    _check(edits.made(chance), edits.made(chance))


@pytest.mark.parametrize(
    ("dated", "old", "new", "severity", "direction"),
    [
        ({}, "2026-10-01", "2027-01-01", "commitment", "weaker"),
        ({}, "2027-01-01", "2026-10-01", "commitment", "stronger"),
        ({}, None, "2026-10-01", "meaning", None),
        ({"version": "2026-Q3"}, "2026-10-01", "2027-01-01", "commitment", "weaker"),
        ({"version": "2026-Q3"}, "2021-01-01", "2021-03-01", "meaning", None),
        ({"version": "2026-Q3"}, None, "2021-03-01", "meaning", None),
        ({"version": "2026-Q3"}, None, "2026-10-01", "commitment", "weaker"),
        ({"version": "Summer"}, None, "2026-10-01", "meaning", None),
        ({"effective": datetime.date(2026, 7, 15)}, "2026-07-15", "2026-08-01", "commitment", "weaker"),
        ({"effective": datetime.date(2026, 7, 15)}, "2026-10-01", None, "commitment", "stronger"),
    ],
)
def test_start_of_a_service(
    dated: Data, old: str | None, new: str | None, severity: str, direction: str | None
) -> None:
    """A later start is weaker if it is still ahead: a day that has passed is a fact."""
    sides = [
        {"services": [service("a", **({"since": datetime.date.fromisoformat(day)} if day else {}))]} | dated
        for day in (old, new)
    ]
    statement = only(compared(sides[0], sides[1]))
    assert (statement.severity, statement.direction) == (severity, direction)
