"""Stress charter: sixty audiences, forty services, thirty metrics, and names wider than any screen."""

from __future__ import annotations

from itertools import cycle, islice
from typing import Any

#: Sixty letters without a place to break, and phrases that are longer than a line; in two languages.
NAMES = (
    "Customer",
    "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunter",
    "Regional account executives for regulated industries in the northern and eastern territories",
    "Обеспечениепродажспециалистовпотехническомусопровождениюпарт",
    "Руководители региональных отделов продаж, отвечающие за продление договоров с крупными заказчиками",
    "Partner-managed-service-provider-and-systems-integrator-teams",
)


#: Parts of texts that can be wider than a window.
OF_TEXTS = f"""| Week | {NAMES[0]} | {NAMES[5]} |
|---|--:|---|
| First week of the quarter | 1,234,567 | {NAMES[2]} |
| 2 | 2 | {NAMES[2]} {NAMES[2]} |

```
charterbook report --base 2026-Q3 --for partners --title "{NAMES[2]}"
```

Text below."""


def stress_charter(version: str, language: str) -> dict[str, Any]:
    """The charter for a version in a language; the names are the same in both languages."""
    return {
        "title": f"Charter of {NAMES[1]}",
        "organisation": NAMES[1],
        "language": language,
        "version": version,
        "change_note": f"{NAMES[3]} {NAMES[4]}",
        "mission": {"statement": f"Help {NAMES[1]}, {NAMES[2]} and {NAMES[3]}.", "principles": list(NAMES)},
        "services": _services(version),
        "audiences": _audiences(),
        "funding": _funding(),
        "metrics": _metrics(),
        "review": _review(),
        **_optional_sections(),
    }


def _items(kind: str, count: int) -> list[dict[str, Any]]:
    return [
        {"id": f"{kind}-{n}", "name": f"{name} {n}"} for n, name in enumerate(islice(cycle(NAMES), count), 1)
    ]


def _services(version: str) -> list[dict[str, Any]]:
    found = _items("service", 40)
    longer = version > "2026-Q3"
    for n, item in enumerate(found):
        item |= {
            "summary": f"For {NAMES[n % 6]}.",
            "status": ("live", "pilot", "sunset", "retired")[n % 4],
            "audiences": [f"audience-{1 + (n * 7 + k) % 60}" for k in range(n % 9)],
            "contributors": [f"audience-{1 + (n * 5 + k) % 60}" for k in range(n % 3)],
            "metrics": [f"metric-{1 + (n + k) % 30}" for k in range(n % 4)],
            "for_buyer": NAMES[n % 6],
            "asks": f"`{NAMES[1]}` and *{NAMES[3]}*",
            "motion": NAMES[(n + 1) % 6],
            "owner": "role-2",
            "inspection": NAMES[3],
            "platforms": ["platform-1", "platform-2"],
            "intake": "route-1",
            "service_levels": [
                {"request": NAMES[n % 6], "within": n + 1 + longer, "escalation": NAMES[(n + 2) % 6]}
            ],
        }
    return found


def _audiences() -> list[dict[str, Any]]:
    found = _items("audience", 60)
    for n, item in enumerate(found):
        item |= {
            "kind": ("sales", "customer_facing", "internal")[n % 3],
            "part": ("consumes", "contributes", "both")[n % 3],
            "summary": f"{NAMES[n % 6]}.",
            "segment": NAMES[(n + 3) % 6],
            "headcount": n * 1111,
            "manager": "role-2",
        }
    return found


def _metrics() -> list[dict[str, Any]]:
    found = _items("metric", 30)
    for n, item in enumerate(found):
        item |= {
            "kind": "leading" if n % 3 else "lagging",
            "drives": ["metric-1"] if n % 3 else [],
            "unit": ("percent", "money", "working_days", NAMES[1])[n % 4],
            "formula": f"{NAMES[1]} ÷ {NAMES[3]}",
            "baseline": {"value": 123456.7, "note": NAMES[1]},
            "target": {"value": 9876543.2},
            "actual": {"value": 234567.8},
            "source": "platform-2",
            "reported": NAMES[3],
        }
    return found


def _funding() -> dict[str, Any]:
    sources = _items("source", 12)
    for n, item in enumerate(sources):
        item |= {"funder": NAMES[n % 6], "amount": 1234567.0, "share": 100 / 12, "approver": "role-2"}
        item |= {"covers": [f"service-{n + 1}", f"service-{n + 2}"], "note": NAMES[1]}
    return {
        "owner": "role-2",
        "approver": "role-4",
        "currency": "EUR",
        "period": NAMES[1],
        "sources": sources,
    }


def _review() -> dict[str, Any]:
    signed = [
        {"role": f"role-{n}", "decision": "approved_with_condition", "condition": NAMES[1]}
        for n in range(1, 7)
    ]
    return {
        "body": NAMES[1],
        "quorum": NAMES[3],
        "participants": ["role-1", "audience-2"],
        "sign_offs": signed,
    }


def _optional_sections() -> dict[str, Any]:
    """The optional sections, each with at least one long name."""
    out = [{**item, "why": NAMES[1], "instead": NAMES[1]} for item in _items("out", 6)]
    roles = [
        {
            **item,
            "does": NAMES[1],
            "term": NAMES[1],
            "backup": "role-2",
            "accountable": ["service-2", "service-3"],
            "informed": ["service-4", "service-5"],
        }
        for item in _items("role", 6)
    ]
    partners = [
        {**item, "gives": NAMES[1], "gets": NAMES[3], "meeting": NAMES[1]} for item in _items("partner", 6)
    ]
    platforms = [{**item, "data": NAMES[1], "replaces": NAMES[3]} for item in _items("platform", 6)]
    routes = [{**item, "how": NAMES[1], "use_for": NAMES[3]} for item in _items("route", 6)]
    priorities = [{**item, "meaning": NAMES[1]} for item in _items("priority", 6)]
    steps = [{**item, "when": NAMES[1], "services": ["service-2", "service-4"]} for item in _items("step", 6)]
    risks = [{**item, "mitigation": NAMES[1], "owner": "role-2"} for item in _items("risk", 6)]
    decisions = [
        {**item, "why": NAMES[1], "by": "role-2", "alternatives": [NAMES[3]]}
        for item in _items("decision", 6)
    ]
    return {
        "intake": {"routes": routes, "priorities": priorities},
        "scope": {"out": out},
        "roles": roles,
        "partners": partners,
        "platforms": platforms,
        "maturity": {"today": "ad_hoc", "aim": "formal", "by": NAMES[1], "evidence": NAMES[3]},
        "roadmap": steps,
        "risks": risks,
        "decisions": decisions,
        "glossary": [{"id": f"term-{n}", "term": name, "meaning": NAMES[1]} for n, name in enumerate(NAMES)],
        "sections": [
            {"id": f"own-{n}", "title": name, "text": text}
            for (n, name), text in zip(enumerate(NAMES), cycle([f"- {NAMES[1]}", OF_TEXTS]), strict=False)
        ],
    }
