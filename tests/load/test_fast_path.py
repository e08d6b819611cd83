"""Charters parsed part by part have the same content as charters parsed as a whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterbook.load import fast_path, load
from charterbook.load.collector import ProblemCollector
from charterbook.load.compose import compose_data
from charterbook.load.fast_path import IncrementalLoader
from charterbook.source_map import SourceMap
from tests.generated import examples
from tests.load.sample import SMALL, small
from tests.load.test_never_raises import PIECES, SCALARS, VALUES

#: The small charter with unindented lists, a comment, and multi-line texts.
MARGIN = """\
# Ours.
---
schema: 1
title: "Our
  charter"
language: en
change_note: |+
  What is new:

  - this

mission: {statement: We help.,
  why: 'For
    us'}
services: # all
# the first
- id: onboarding
  name: Onboarding
  summary: >-
    The first
    ninety days.

# the second
- id: coaching
  name: Coaching
  summary: Every [week](audiences/sales).
  audiences: [sales]
audiences:
- id: sales
  name: Sales
- {id: partners, name: Partners}
funding:
  owner: Chief revenue officer
  sources:
  - id: sales-budget
    name: Sales budget
    funder: Sales
metrics:
    - id: win-rate
      name: Win rate
      kind: lagging
effective: 2026-01-01"""


def says_the_same(*sources: str | bytes) -> list[bool]:
    """Which of these texts, loaded in order, are parsed by parts; if so, with the result of `load`."""
    reader = IncrementalLoader()
    answers = []
    for source in sources:
        data = source if isinstance(source, bytes) else source.encode("utf-8", "replace")
        found = reader.read(data)
        if found is not None:
            whole = load(data).charter
            assert found == whole
            assert found.model_dump(exclude_unset=True) == whole.model_dump(exclude_unset=True)
        answers.append(found is not None)
    return answers


@pytest.mark.parametrize("source", [SMALL, MARGIN, MARGIN + "\n", "\ufeff" + SMALL])
def test_a_charter_is_read(source: str) -> None:
    """In any style."""
    assert says_the_same(source, source) == [True, True]


def test_a_part_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unchanged part is not parsed again, even at another position."""
    reader = IncrementalLoader()
    assert reader.read(MARGIN.encode()) is not None
    read: list[str] = []

    def noted(text: str, report: ProblemCollector) -> tuple[Any, SourceMap]:
        read.append(text)
        return compose_data(text, report)

    monkeypatch.setattr(fast_path, "compose_data", noted)
    new = "audiences:\n- id: managers\n  name: Managers\n"
    assert reader.read(MARGIN.replace("audiences:\n", new, 1).encode()) is not None
    assert read == ["- id: managers\n  name: Managers\n"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("audiences: [sales]", "audiences: [nobody]"),
        ("- id: sales\n", "- id: onboarding\n    name: x\n  - id: onboarding\n"),
        ("title: Our charter\n", "title: Our charter\ntitle: Another\n"),
        ("title: Our charter\n", "title: Our charter\n...\n"),
        ("title: Our charter\n", "title: Our charter\n---\n"),
        ("title: Our charter\n", "---# x\ntitle: Our charter\n"),
        ("title: Our charter\n", "title: &a Our charter\n"),
        ("title: Our charter\n", "title: Our charter\nroles:\n"),
        ("title: Our charter\n", "title: Our charter\nrole: x\n"),
        ("title: Our charter\n", "title: Our charter\nschema: 99\n"),
        ("title: Our charter\n", "title: Our charter\nchange_note: ~\n"),
        ("title: Our charter\n", "title: Our \x07charter\n"),
        ("services:\n", "services: # \x07\n"),
        ("services:\n", "# \u202e\nservices:\n"),
        ("    name: Sales\n", "    name: Sales\n\t- x\n"),
        ("    name: Sales\n", "   name: Sales\n"),
        ("    name: Sales\n", "    name: Sales\n -\n"),
        ("    name: Sales\n", "    name: Sales\n  -\n"),
        ("    kind: lagging\n", "    kind: leading\n    drives: [win-rate]\n"),
        ("The first ninety days.", "[Here](nowhere)."),
    ],
)
def test_errors_are_left_to_the_loader(old: str, new: str) -> None:
    """Charters before and after it are parsed by parts."""
    broken = small(old, new)
    assert load(broken.encode("utf-8")).charter is None
    assert says_the_same(SMALL, broken, SMALL) == [True, False, True]


def test_invalid_text_is_left_to_the_loader() -> None:
    """Bytes that are not UTF-8, another encoding, too large a file."""
    sources = [b"# \xff\n" + SMALL.encode(), SMALL.encode("utf-16"), SMALL.encode() + b"#" * 1_000_000, b""]
    assert says_the_same(*sources) == [False] * 4


def test_too_many_values_are_left_to_the_loader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part may have few values, and all together too many."""
    monkeypatch.setattr(fast_path, "MAX_VALUES", 20)
    assert says_the_same(SMALL) == [False]


def test_warnings_do_not_discard_a_charter() -> None:
    """Near the loader's limit of problems, the loader decides."""
    few, many = (
        small("  statement: We help.\n", "  statement: We help.\n  principles:\n" + "  - <b>\n" * count)
        for count in (99, 100)
    )
    assert len(load(few.encode()).problems) == 99
    assert says_the_same(few, many) == [True, False]


@pytest.mark.parametrize("title", ["'Our\nscope: x'", "[Our,\nscope: x]", '"Our\n  - id: sales"', "|\n  Our"])
def test_what_only_looks_like_a_part(title: str) -> None:
    """Keys and dashes inside quotes, brackets and texts are not keys."""
    says_the_same(SMALL, small("Our charter", title), SMALL)


@settings(max_examples=examples(75))
@given(st.lists(st.tuples(st.integers(0, len(MARGIN) - 1), st.integers(0, 12), PIECES), max_size=2))
def test_damaged_charters(damages: list[tuple[int, int, str]]) -> None:
    """A damaged charter has the same content, or is left to the loader."""
    for source in (SMALL, MARGIN):
        damaged = source
        for start, length, piece in damages:
            damaged = damaged[:start] + piece + damaged[start + length :]
        says_the_same(source, damaged)


@settings(max_examples=examples(50))
@given(st.lists(PIECES, max_size=30))
def test_pieces_of_a_charter(pieces: list[str]) -> None:
    """Mostly YAML, and not a charter."""
    says_the_same("".join(pieces))


@settings(max_examples=examples(50))
@given(st.sampled_from(VALUES), SCALARS)
def test_any_value_in_any_place(old: str, new: str) -> None:
    """Values of every type where another one belongs."""
    says_the_same(SMALL, SMALL.replace(f": {old}\n", f": {new}\n", 1))
