"""Charters that do not fit the model: each problem at its place, in words for its author."""

from __future__ import annotations

import pytest

from tests.load.sample import SMALL, Found, places, problems, small

CASES: dict[str, tuple[str, list[Found]]] = {
    "missing key": (small("    kind: lagging\n", ""), [(19, 5, "missing-key")]),
    "missing main key": (small("title: Our charter\n", ""), [(1, 1, "missing-key")]),
    "typo in a key": (small("    kind:", "    kidn:"), [(21, 5, "unknown-key")]),
    "unknown key": (small("    kind:", "    colour: red\n    kind:"), [(21, 5, "unknown-key")]),
    "list instead of mapping": (
        small("mission:\n  statement", "mission:\n  - statement"),
        [(3, 3, "wrong-type")],
    ),
    "text instead of list": (small("[sales]", "sales"), [(8, 16, "wrong-type")]),
    "text instead of mapping": (small("\n  statement: We", " We"), [(2, 10, "wrong-type")]),
    "list instead of text": (small("Win rate", "[Win]"), [(20, 11, "wrong-type")]),
    "text instead of number": (
        small("name: Sales\n", "name: Sales\n    headcount: many\n"),
        [(12, 16, "wrong-type")],
    ),
    "fraction instead of whole number": (
        small("name: Sales\n", "name: Sales\n    headcount: 1.5\n"),
        [(12, 16, "wrong-type")],
    ),
    "date with a time": (
        small("mission:", "effective: 2026-03-31 10:00:00\nmission:"),
        [(2, 12, "wrong-type")],
    ),
    "date in quotes": (small("mission:", "effective: '2026-03-31'\nmission:"), [(2, 12, "wrong-type")]),
    "word that is not allowed": (small("lagging", "laging"), [(21, 11, "not-allowed")]),
    "boolean where a word is expected": (small("lagging", "no"), [(21, 11, "not-allowed")]),
    "number out of range": (small("lagging", "lagging\n    level: 5"), [(22, 12, "out-of-range")]),
    "empty text": (small("Win rate", '" "'), [(20, 11, "empty-text")]),
    "text of two lines": (small("Win rate", "|\n      Win\n      rate"), [(20, 11, "not-one-line")]),
    "long text": (small("Win rate", "x" * 201), [(20, 11, "too-long")]),
    "empty list": (
        small("\n  - id: win-rate\n    name: Win rate\n    kind: lagging", " []"),
        [(18, 10, "empty-list")],
    ),
    "id with a path": (small("id: win-rate", "id: ../../x"), [(19, 9, "bad-id")]),
    "id with other letters": (small("id: win-rate", "id: Ünïcode"), [(19, 9, "bad-id")]),
    "id with a line break": (small("id: win-rate", 'id: "win-rate\\n"'), [(19, 9, "bad-id")]),
    "number as an id": (small("id: win-rate", "id: 2026"), [(19, 9, "yaml-number")]),
    "newer format": (small("title:", "schema: 99\ntitle:"), [(1, 9, "newer-schema")]),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    """The small charter with one mistake."""
    source, expected = CASES[name]
    assert places(source) == expected


def test_whole_numbers_and_fractions_are_numbers() -> None:
    """Both are valid where a number is expected."""
    assert places(small("lagging", "lagging\n    target: {value: 3}\n    actual: {value: 2.5}")) == []


def test_all_problems_come_at_once() -> None:
    """No mistake hides another one."""
    source = small("lagging", "laging").replace("[sales]", "[sale]").replace("We help.", "1:30")
    assert places(source) == [
        (3, 14, "yaml-sexagesimal"),
        (8, 17, "unknown-audience"),
        (21, 11, "not-allowed"),
    ]


WORDS = {
    "typo in a key": ('there is no key "kidn" here', 'Did you mean "kind"?'),
    "missing key": ('"kind" is missing here', "Add kind: leading."),
    "text instead of list": ('expected a list of ids, found the text "sales"', "Write audiences: [sales]."),
    "word that is not allowed": ('"laging" is not allowed here', 'Did you mean "lagging"?'),
    "boolean where a word is expected": ('"no" is not allowed here', "Write one of: leading, lagging."),
    "date in quotes": (
        'expected a date, found the text "2026-03-31"',
        "Write it without quotes: 2026-03-31.",
    ),
    "id with other letters": (
        '"Ünïcode" cannot be an id',
        'Use lower-case letters a-z, digits and single hyphens, for example "unicode".',
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_words(name: str) -> None:
    """Problem and advice."""
    (problem,) = problems(CASES[name][0])
    assert (problem.text, problem.fix) == WORDS[name]


@pytest.mark.parametrize(
    "written",
    ["sales, support", "sales; support", "(Sales, support)", "sales and support", "sales / support"],
)
def test_a_list_without_brackets(written: str) -> None:
    """The advice has each of its ids."""
    problem = next(one for one in problems(small("[sales]", written)) if one.rule == "wrong-type")
    assert problem.fix == "Write audiences: [sales, support]."


@pytest.mark.parametrize("name", CASES)
def test_no_jargon(name: str) -> None:
    """Messages do not contain words of pydantic or Python."""
    for problem in problems(CASES[name][0]):
        words = problem.words.lower()
        assert not [
            word for word in ("string", "pydantic", "dict", "none", "literal", "pattern") if word in words
        ]


def test_the_place_of_a_value_can_be_asked_for() -> None:
    """By its path; for a missing value, the nearest parent's."""
    from charterbook.load import load

    found = load(SMALL.encode()).places
    assert found.of(("services", 0, "name")) == (6, 11)
    assert found.key(("services", 0, "name")) == (6, 5)
    assert found.of(("services", 0, "owner")) == (5, 5)
    assert found.of(("roadmap", 3)) == (1, 1)
