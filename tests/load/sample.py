"""A small charter to modify in one place, and the loader's problems."""

from __future__ import annotations

from charterbook.charter import Charter
from charterbook.load import load
from charterbook.problems import Problem

SMALL = """\
title: Our charter
mission:
  statement: We help.
services:
  - id: onboarding
    name: Onboarding
    summary: The first ninety days.
    audiences: [sales]
audiences:
  - id: sales
    name: Sales
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
"""

Found = tuple[int, int, str]


def small(old: str, new: str) -> str:
    """The small charter with one replacement."""
    assert SMALL.count(old) == 1, f"{old!r} is {SMALL.count(old)} times in the sample"
    return SMALL.replace(old, new)


def problems(source: str | bytes) -> tuple[Problem, ...]:
    """Problems of the loader, which returns a charter exactly when there is no error."""
    loaded = load(source.encode() if isinstance(source, str) else source)
    failed = any(problem.severity == "error" for problem in loaded.problems)
    assert (loaded.charter is None) == failed
    return loaded.problems


def places(source: str | bytes) -> list[Found]:
    """Line, column and rule of all problems."""
    return [(problem.line, problem.column, problem.rule) for problem in problems(source)]


def loaded(source: str) -> Charter:
    """The charter of a text."""
    result = load(source.encode())
    assert result.charter is not None, result.problems
    return result.charter


def funded(sources: str, rates: str = "") -> str:
    """The small charter with these funding sources, in euros."""
    start = SMALL.index("  sources:")
    end = SMALL.index("metrics:")
    return f"{SMALL[:start]}  currency: EUR\n{rates}  sources: [{sources}]\n{SMALL[end:]}"
