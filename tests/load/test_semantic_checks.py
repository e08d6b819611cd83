"""Contradictions between the parts of a charter."""

from __future__ import annotations

import pytest

from tests.load.sample import Found, places, problems, small

SOURCE = "      funder: Sales\n"
SERVICE = "    audiences: [sales]\n"


def source(keys: str) -> str:
    """The small charter with more keys in its funding source."""
    return small(SOURCE, SOURCE + keys)


def service(keys: str) -> str:
    """The small charter with more keys in its service."""
    return small(SERVICE, SERVICE + keys)


def metric(keys: str) -> str:
    """The small charter with another end of its metric."""
    return small("    kind: lagging\n", keys)


def statement(text: str) -> str:
    """The small charter with another statement of its mission."""
    return small("statement: We help.", f"statement: |\n    {text}")


SECOND = "    - {id: other, name: Other, funder: Finance, share: 30}\n"
ROLE = "roles:\n  - {id: lead, name: Enablement lead}\n"

CASES: dict[str, tuple[str, list[Found]]] = {
    "unknown audience": (small("[sales]", "[sale]"), [(8, 17, "unknown-audience")]),
    "unknown metric": (service("    metrics: [x]\n"), [(9, 15, "unknown-metric")]),
    "unknown service": (source("      covers: [training]\n"), [(18, 16, "unknown-service")]),
    "unknown route": (service("    intake: form\n"), [(9, 13, "unknown-route")]),
    "owner in plain words": (service("    owner: Head of sales\n"), []),
    "unknown role": (small("title:", f"{ROLE}title:"), [(15, 10, "unknown-role")]),
    "participants in plain words": (small("title:", "review: {participants: [Finance]}\ntitle:"), []),
    "repeated reference": (small("[sales]", "[sales, sales]"), [(8, 24, "repeated-reference")]),
    "duplicate id": (
        small("metrics:", "metrics:\n  - {id: win-rate, name: x, kind: lagging}"),
        [(20, 9, "duplicate-id")],
    ),
    "same id in two kinds": (small("id: win-rate", "id: sales"), []),
    "device name": (small("id: win-rate", "id: con"), [(19, 9, "reserved-id")]),
    "index": (small("id: win-rate", "id: index"), [(19, 9, "reserved-id")]),
    "section like a section": (
        small("title:", "sections: [{id: funding, title: x, text: y}]\ntitle:"),
        [(1, 17, "reserved-id")],
    ),
    "section like a page": (
        small("title:", "sections: [{id: history, title: x, text: y}]\ntitle:"),
        [(1, 17, "reserved-id")],
    ),
    "metric that drives itself": (
        metric("    kind: leading\n    drives: [win-rate]\n"),
        [(22, 14, "drives-itself")],
    ),
    "metric that drives a leading one": (
        metric("    kind: leading\n  - {id: use, name: Use, kind: leading, drives: [win-rate]}\n"),
        [(22, 50, "drives-leading")],
    ),
    "former id that is alive": (
        small("id: win-rate", "id: win-rate\n    was: [win-rate]"),
        [(20, 11, "was-alive")],
    ),
    "shares": (source("      share: 60\n" + SECOND), [(14, 3, "shares-sum")]),
    "shares that sum": (source("      share: 70\n" + SECOND), []),
    "shares that are rounded": (source("      share: 69.96\n" + SECOND), []),
    "shares of some only": (source(SECOND), []),
    "amount without currency": (source("      amount: 100\n"), [(18, 15, "missing-currency")]),
    "currency": (small("  owner: Chief", "  currency: USD\n  owner: Chief"), []),
    "unknown currency": (
        small("  owner: Chief", "  currency: XQX\n  owner: Chief"),
        [(13, 13, "unknown-currency")],
    ),
    "currency in small letters": (
        small("  owner: Chief", "  currency: usd\n  owner: Chief"),
        [(13, 13, "unknown-currency")],
    ),
    "version": (small("title:", "version: 2026-Q3\ntitle:"), []),
    "bad version": (small("title:", "version: 2026-Q5\ntitle:"), [(1, 10, "bad-version")]),
    "dates": (service("    since: 2026-02-01\n    until: 2026-01-01\n"), [(10, 12, "dates-order")]),
    "link to a section": (statement("See [funding](funding)."), []),
    "link to an item": (statement("See [onboarding](services/onboarding#levels)."), []),
    "link to the web": (statement("See [us](https://example.org/a(b)c) or <mailto:a@example.org>."), []),
    "unknown item": (statement("See [x](services/onbording)."), [(3, 14, "unknown-link")]),
    "section that is not there": (statement("See [x](roadmap)."), [(3, 14, "unknown-link")]),
    "script": (statement("See [x](javascript:alert)."), [(3, 14, "unsafe-link")]),
    "script in disguise": (statement("See [x](<java&#115;cript&colon;x>)."), [(3, 14, "unsafe-link")]),
    "script with a tab": (
        small("We help.", '"See [x](<java\\tscript:x>)."'),
        [(3, 14, "html-in-text"), (3, 14, "unsafe-link")],
    ),
    "script between angles": (statement("See <javascript:x>."), [(3, 14, "unsafe-link")]),
    "data": (statement("See [x](data:text/html,x)."), [(3, 14, "unsafe-link")]),
    "other host": (statement("See [x](//example.org)."), [(3, 14, "unsafe-link")]),
    "link in code": (statement("See `[x](javascript:x)` and ``<b>``."), []),
    "HTML": (statement("Very <b>bold</b>."), [(3, 14, "html-in-text")]),
    "less than": (statement("Ramp < 5 months, a <3."), []),
    "template": (statement("See {{ x }}."), [(3, 14, "template-in-text")]),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    """The small charter with one addition."""
    charter, expected = CASES[name]
    assert places(charter) == expected


WORDS = {
    "unknown audience": ('there is no audience "sale"', 'Did you mean "sales"?'),
    "unknown metric": ('there is no metric "x"', "Available: win-rate."),
    "unknown route": ('there is no route "form"', "This charter has no routes."),
    "duplicate id": (
        'the id "win-rate" is used twice in metrics, first on line 19',
        "Give each item its own id.",
    ),
    "shares": (
        "the shares of all sources add up to 90, not 100",
        "Change the shares so that they add up to 100.",
    ),
    "unknown item": (
        'the link leads to "services/onbording", which is not a page of this charter',
        'Did you mean "services/onboarding"?',
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_words(name: str) -> None:
    """Problem and advice."""
    (problem,) = problems(CASES[name][0])
    assert (problem.text, problem.fix) == WORDS[name]
