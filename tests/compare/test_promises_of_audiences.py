"""Brute force: what each audience was promised and is not any more is in a weakened statement that affects this audience.

The reckoning here knows audiences, requests and lengths of time alone: which service promises something does not matter.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from random import Random

from hypothesis import given, settings

from charterbook.compare import compare
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
