"""Brute force: what each audience was promised and is not any more is in a weakened statement that affects this audience.

The reckoning here knows audiences, requests and lengths of time alone: which service promises something does not matter.
"""

from __future__ import annotations

import copy
import datetime
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given, settings

from charterbook.compare import Statement, compare
from charterbook.diff import plain
from tests import edits
from tests.edits import Compound, Data
from tests.generated import CHANCE, examples

_MINUTES = {"minutes": 1, "hours": 60, "days": 1440, "weeks": 10080}

#: Whom something is promised, and what; with the shortest of its lengths of time for each kind of unit.
Promises = dict[tuple[str, str], dict[str, Fraction]]


def _promises(data: Data) -> Promises:
    found: Promises = defaultdict(dict)
    for service in data["services"]:
        for level in service["service_levels"] if service["status"] != "retired" else ():
            unit = "minutes" if level["unit"] in _MINUTES else level["unit"]
            length = Fraction(level["within"]) * _MINUTES.get(level["unit"], 1)
            for audience in service["audiences"]:
                lengths = found[audience, level["request"].casefold()]
                lengths[unit] = min(lengths.get(unit, length), length)
    return found


def _weaker(old: Data, new: Data, done: Compound) -> Iterator[tuple[str, str]]:
    """The audiences, by each of their present ids, that lost a promise or have a longer one in the same kind of unit."""
    before, after = _promises(old), _promises(new)
    known = {one["id"] for one in old["audiences"]}
    for audience, request in (key for key in before if key[0] in known):
        lengths = before[audience, request]
        for present in done.ids("audiences", audience):
            now = after.get((present, request), {})
            if not now or any(unit in now and now[unit] > length for unit, length in lengths.items()):
                yield audience, present


@given(CHANCE)
@settings(max_examples=examples(60), deadline=None)
def test_each_audience(chance: Random) -> None:
    """After splits, merges and renames of services and audiences, moved promises, and other edits."""
    old = edits.made(chance)
    new = copy.deepcopy(old)
    done = edits.compound(chance, new, "split", "merge", "rename")
    _move_promises(chance, new)
    for _ in range(chance.choice([0, 0, 20])):
        edits.change_value(chance, new)
    _check(old, new, done)


@given(CHANCE)
@settings(max_examples=examples(40), deadline=None)
def test_a_split_service(chance: Random) -> None:
    """Each half has some of its promises, for some of its audiences."""
    old = edits.made(chance)
    ids = list(dict.fromkeys(one["id"] for one in old["audiences"]))
    levels = [{"request": request, "within": 3, "unit": "days"} for request in ("One", "Two")]
    common = {"status": "live", "audiences": ids, "service_levels": levels}
    old["services"] = [one | common for one in old["services"][:1]]
    new = copy.deepcopy(old)
    new["services"] = [
        copy.deepcopy(one)
        | {"id": id_, "was": [one["id"]]}
        | {
            key: [each for each in one[key] if chance.random() < 0.6]
            for key in ("audiences", "service_levels")
        }
        for one in old["services"]
        for id_ in ("half", "other-half")
    ]
    _check(old, new, Compound("split", {}))


#: What limits a service, or asks something of its users.
_LIMITS: dict[str, Any] = {
    "since": datetime.date(2027, 3, 1),
    "until": datetime.date(2028, 3, 1),
    "asks": "Attend the first session.",
    "hours_per_quarter": 4,
    "hours_once": 16,
}


def _services(chance: Random, old: Data, count: int) -> Data:
    """The charter with some copies of its first service, each with other limits, audiences and promises."""
    levels = [{"request": request, "within": 3, "unit": "days"} for request in ("One", "Two")]
    ids = list(dict.fromkeys(one["id"] for one in old["audiences"]))
    first = {key: value for key, value in old["services"][0].items() if key not in _LIMITS}
    services = [
        copy.deepcopy(first)
        | {"id": f"s{number}", "status": "live", "contributors": []}
        | {key: value for key, value in _LIMITS.items() if chance.random() < 0.5}
        | {"audiences": [id_ for id_ in ids if chance.random() < 0.6]}
        | {"service_levels": copy.deepcopy([one for one in levels if chance.random() < 0.7])}
        for number in range(count)
    ]
    return old | {"services": services, "effective": datetime.date(2026, 1, 1)}


@given(CHANCE)
@settings(max_examples=examples(40), deadline=None)
def test_limits_of_a_merged_service(chance: Random) -> None:
    """Whoever used a service without a limit that the merged one has is affected by a commitment about it."""
    old = _services(chance, edits.made(chance), 2)
    new = copy.deepcopy(old)
    successor, gone = new["services"]
    successor["was"] = [gone["id"]]
    if chance.random() < 0.5:
        successor["was"].append(successor["id"])
        successor["id"] = "all"
    successor["audiences"] = list(dict.fromkeys(successor["audiences"] + gone["audiences"]))
    successor |= {key: value for key, value in _LIMITS.items() if chance.random() < 0.3}
    new["services"] = [successor]
    found = [one for one in _compared(old, new) if one.severity == "commitment"]
    for service in old["services"]:
        for key in (key for key in _LIMITS if key in successor and key not in service):
            affected = {audience for one in found if one.path[-1] == key for audience in one.audiences}
            assert {*service["audiences"]} <= affected, key


@given(CHANCE)
@settings(max_examples=examples(40), deadline=None)
def test_shares_of_a_split_promise(chance: Random) -> None:
    """A share that no successor promises is lost, even if one of them lacks the promise as a whole."""
    old = _services(chance, edits.made(chance), 1)
    for level in old["services"][0]["service_levels"]:
        level["target_share"] = 90
    new = copy.deepcopy(old)
    new["services"] = [copy.deepcopy(old["services"][0]) | {"id": id_, "was": ["s0"]} for id_ in ("a", "b")]
    for service in new["services"]:
        service["service_levels"] = [one for one in service["service_levels"] if chance.random() < 0.6]
        for level in service["service_levels"]:
            if chance.random() < 0.6:
                del level["target_share"]
    left = {
        level["request"]
        for service in new["services"]
        for level in service["service_levels"]
        if "target_share" in level
    }
    for level in old["services"][0]["service_levels"]:
        named = [one for one in _compared(old, new) if one.is_weakened and level["request"] in one.path]
        assert bool(named) is (level["request"] not in left)


@given(CHANCE)
@settings(max_examples=examples(40), deadline=None)
def test_values_of_a_promise_after_a_split(chance: Random) -> None:
    """Who is served only by a successor whose promise lacks them has lost them."""
    old = _services(chance, edits.made(chance), 1)
    old["services"][0]["service_levels"] = [{"request": "One", "within": 3, "escalation": "CRO"}]
    new = copy.deepcopy(old)
    new["services"] = [copy.deepcopy(old["services"][0]) | {"id": id_, "was": ["s0"]} for id_ in ("a", "b")]
    for service in new["services"]:
        service["audiences"] = [id_ for id_ in service["audiences"] if chance.random() < 0.6]
        if chance.random() < 0.5:
            del service["service_levels"][0]["escalation"]
    found = [one for one in _compared(old, new) if one.is_weakened and one.path[-1] == "escalation"]
    affected = {audience for one in found for audience in one.audiences}
    for audience in old["services"][0]["audiences"]:
        levels = [one["service_levels"][0] for one in new["services"] if audience in one["audiences"]]
        if levels and not any("escalation" in level for level in levels):
            assert audience in affected
    assert len({one.path for one in found}) == len(found)


@given(CHANCE)
@settings(max_examples=examples(40), deadline=None)
def test_new_users_lose_nothing(chance: Random) -> None:
    """What became weaker in a service affects only those whom it served before."""
    old = _services(chance, edits.made(chance), 2)
    new = copy.deepcopy(old)
    if chance.random() < 0.5:
        new["services"][0] |= {"id": "all", "was": ["s0", "s1"]}
        del new["services"][1]
    for service in new["services"]:
        service["audiences"] = [one["id"] for one in new["audiences"] if chance.random() < 0.7]
        for level in service["service_levels"]:
            level["within"] = chance.choice([2, 3, 5])
    served = {one["id"]: {*one["audiences"]} for one in old["services"]}
    for one in _compared(old, new):
        if one.is_weakened and one.path[0] == "services" and one.path[2:3] != ("audiences",):
            assert {*one.audiences} <= served[(one.source or one.path)[1]], one.sentence


@given(CHANCE)
@settings(max_examples=examples(40), deadline=None)
def test_former_users_read_that_they_left(chance: Random) -> None:
    """No other weaker or stronger promise of a service affects those whom it does not serve any more."""
    old = _services(chance, edits.made(chance), 2)
    new = copy.deepcopy(old)
    if chance.random() < 0.5:
        new["services"][0] |= {"id": "renamed", "was": ["s0"]}
    levels = [{"request": request, "within": 2, "unit": "days"} for request in ("Two", "Three")]
    for service in new["services"]:
        service["audiences"] = [one["id"] for one in new["audiences"] if chance.random() < 0.5]
        service["service_levels"] = [one for one in levels if chance.random() < 0.6]
        service["status"] = chance.choice(["live", "sunset", "retired"])
    served = {one["id"]: {*one["audiences"]} for one in new["services"]}
    retired = {one["id"] for one in new["services"] if one["status"] == "retired"}
    for one in _compared(old, new):
        if not one.direction or one.path[0] != "services" or one.path[2:3] == ("audiences",):
            continue
        if one.path[1] in retired:
            assert one.path[2] == "status"
            assert {*old["services"][[*served].index(one.path[1])]["audiences"]} <= {*one.audiences}
        else:
            assert {*one.audiences} <= served[one.path[1]], one.sentence


@given(CHANCE)
@settings(max_examples=examples(20), deadline=None)
def test_expectations_of_a_merged_audience(chance: Random) -> None:
    """Its readers are those of the audience that remains."""
    old = edits.made(chance)
    first = old["audiences"][0] | {"id": "first", "was": []}
    old["audiences"] = [first, first | {"id": "second", "expects": "An answer every day."}]
    first.pop("expects", None)
    new = copy.deepcopy(old)
    new["audiences"] = [new["audiences"][0] | {"was": ["second"]}]
    (lost,) = (one for one in _compared(old, new) if one.path[-1] == "expects")
    assert lost.is_weakened
    assert {*lost.audiences} == {"first", "second"}


@given(CHANCE)
@settings(max_examples=examples(40), deadline=None)
def test_a_reverted_version_changes_nothing(chance: Random) -> None:
    """Whatever was renamed, split or merged in it; a later edit is reported as without it."""
    data = edits.made(chance)
    reverted = copy.deepcopy(data)
    edits.compound(chance, reverted, "split", "merge", "rename")
    last = copy.deepcopy(data)
    for _ in range(chance.choice([0, 3])):
        edits.change_value(chance, last)
    sides = edits.charter(data), edits.charter(last)
    found = compare(*sides, language="en", between=[edits.charter(reverted)])
    assert found.statements == compare(*sides, language="en").statements


def _compared(old: Data, new: Data) -> tuple[Statement, ...]:
    return compare(edits.charter(old), edits.charter(new), language="en").statements


def _check(old: Data, new: Data, done: Compound) -> None:
    sides = edits.charter(old), edits.charter(new)
    affected = {
        audience
        for one in compare(*sides, language="en").statements
        if one.is_weakened
        for audience in one.audiences
    }
    for ids in _weaker(plain(sides[0]), plain(sides[1]), done):
        assert affected & {*ids}, ids


def _move_promises(chance: Random, data: Data) -> None:
    """Move promises and audiences between services at random, also those of a split service."""
    for service in data["services"]:
        for key in ("service_levels", "audiences"):
            if service[key] and chance.random() < 0.4:
                there = chance.choice(data["services"])
                value = service[key].pop()
                if value not in there[key]:
                    there[key].append(value)
