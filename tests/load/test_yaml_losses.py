"""Silent losses of YAML, and advice made from the author's own value."""

from __future__ import annotations

import pytest

from charterbook.load import load
from charterbook.load.fast_path import IncrementalLoader
from tests.load.sample import SMALL, problems, small

LOST = {
    "a number sign": (small("We help.", "We are the #1 team"), '"We are the #1 team"', (3, 14)),
    "a remark": (
        small("name: Sales\n", "name: Sales # 1 in the market\n"),
        '"Sales # 1 in the market"',
        (11, 11),
    ),
    "quotes inside": (small("We help.", 'We say "it\'s" #1'), "'We say \"it''s\" #1'", (3, 14)),
    "several lines": (small("We help.", "We help\n    all #1"), '"We help all #1"', (3, 14)),
    "a list of texts": (SMALL + "  # x\nglossary:\n  - {id: a, term: A, meaning: B}\n", None, None),
    "an entry of a list": (small("We help.", "We help.\n  principles:\n    - Be #1"), '"Be #1"', (5, 7)),
    "two spaces": (small("We help.", "We help.  # a comment"), None, None),
    "in quotes": (small("We help.", "'We help.' # a comment"), None, None),
    "a block": (small("We help.", "|\n    We are the #1"), None, None),
    "an id": (small("id: sales\n", "id: sales # all of them\n"), None, None),
    "a word of a list": (small("lagging", "lagging # for now"), None, None),
    "no space": (small("We help.", "We help C#"), None, None),
}


@pytest.mark.parametrize("name", LOST)
def test_text_after_a_number_sign(name: str) -> None:
    """A warning with the text in quotes; none for a comment."""
    source, quoted, place = LOST[name]
    found = [problem for problem in problems(source) if problem.rule == "yaml-comment"]
    assert [(problem.line, problem.column) for problem in found] == ([place] if place else [])
    assert all(f"in quotes: {quoted}. " in problem.fix for problem in found)
    assert IncrementalLoader().read(source.encode()) == load(source.encode()).charter


def test_a_text_that_is_a_comment_as_a_whole() -> None:
    """The key has no value; the advice contains the text."""
    (problem,) = problems(small("We help.", "#1 in sales"))
    assert (problem.rule, problem.fix) == (
        "empty-value",
        'What follows # is a comment. For text, write it in quotes: "#1 in sales".',
    )


COLONS = {
    "a key": (small("We help.", "We help: always"), 'in quotes: statement: "We help: always".'),
    "an entry": (
        small("We help.", "We help.\n  principles:\n    - Keep it: simple: yes"),
        'in quotes: - "Keep it: simple: yes".',
    ),
    "a mapping": (
        small("We help.", "We help.\n  principles:\n    - Keep it: no jargon"),
        'in quotes: "Keep it: no jargon".',
    ),
    "a number": (
        small("We help.", "We help.\n  principles:\n    - Share: 1.50"),
        'in quotes: "Share: 1.50".',
    ),
    "the next line": (small("We help.", "\n    Note: we help"), 'in quotes: "Note: we help".'),
}


@pytest.mark.parametrize("name", COLONS)
def test_a_colon_in_a_text(name: str) -> None:
    """Whether it breaks the file, or silently makes a mapping."""
    source, advice = COLONS[name]
    (problem,) = problems(source)
    assert problem.fix == f"For text, write it {advice}"
    assert problem.severity == "error"


def service(line: str) -> str:
    """The small charter with one more line in its service."""
    return small("    audiences: [sales]\n", f"    audiences: [sales]\n{line}\n")


LEVEL = "    service_levels:\n      - request: A card\n        within: %s"
OWN = {
    "a date": (small("mission:", "effective: 10.01.2026\nmission:"), "Write effective: 2026-01-10."),
    "a date that could be two": (
        small("mission:", "effective: 10/01/2026\nmission:"),
        "Write effective: 2026-01-10 or effective: 2026-10-01, whichever you mean.",
    ),
    "no such day": (
        small("mission:", "effective: 2026-04-31\nmission:"),
        "Write an existing day, for example 2026-04-30.",
    ),
    "a sign of money": (
        small("  sources:", "  currency: R$\n  sources:"),
        "Write its three letters, for example BRL.",
    ),
    "a dollar sign": (
        small("  sources:", "  currency: $\n  sources:"),
        "Write its three letters: USD, or AUD, CAD for another currency of this name.",
    ),
    "an amount": (
        small("funder: Sales\n", "funder: Sales\n      amount: R$ 1.200.000\n"),
        "Write only the number, without unit, quotes or separators, for example amount: 1200000.",
    ),
    "a whole number": (small("name: Sales\n", "name: Sales\n    headcount: 8.0\n"), "Write headcount: 8."),
    "a share": (
        service("    effort_share: 30%"),
        "Write only the number, without unit, quotes or separators, for example effort_share: 30.",
    ),
    "a time": (
        service(LEVEL % "5 business days"),
        "Write within: 5, and on a separate line unit: working_days.",
    ),
    "a figure": (
        small("kind: lagging", "kind: lagging\n    target: 30"),
        "Write it on its own line under target:, indented: value: 30",
    ),
    "a text for a group": (
        small("\n  statement: We help.", " We help."),
        "Write it on its own line under mission:, indented: statement: We help.",
    ),
    "a word in capitals": (small("lagging", "LAGGING"), 'Did you mean "lagging"?'),
}


@pytest.mark.parametrize("name", OWN)
def test_advice_from_the_own_value(name: str) -> None:
    """It can be copied unchanged."""
    source, fix = OWN[name]
    assert fix in [problem.fix for problem in problems(source)]


def test_thousands_after_a_point() -> None:
    """YAML reads 350.000 as three hundred and fifty."""
    source = small("funder: Sales\n", "funder: Sales\n      amount: 350.000\n").replace(
        "  sources:", "  currency: EUR\n  sources:"
    )
    (problem,) = problems(source)
    assert (problem.severity, problem.text) == ("warning", "350.000 is read as 350")
    assert problem.fix == "For thousands, write 350000; otherwise 350."
