"""Characters that look like others are named where they are."""

from __future__ import annotations

import unicodedata

import pytest

from tests.load.sample import SMALL, places, problems, small

SPACES = [chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) == "Zs" and code != 0x20]
DASHES = [chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) == "Pd" and code != 0x2D]


@pytest.mark.parametrize("space", SPACES, ids=unicodedata.name)
@pytest.mark.parametrize("plain", [0, 3])
def test_indentation_with_another_space(space: str, plain: int) -> None:
    """A page of a browser or a word processor gives no-break spaces, for example."""
    source = small("    name: Onboarding\n", f"{' ' * plain}{space * (4 - plain)}name: Onboarding\n")
    assert places(source)[0] == (6, plain + 1, "odd-space")


@pytest.mark.parametrize("mark", ["–", "—", "−", "•", "▪", "●", "*"])
@pytest.mark.parametrize("line", ["  - id: onboarding", "  - id: win-rate"])
def test_an_entry_that_begins_with_another_mark(mark: str, line: str) -> None:
    """Word processors replace hyphens."""
    source = small(f"{line}\n", f"{line.replace('-', mark, 1)}\n")
    (problem,) = problems(source)
    number = SMALL.split("\n").index(line) + 1
    assert (problem.line, problem.column, problem.rule) == (number, 3, "odd-hyphen")
    assert problem.text.startswith(mark)


@pytest.mark.parametrize("colon", ["：", "﹕"])
def test_a_key_with_another_colon(colon: str) -> None:
    """Of an input method for Chinese or Japanese."""
    assert places(small("name: Win rate", f"name{colon} Win rate")) == [(20, 9, "odd-colon")]


@pytest.mark.parametrize(
    "text",
    ["One – two", "|\n    – one\n    – two", "|\n    \u00a0\u00a0One", '"• one"', "One\n    – two", "2：1"],
)
def test_the_same_characters_in_texts(text: str) -> None:
    """They are not mistakes there."""
    rules = {one.rule for one in problems(small("We help.", text))}
    assert not rules & {"odd-space", "odd-hyphen", "odd-colon"}


KEYS = {
    "а": "roadmap",
    "с": "scope",
    "е": "intake",
    "о": "roles",
    "р": "partners",
    "у": "glossary",
    "і": "decisions",
}


@pytest.mark.parametrize("letter", [*KEYS, "ο", "ｓ"])
def test_a_letter_of_another_alphabet_in_a_key(letter: str) -> None:
    """The advice names the letter, since both words look the same."""
    key = KEYS.get(letter, "decisions")
    latin = dict(zip([*KEYS, "ο", "ｓ"], "aceopyios", strict=True))[letter]
    (problem,) = problems(f"{SMALL}{key.replace(latin, letter, 1)}: []\n")
    advice = f'Write "{key}": "{letter}" (U+{ord(letter):04X}) only looks the same.'
    assert (problem.rule, problem.fix) == ("unknown-key", advice)


@pytest.mark.parametrize("dash", DASHES, ids=unicodedata.name)
def test_another_hyphen_in_an_id(dash: str) -> None:
    """In the definition of an id, and in a reference."""
    advice = f'Write "win-rate": "{dash}" (U+{ord(dash):04X}) only looks the same.'
    found = problems(small("- id: win-rate", f"- id: win{dash}rate"))
    assert [(one.rule, one.fix) for one in found] == [("bad-id", advice)] or "win-rate" in found[0].fix
    used = problems(
        small("    audiences: [sales]\n", f"    audiences: [sales]\n    metrics: [win{dash}rate]\n")
    )
    assert {one.rule for one in used} == {"bad-id", "unknown-metric"}
    assert all("win-rate" in one.fix for one in used)


def test_a_reference_to_an_id_with_a_letter_of_another_alphabet() -> None:
    """Nobody is asked whether they meant what looks like the word that they wrote."""
    found = problems(
        small("  - id: sales\n    name: Sales\nfunding", "  - id: sаles\n    name: Sales\nfunding")
    )
    assert {one.rule for one in found} == {"bad-id", "unknown-audience"}
    assert not [one for one in found if "Did you mean" in one.fix]
