"""The evidence of guide/accessibility.md: each criterion of WCAG 2.2 has a test that exists, or a check by hand."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "guide" / "accessibility.md").read_text(encoding="utf-8")

#: All criteria of WCAG 2.2 at levels A and AA, by guideline.
LEVEL_A = [
    "1.1.1",
    "1.2.1",
    "1.2.2",
    "1.2.3",
    "1.3.1",
    "1.3.2",
    "1.3.3",
    "1.4.1",
    "1.4.2",
    "2.1.1",
    "2.1.2",
    "2.1.4",
    "2.2.1",
    "2.2.2",
    "2.3.1",
    "2.4.1",
    "2.4.2",
    "2.4.3",
    "2.4.4",
    "2.5.1",
    "2.5.2",
    "2.5.3",
    "2.5.4",
    "3.1.1",
    "3.2.1",
    "3.2.2",
    "3.2.6",
    "3.3.1",
    "3.3.2",
    "3.3.7",
    "4.1.2",
]
LEVEL_AA = [
    "1.2.4",
    "1.2.5",
    "1.3.4",
    "1.3.5",
    "1.4.3",
    "1.4.4",
    "1.4.5",
    "1.4.10",
    "1.4.11",
    "1.4.12",
    "1.4.13",
    "2.4.5",
    "2.4.6",
    "2.4.7",
    "2.4.11",
    "2.5.7",
    "2.5.8",
    "3.1.2",
    "3.2.3",
    "3.2.4",
    "3.3.3",
    "3.3.4",
    "3.3.8",
    "4.1.3",
]

#: Chapters of EN 301 549 with requirements.
CHAPTERS = range(4, 14)

#: The instructions of a manual check have at least so many words.
_WORDS = 4


def rows(head: str) -> list[list[str]]:
    """Rows of the table with this first line."""
    lines = PAGE.split(f"\n{head}\n")[1].split("\n\n")[0].splitlines()[1:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


CRITERIA = rows("| WCAG 2.2 | Criterion | Level | EN 301 549 | Evidence |")
ENHANCED = rows("| WCAG 2.2 | Criterion | Evidence |")
OTHERS = rows("| Chapter | Applies | Evidence |")


@cache
def names_of(path: str) -> frozenset[str]:
    """Names of the tests in a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def exists(evidence: str) -> bool:
    """Whether a test, given as path::name, exists."""
    path, _, name = evidence.partition("::")
    return (ROOT / path).is_file() and name in names_of(path)


def named_in(text: str) -> list[str]:
    """Tests that a text names."""
    return re.findall(r"`(tests/[^`]+)`", text)


def test_every_criterion_is_there() -> None:
    """Once, with its level and with its clause of EN 301 549."""
    levels = dict.fromkeys(LEVEL_A, "A") | dict.fromkeys(LEVEL_AA, "AA")
    assert len(levels) == 55
    found = [(number, level, clause) for number, _, level, clause, _ in CRITERIA]
    assert sorted(found) == sorted((number, level, f"9.{number}") for number, level in levels.items())


@pytest.mark.parametrize("row", [*CRITERIA, *ENHANCED], ids=lambda row: row[0])
def test_every_criterion_has_evidence(row: list[str]) -> None:
    """A test, or a manual check with instructions."""
    named = named_in(row[-1])
    by_hand = row[-1].partition("By hand: ")[2].split()
    assert [test for test in named if not exists(test)] == []
    assert named or len(by_hand) >= _WORDS or by_hand[:1] == ["as"]


def test_levels_above_are_no_others() -> None:
    """Claims of level AAA are not repeated among the others."""
    assert not {row[0] for row in ENHANCED} & {*LEVEL_A, *LEVEL_AA}


def test_every_chapter_is_named() -> None:
    """Each says whether it applies; the tests that it names exist."""
    assert [int(row[0].split()[0]) for row in OTHERS] == [*CHAPTERS]
    assert [test for row in OTHERS for test in named_in(row[-1]) if not exists(test)] == []
    assert [row[0] for row in OTHERS if not row[1] or not row[2]] == []


def test_a_missing_test_is_found() -> None:
    """By its file and by its name."""
    assert not exists("tests/test_accessibility.py::test_nothing")
    assert not exists("tests/test_nothing.py::test_nothing")
