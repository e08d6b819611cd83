"""Refused YAML features, and values of unquoted scalars."""

from __future__ import annotations

import pytest

from tests.load.sample import places, problems, small

REFUSED = {
    "tab": (small("  statement", "\tstatement"), (3, 1)),
    "tab after spaces": (small("    name: Win", "  \tname: Win"), (20, 3)),
    "tab in a text that goes on": (small("We help.", "We help\n\tyou."), (4, 1)),
    "anchor": (small("statement: We", "statement: &a We"), (3, 14)),
    "alias": (small("We help.", "*a"), (3, 14)),
    "merge-key": (small("    kind:", "    <<: {x: y}\n    kind:"), (21, 5)),
    "tag": (small("We help.", "!!python/name:os.system x"), (3, 14)),
    "duplicate-key": (small("    name: Win rate", "    name: Win rate\n    name: Wins"), (21, 5)),
    "several-documents": (small("metrics:", "---\nmetrics:"), (18, 1)),
    "bad-key": (small("Win rate", "{{ name }}"), (20, 12)),
    "empty-value": (small("  statement: We help.", "  statement: We help.\n  why:"), (4, 3)),
    "yaml-octal": (small("kind: lagging", "kind: lagging\n    level: 010"), (22, 12)),
    "yaml-sexagesimal": (small("Win rate", "1:30"), (20, 11)),
    "yaml-underscore": (small("name: Sales\n", "name: Sales\n    headcount: 1_000\n"), (12, 16)),
    "yaml-hexadecimal": (small("Win rate", "0x1F"), (20, 11)),
    "yaml-binary": (small("Win rate", "0b11"), (20, 11)),
    "yaml-lost-digits": (
        small("name: Sales\n", "name: Sales\n    hours_per_quarter: 0.1234567890123456789\n"),
        (12, 24),
    ),
    "yaml-not-finite": (small("name: Sales\n", "name: Sales\n    hours_per_quarter: .inf\n"), (12, 24)),
    "yaml-boolean": (small("Win rate", "no"), (20, 11)),
    "yaml-number": (small("Win rate", "1.10"), (20, 11)),
    "yaml-date": (small("Win rate", "2026-03-31"), (20, 11)),
    "impossible-date": (small("mission:", "effective: 2026-02-30\nmission:"), (2, 12)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    """Each is one problem at its exact place, and parsing continues."""
    rule = "tab-indent" if name.startswith("tab ") or name == "tab" else name
    source, (line, column) = REFUSED[name]
    assert (line, column, rule) in places(source)


@pytest.mark.parametrize(
    "name", [n for n in REFUSED if not n.startswith("tab") and n not in ("several-documents", "bad-key")]
)
def test_one_cause_is_one_problem(name: str) -> None:
    """An unreadable value is not reported again."""
    assert len(places(REFUSED[name][0])) == 1


def test_a_recursive_alias_is_refused() -> None:
    """A value cannot contain itself."""
    assert [rule for *_, rule in places("a: &a [*a]\n")][:2] == ["missing-key"] * 2
    assert {"anchor", "alias"} < {rule for *_, rule in places("a: &a [*a]\n")}


@pytest.mark.parametrize("word", ["no", "No", "yes", "on", "OFF", "true"])
def test_a_word_that_is_read_as_a_boolean(word: str) -> None:
    """The message shows the source text, and how to write it."""
    (problem,) = problems(small("Win rate", word))
    assert (
        problem.text == f"{word} is read as {str(word.lower() in ('yes', 'on', 'true')).lower()}, not as text"
    )
    assert problem.fix == f'Write it in quotes: "{word}".'


@pytest.mark.parametrize("written", ["1:30", "010", "1.10", "no", "2026-03-31", "~", ".nan", "0x1F", "1_000"])
def test_in_quotes_everything_is_text(written: str) -> None:
    """Following the advice works."""
    assert places(small("Win rate", f'"{written}"')) == []
    assert places(small("Win rate", f"'{written}'")) == []


@pytest.mark.parametrize("written", ["08:30", "1e3", "v1.10", "2026-Q3", "09", "y", "=", "1" * 50])
def test_what_yaml_leaves_alone_is_text(written: str) -> None:
    """There is no false alarm."""
    assert places(small("Win rate", written)) == []


def test_tabs_inside_texts_are_fine() -> None:
    """A tab is refused as indentation only."""
    assert places(small("We help.", "|\n    We\n    \thelp.")) == []
    assert places(small("We help.", '"We\n    \thelp."')) == []
    assert places(small("We help.", "We\thelp.\t# yes")) == []


def test_a_duplicate_key_names_the_first_line() -> None:
    """So that both can be found."""
    (problem,) = problems(REFUSED["duplicate-key"][0])
    assert problem.text == 'the key "name" appears twice, first on line 20'


SYNTAX = {
    "a colon in a text": (small("Win rate", "Win: rate"), (20, 14), "colon"),
    "a text that begins with stars": (small("We help.", "**We** help."), (3, 15), "begins with *"),
    "a text that begins with @": (small("Win rate", "@win"), (20, 11), "YAML reserves"),
    "no closing quote": (small("We help.", '"We help.'), (3, 14), "closing quote"),
    "a backslash": (small("We help.", '"C:\\dir"'), (3, 17), "backslash"),
    "no closing bracket": (small("[sales]", "[sales"), (8, 16), "closing ]"),
    "no colon": (small("    name: Win rate", "    name Win rate"), (20, 5), "no colon"),
    "no space after the colon": (small("    name: Win rate", "    name:Win rate"), (20, 5), "no colon"),
    "a list in the line of its key": (small("Win rate", "- Win"), (20, 11), "same line"),
    "a missing hyphen": (small("  - id: win-rate", "  - id: x\n  id: win-rate"), (20, 3), "hyphen"),
}


@pytest.mark.parametrize("name", SYNTAX)
def test_syntax(name: str) -> None:
    """The parser's errors in words for authors."""
    source, place, words = SYNTAX[name]
    (problem,) = problems(source)
    assert problem.rule == "yaml-syntax"
    assert words in problem.text
    assert (problem.line, problem.column) == place
