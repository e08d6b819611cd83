"""Deterministic generator of charters of any size, with a few changes in each quarter.

The texts have the length of a real charter's.
"""

from __future__ import annotations

import copy
import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from benchmarks.inputs import Input, Revision, quarter_of

SEED = 2016
FIRST_YEAR = 2016

_VERBS = (
    "finds",
    "prepares",
    "explains",
    "keeps",
    "checks",
    "shows",
    "shares",
    "plans",
    "answers",
    "repeats",
)
_WHO = ("the team", "a seller", "a manager", "the buyer", "a mentor", "the board", "a starter", "a partner")
_WHAT = (
    "the first call", "a clear proposal", "the renewal date", "one good question", "the price list",
    "a short exercise", "the customer's plan", "the open deals", "a fair comparison", "the weekly digest",
)  # fmt: skip
_WHEN = (
    "before the week ends", "in the first month", "without a slide", "when the deal is open", "twice a quarter",
    "as soon as it is known", "in ten minutes", "once and in one place",
)  # fmt: skip
_ROLES = ("enablement-lead", "enablement-manager", "sales-director", "finance-director")
_UNITS = ("percent", "months", "days", "count")


class _Plain(yaml.CSafeDumper):
    """YAML dumper without anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


@dataclass(frozen=True)
class Size:
    """Size of a generated charter, and its number of quarters."""

    name: str
    quarters: int
    services: int
    audiences: int
    metrics: int


#: Seven pages belong to sections, with the home page: 7 + 12 + 4 + 7 are 30, 7 + 30 + 8 + 15 are 60.
SIZES = {
    size.name: size
    for size in (
        Size("12x30", 12, 12, 4, 7),
        Size("40x60", 40, 30, 8, 15),
        Size("40x200", 40, 200, 8, 20),
    )
}


def generated(size: Size) -> Input:
    """History of a charter of this size; shorter histories are prefixes of longer ones."""
    *past, upcoming = quarters(size, size.quarters + 1)
    return Input(size.name, tuple(past), upcoming)


def quarters(size: Size, count: int) -> Iterator[Revision]:
    """The first `count` quarters, a commit in the middle of each."""
    rng = random.Random(f"{SEED}/{size.services}/{size.audiences}/{size.metrics}")
    charter = _start(size, rng)
    for number in range(count):
        date = _day(number)
        if number:
            charter = _changed(charter, date, rng)
        yield Revision(quarter_of(date), date, f"Plan {quarter_of(date)}", as_yaml(charter))


def commits(size: Size, count: int) -> Iterator[Revision]:
    """A long history: `count` commits within ten years, each of which changes one figure."""
    rng = random.Random(f"{SEED}/{count}")
    text = as_yaml(_start(size, rng)).replace("value: 40\n", "value: {value}\n", 1)
    first = _day(0)
    for number in range(count):
        date = first + datetime.timedelta(days=number * 3650 // count)
        yield Revision(quarter_of(date), date, f"Enter figure {number}", text.replace("{value}", str(number)))


def as_yaml(charter: dict[str, Any]) -> str:
    """The text of charter.yml."""
    return yaml.dump(charter, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)


def _day(number: int) -> datetime.date:
    year, quarter = divmod(number, 4)
    return datetime.date(FIRST_YEAR + year, 3 * quarter + 2, 15)


def _start(size: Size, rng: random.Random) -> dict[str, Any]:
    audiences = [f"audience-{n}" for n in range(1, size.audiences + 1)]
    metrics = [f"metric-{n}" for n in range(1, size.metrics + 1)]
    services = [_service(n, audiences, metrics, rng) for n in range(1, size.services + 1)]
    return {
        "schema": 1,
        "title": "Enablement Charter",
        "organisation": "Example Works",
        "language": "en",
        "mission": _mission(rng),
        "services": services,
        "audiences": [_audience(n, rng) for n in range(1, size.audiences + 1)],
        "funding": _funding([service["id"] for service in services], rng),
        "metrics": [_metric(n, size.metrics, rng) for n in range(1, size.metrics + 1)],
        "review": _review(_day(0), audiences),
    }


def _sentence(rng: random.Random) -> str:
    words = (rng.choice(_WHO), rng.choice(_VERBS), rng.choice(_WHAT), rng.choice(_WHEN))
    return f"{' '.join(words).capitalize()}, number {rng.randrange(10_000)}."


def _text(rng: random.Random, sentences: int = 2) -> str:
    return " ".join(_sentence(rng) for _ in range(sentences))


def _mission(rng: random.Random) -> dict[str, Any]:
    return {
        "statement": _text(rng),
        "why": _text(rng),
        "vision": _text(rng, 1),
        "principles": [_text(rng, 1) for _ in range(4)],
    }


def _service(number: int, audiences: list[str], metrics: list[str], rng: random.Random) -> dict[str, Any]:
    return {
        "id": f"service-{number}",
        "name": f"Service number {number}",
        "summary": _text(rng),
        "audiences": rng.sample(audiences, 2),
        "metrics": rng.sample(metrics, 2),
        "for_buyer": _text(rng),
        "for_seller": _text(rng),
        "asks": _text(rng, 1),
        "owner": rng.choice(_ROLES),
        "motion": "new business",
        "inspection": _text(rng, 1),
        "since": datetime.date(FIRST_YEAR, 1, 15),
        "service_levels": [
            {
                "request": f"Request {number}-{which}",
                "within": rng.randint(2, 20),
                "unit": "working_days",
                "target_share": 90,
                "escalation": "Enablement lead",
            }
            for which in (1, 2)
        ],
    }


def _audience(number: int, rng: random.Random) -> dict[str, Any]:
    return {
        "id": f"audience-{number}",
        "name": f"Audience number {number}",
        "kind": "sales",
        "part": "both",
        "summary": _text(rng, 1),
        "expects": _text(rng),
        "gives": _text(rng, 1),
        "headcount": rng.randint(5, 80),
        "hours_per_quarter": 8,
    }


def _funding(services: list[str], rng: random.Random) -> dict[str, Any]:
    return {
        "owner": "enablement-lead",
        "currency": "USD",
        "sources": [
            {
                "id": "sales-budget",
                "name": "Sales budget",
                "funder": "Sales",
                "share": 100,
                "amount": 240_000,
                "covers": services,
                "note": _text(rng, 1),
            }
        ],
    }


def _metric(number: int, count: int, rng: random.Random) -> dict[str, Any]:
    leading = number <= count // 2
    kind: dict[str, Any] = (
        {"kind": "leading", "drives": [f"metric-{count}"]} if leading else {"kind": "lagging"}
    )
    return {
        "id": f"metric-{number}",
        "name": f"Metric number {number}",
        **kind,
        "level": 3 if leading else 4,
        "definition": _text(rng),
        "formula": f"count of {number} divided by all",
        "unit": _UNITS[number % len(_UNITS)],
        "baseline": {"value": 20, "date": _day(0)},
        "target": {"value": 60, "date": datetime.date(FIRST_YEAR + 12, 12, 31)},
        "actual": {"value": 40, "date": _day(0)},
        "owner": "enablement-lead",
        "source": "CRM",
    }


def _review(date: datetime.date, audiences: list[str]) -> dict[str, Any]:
    return {
        "cadence": "quarter",
        "last": date - datetime.timedelta(days=30),
        "next": date + datetime.timedelta(days=60),
        "participants": audiences,
        "sign_offs": [{"role": "sales-director", "decision": "approved", "date": date}],
    }


def _changed(charter: dict[str, Any], date: datetime.date, rng: random.Random) -> dict[str, Any]:
    """The next quarter's charter, with new values of two texts, a service level and four figures, and a review."""
    new = copy.deepcopy(charter)
    for service in rng.sample(new["services"], 2):
        service["summary"] = _text(rng)
    rng.choice(new["services"])["service_levels"][0]["within"] = rng.randint(2, 20)
    for metric in rng.sample(new["metrics"], 4):
        metric["actual"] = {"value": rng.randint(20, 60), "date": date}
    new["review"] = _review(date, new["review"]["participants"])
    return new
